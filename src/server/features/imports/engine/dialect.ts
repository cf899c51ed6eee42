import { textOfCells } from './row-reader.ts'
import { type Dialect, RecordScanner } from './scanner.ts'

const delimiters = [',', ';', '\t', '|'] as const

/**
 * The line end of a file, from its beginning: Papa Parse's rule (the one that comes first, `\r\n` when most
 * `\r` have one), except that a file with more bare `\n` than `\r\n` is read by `\n`.
 */
export function guessNewline(sample: string): Dialect['newline'] {
  const text = sample.replace(/"[^"]*"/g, '')
  const returns = text.split('\r')
  const feed = text.indexOf('\n')
  if (returns.length === 1 || (feed !== -1 && feed < (returns[0]?.length ?? 0))) return '\n'
  const pairs = returns.filter((part) => part.startsWith('\n')).length
  if (pairs < returns.length / 2) return '\r'
  const feeds = text.split('\n').length - 1
  return feeds - pairs > pairs ? '\n' : '\r\n'
}

/** The delimiter that Excel writes in a first line `sep=;`, with that line's length in bytes. */
export function readSepLine(sample: Buffer): { delimiter: string; bytes: number } | null {
  const match = /^"?sep=([,;\t|])"?\r?(?:\n|$)/i.exec(sample.toString('latin1', 0, 12))
  return match?.[1] === undefined ? null : { delimiter: match[1], bytes: match[0].length }
}

/** The first records of a sample as text. */
export function sampleRecords(sample: Buffer, dialect: Dialect, limit: number, whole: boolean): string[][] {
  const scanner = new RecordScanner(dialect)
  const records: string[][] = []
  let at = 0
  while (at < sample.length && records.length < limit) {
    const next = scanner.scan(sample, at, sample.length, whole)
    if (next < 0) break
    records.push(textOfCells(sample, scanner))
    at = next
  }
  return records
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/**
 * The delimiter under which the sample falls into the most even table; a header row that is known by its
 * names (`countKnown` of its cells) settles ties that commas inside text would otherwise decide.
 */
export function guessDelimiter(
  sample: Buffer,
  newline: Dialect['newline'],
  whole: boolean,
  countKnown: (cells: readonly string[]) => number,
): string {
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of delimiters) {
    const records = sampleRecords(sample, { delimiter, newline }, 60, whole).filter(
      (cells) => !isBlank(cells),
    )
    const score = evenness(records) + 2 * Math.max(0, ...records.slice(0, 10).map(countKnown))
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function evenness(records: readonly string[][]): number {
  const { width, share } = commonWidth(records)
  return width < 2 ? 0 : share * Math.min(4, 1 + Math.log2(width) / 2)
}

/** The number of cells that most records have, and the share that has it. */
export function commonWidth(records: readonly string[][]): { width: number; share: number } {
  const widths = new Map<number, number>()
  for (const cells of records) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  let best = { width: 0, count: 0 }
  for (const [width, count] of widths) {
    if (count > best.count || (count === best.count && width > best.width)) best = { width, count }
  }
  return { width: best.width, share: records.length === 0 ? 0 : best.count / records.length }
}
