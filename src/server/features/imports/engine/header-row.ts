import type { ImportColumn } from '#contract/imports.ts'
import { commonWidth, isBlank } from './dialect.ts'

const looksLikeLink = /^\s*(?:https?:\/\/|www\.)\S+$/i

/**
 * Which record (1-based, blank ones counted) holds the headers; 0 when the file starts with data. Only
 * records above the first link can be headers. A report's title lines above the table are passed over: the
 * record with the most known names wins, then the first one as wide as the table.
 */
export function findHeaderRow(
  records: readonly string[][],
  countKnown: (cells: readonly string[]) => number,
): number {
  const firstLink = records.findIndex((cells) => cells.some((cell) => looksLikeLink.test(cell)))
  const candidates = records.slice(0, Math.min(30, firstLink === -1 ? records.length : firstLink))
  const known = candidates.map(countKnown)
  const most = Math.max(0, ...known)
  if (most > 0) return known.indexOf(most) + 1
  const { width } = commonWidth(records.filter((cells) => !isBlank(cells)))
  const isFull = (cells: string[]): boolean =>
    cells.length === width && cells.filter((cell) => cell.trim() !== '').length > width / 2
  return candidates.findIndex(isFull) + 1
}

/**
 * Columns of a file without headers: the one with links is the destination, a short word beside it the slug.
 */
export function columnsByContent(records: readonly string[][]): ImportColumn[] {
  const rows = records.filter((cells) => !isBlank(cells)).slice(0, 50)
  const { width } = commonWidth(rows)
  const share = (index: number, test: (cell: string) => boolean): number =>
    rows.filter((cells) => test((cells[index] ?? '').trim())).length / Math.max(1, rows.length)
  const indexes = Array.from({ length: width }, (_, index) => index)
  const link = indexes.find((index) => share(index, (cell) => looksLikeLink.test(cell)) > 0.5)
  const slug = indexes.find(
    (index) => index !== link && share(index, (cell) => /^[A-Za-z0-9][\w-]{0,63}$/.test(cell)) > 0.8,
  )
  return indexes.map((index) => {
    const field = index === link ? 'destination_url' : index === slug ? 'slug' : null
    return { index, name: `Column ${index + 1}`, field, matched_by: field === null ? null : 'content' }
  })
}
