import type { RecallLine } from '#contract/recall-lines.ts'

const plainKeys = new Set(['gtins', 'lots'])

/**
 * Whether a recall says of this product alone which lots are meant, and nothing else. Any other was made or changed under
 * Recalls: it is revised there, for a box of lots here would drop goods from it or take others in.
 */
export function isPlain(lines: readonly RecallLine[], gtin: string): boolean {
  const [line] = lines
  if (line === undefined || lines.length > 1) return false
  const said = Object.entries(line).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  return said.every(([key]) => plainKeys.has(key)) && line.gtins.length === 1 && line.gtins[0] === gtin
}

/** Every unit of the product where no lot is named. */
export function lineOf(gtin: string, lots: string): RecallLine {
  const named = lots.split(/[\n,;]+/).flatMap((lot) => (lot.trim() === '' ? [] : [lot.trim()]))
  return { gtins: [gtin], ...(named.length > 0 && { lots: named }) }
}
