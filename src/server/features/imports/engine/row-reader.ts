import { readSync } from 'node:fs'
import { ESCAPED, MAX_CELLS, MAX_RECORD_BYTES, NEED_MORE, type RecordScanner } from './scanner.ts'
import type { RowTable } from './row-table.ts'

/** Reads rows of a scanned file by their offsets, ahead where the next rows will be asked for too. */
export class RowReader {
  readonly #file: number
  readonly #size: number
  readonly #rows: RowTable
  readonly #scanner: RecordScanner
  #window = Buffer.allocUnsafe(64 << 10)
  #from = 0
  #to = 0

  constructor(file: number, size: number, rows: RowTable, scanner: RecordScanner) {
    this.#file = file
    this.#size = size
    this.#rows = rows
    this.#scanner = scanner
  }

  /** `FINE`, `UNCLOSED_QUOTE` or `TOO_LONG` of the row read last. */
  get problem(): number {
    return this.#scanner.problem
  }

  /** The number of cells of the row read last, kept or not. */
  get count(): number {
    return this.#scanner.count
  }

  /** Cells of a row as the file has them. `ahead`: bytes worth reading along. */
  cells(row: number, ahead = 0): string[] {
    const { bytes, start, end } = this.#load(row, ahead)
    const scanner = this.#scanner
    if (end - start >= MAX_RECORD_BYTES && scanner.scan(bytes, start, end, false) === NEED_MORE) {
      scanner.scanBad(bytes, start, end)
    } else scanner.scan(bytes, start, end, true)
    return textOfCells(bytes, scanner)
  }

  /** The bytes of a row, its line end included; a row too long to be one is cut. */
  bytes(row: number, ahead = 0): Buffer {
    const { bytes, start, end } = this.#load(row, ahead)
    return bytes.subarray(start, end)
  }

  #load(row: number, ahead: number): { bytes: Buffer; start: number; end: number } {
    const from = this.#rows.offsets[row]!
    const next = row + 1 < this.#rows.size ? this.#rows.offsets[row + 1]! : this.#size
    const to = Math.min(next, from + MAX_RECORD_BYTES)
    if (from < this.#from || to > this.#to) this.#read(from, Math.min(Math.max(to, from + ahead), this.#size))
    return { bytes: this.#window, start: from - this.#from, end: Math.min(to, this.#to) - this.#from }
  }

  #read(from: number, to: number): void {
    if (to - from > this.#window.length) this.#window = Buffer.allocUnsafe(to - from)
    let read = 0
    while (read < to - from) {
      const got = readSync(this.#file, this.#window, read, to - from - read, from + read)
      if (got === 0) break
      read += got
    }
    this.#from = from
    // Less than was asked for where the file ends.
    this.#to = from + read
  }
}

/**
 * The cells that a scanner has just cut out of `bytes`. Plain ASCII is made into a string once and then
 * sliced.
 */
export function textOfCells(bytes: Buffer, scanner: RecordScanner): string[] {
  const { starts, ends, kinds } = scanner
  const count = Math.min(scanner.count, MAX_CELLS)
  const cells = Array<string>(count)
  const first = starts[0]!
  const last = count === 0 ? first : ends[count - 1]!
  const text = bytes.toString('utf8', first, last)
  const ascii = text.length === last - first
  for (let k = 0; k < count; k++) {
    const cell = ascii
      ? text.slice(starts[k]! - first, ends[k]! - first)
      : bytes.toString('utf8', starts[k]!, ends[k]!)
    cells[k] = kinds[k] === ESCAPED ? cell.replaceAll('""', '"') : cell
  }
  return cells
}
