import type { ImportColumn, ImportRow } from '#contract/imports.ts'

export const numberWidth = 76
const narrowest = 148
const widest = 380
const letter = 7.6

/** Px for each column, from its name and what the first rows hold. */
export function columnWidths(columns: readonly ImportColumn[], sample: readonly ImportRow[]): number[] {
  return columns.map(({ name }, index) => {
    const longest = Math.max(name.length, ...sample.map(({ cells }) => cells[index]?.length ?? 0))
    return Math.round(Math.max(narrowest, Math.min(longest * letter + 32, widest)))
  })
}

/** Px from the left edge of the first column to that of another. */
export function offsetOf(widths: readonly number[], column: number): number {
  return widths.slice(0, column).reduce((sum, width) => sum + width, 0)
}
