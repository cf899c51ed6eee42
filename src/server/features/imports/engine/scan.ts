import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { Arrival, type Arriving } from './arrival.ts'
import { ImportFailure, type Pace } from './cancel.ts'
import { CellProbe } from './cell-probe.ts'
import type { CheckOptions } from './check-row.ts'
import type { EditLog } from './edit-log.ts'
import { wholeCharacters } from './encoding.ts'
import { isPlainBoolean, isPlainFutureDate, markOwnHosts } from './fast-cells.ts'
import { judgeRow, withEdits } from './judge-row.ts'
import type { Sheet } from './open-sheet.ts'
import type { Progress } from './request.ts'
import { textOfCells } from './row-reader.ts'
import { EDITED, RowTable } from './row-table.ts'
import { ESCAPED, FINE, MAX_RECORD_BYTES, NEED_MORE, RecordScanner, TOO_LONG, spaceWidth } from './scanner.ts'
import { SlugClaims } from './slug-claims.ts'
import { SlugTable } from './slug-table.ts'

const BLOCK = 1 << 20
/** More rows than that are no spreadsheet, and would take more memory than the worker has. */
const MAX_ROWS = 5_000_000

/** Thrown when bytes that began as UTF-8 turn out not to be. */
export class NotUtf8Error extends ImportFailure {
  constructor() {
    super('This file is not UTF-8 throughout. Choose another encoding.')
  }
}

const kinds = [
  'slug',
  'destination_url',
  'title',
  'campaign',
  'tags',
  'notes',
  'is_active',
  'starts_at',
  'expires_at',
] as const
const DESTINATION = 1
const BOOLEAN = 6
const STARTS = 7
const EXPIRES = 8
/** Bytes up to which a cell of that kind cannot be too long, nor hold too many tags; by `kinds`. */
const freeBytes = [0, 0, 200, 120, 60, 5000, 0, 0, 0]

/** One pass over the file: where every row stands, which have findings, every slug once. */
export class FileScan {
  readonly rows: RowTable
  readonly slugs: SlugTable
  readonly claims: SlugClaims
  /** Indexes of rows without a slug. */
  readonly withoutSlug: number[] = []
  readonly #sheet: Sheet
  readonly #options: CheckOptions
  readonly #edits: EditLog
  readonly #scanner: RecordScanner
  /** Mapped columns in order with their kind. */
  readonly #columns: { index: number; kind: number }[]
  readonly #probe: CellProbe
  readonly #today: number
  #line: number
  /** Inside a line that is too long to be a row. */
  #skipping = false
  constructor(sheet: Sheet, options: CheckOptions, edits: EditLog, seed: number) {
    this.#sheet = sheet
    this.#options = options
    this.#edits = edits
    this.#line = sheet.dataLine
    this.#columns = kinds
      .map((field, kind) => ({ index: options.fields[field], kind }))
      .filter(({ index }) => index >= 0)
      .toSorted((a, b) => a.kind - b.kind)
    this.#today = Number(options.now.slice(0, 10).replaceAll('-', ''))
    const expected = guessRows(sheet)
    this.rows = new RowTable(expected)
    this.slugs = new SlugTable(expected)
    const { slug, destination_url: destination } = options.fields
    this.#probe = new CellProbe(slug, destination, sheet.delimiter, markOwnHosts(options.ownHosts), seed)
    this.#scanner = new RecordScanner(sheet, undefined, this.#probe)
    this.claims = new SlugClaims(this.slugs, this.rows, this.#probe, options.reserved.entries)
  }

  /** Reads and checks the whole file, also while it is still coming; `progress` hears of every few megabytes. */
  async run(pace: Pace, progress: (progress: Progress) => void, arriving?: Arriving): Promise<void> {
    const arrival = new Arrival(arriving, pace)
    const file = openSync(this.#sheet.textPath, 'r')
    try {
      const buffer = Buffer.allocUnsafe(BLOCK + MAX_RECORD_BYTES)
      const { bytes: total } = this.#sheet
      let [position, filled, checked] = [this.#sheet.dataStart, 0, 0]
      for (;;) {
        const offset = position + filled
        const ready = await arrival.beyond(offset)
        const length = Math.min(BLOCK, buffer.length - filled, ready - offset)
        const read = readSync(file, buffer, filled, length, offset)
        filled += read
        const last = read === 0
        const whole = last ? filled : wholeCharacters(buffer.subarray(checked, filled)).length + checked
        if (!isUtf8(buffer.subarray(checked, whole))) throw new NotUtf8Error()
        const at = this.#block(buffer, filled, position, last)
        buffer.copyWithin(0, at, filled)
        position += at
        filled -= at
        checked = Math.max(0, whole - at)
        if (last) return
        progress({ phase: 'checking', done: position, total, rows: this.rows.size })
        await pace.breathe()
      }
    } finally {
      closeSync(file)
    }
  }

  /** Takes the whole records out of `buffer[0, end)`; returns where the first unfinished one starts. */
  #block(buffer: Buffer, end: number, position: number, last: boolean): number {
    const scanner = this.#scanner
    let at = this.#skipping ? this.#skipLine(buffer, 0, end, last) : 0
    while (at < end) {
      let next = scanner.scan(buffer, at, end, last)
      if (next === NEED_MORE) {
        if (end - at < MAX_RECORD_BYTES) break
        next = scanner.scanBad(buffer, at, at + MAX_RECORD_BYTES)
      }
      const tooLong = next === NEED_MORE
      if (tooLong || !this.#isBlank(buffer)) this.#row(buffer, position + at)
      this.#line += 1 + scanner.innerLines
      at = tooLong ? this.#skipLine(buffer, at, end, last) : next
    }
    this.claims.flush(buffer)
    if (this.rows.size > MAX_ROWS) {
      throw new ImportFailure(
        `This file has more than ${MAX_ROWS.toLocaleString('en')} rows. Split it into smaller ones.`,
      )
    }
    return at
  }

  /** Passes over the rest of a line that is too long to be a row. */
  #skipLine(buffer: Buffer, from: number, end: number, last: boolean): number {
    const { newline } = this.#sheet
    const found = buffer.subarray(0, end).indexOf(newline, from, 'latin1')
    this.#skipping = found === -1 && !last
    if (found !== -1) return found + newline.length
    return last ? end : Math.max(from, end - newline.length + 1)
  }

  #isBlank(buffer: Buffer): boolean {
    const { starts, ends, count } = this.#scanner
    for (let k = 0; k < Math.min(count, starts.length); k++) {
      for (let i = starts[k]!; i < ends[k]!;) {
        const width = spaceWidth(buffer, i)
        if (width === 0) return false
        i += width
      }
    }
    return true
  }

  #row(buffer: Buffer, offset: number): void {
    const scanner = this.#scanner
    const row = this.rows.push(offset, this.#line)
    const plain = scanner.problem === FINE && scanner.count === this.#sheet.columns.length
    if (
      plain &&
      (this.#edits.isEmpty || !this.#edits.has(row)) &&
      !this.#sheet.guarded &&
      this.#isGood(buffer, row)
    )
      return
    this.#judge(buffer, row)
  }

  /** Checks a row over its bytes, and takes its slug when all is well. False leaves nothing behind. */
  #isGood(buffer: Buffer, row: number): boolean {
    const { starts, ends, kinds: cellKinds } = this.#scanner
    const columns = this.#columns
    const probe = this.#probe
    for (let k = columns.length - 1; k >= 0; k--) {
      const { index, kind } = columns[k]!
      const start = starts[index]!
      const end = ends[index]!
      const escaped = cellKinds[index] === ESCAPED
      if (kind >= 2) {
        if (end - start <= freeBytes[kind]!) continue
        if (kind < BOOLEAN) return false
        if (kind === BOOLEAN) {
          if (!isPlainBoolean(buffer, start, end)) return false
        } else if (kind === EXPIRES) {
          if (!isPlainFutureDate(buffer, start, end, this.#today)) return false
        } else if (kind === STARTS && this.#options.fields.expires_at >= 0) return false
        else if (!isPlainFutureDate(buffer, start, end, 0)) return false
      } else if (kind === DESTINATION) {
        if (!probe.destinationGood && (escaped || probe.destinationEnd(buffer, start, end) !== end))
          return false
      } else if (!probe.slugGood && (escaped || probe.slugEnd(buffer, start, end) !== end)) return false
    }
    const slug = this.#options.fields.slug
    if (slug < 0 || this.#options.fields.destination_url < 0) return false
    if (this.claims.maybeReserved()) return false
    this.claims.wait(buffer, starts[slug]!, ends[slug]!, row)
    return true
  }

  #judge(buffer: Buffer, row: number): void {
    this.claims.flush(buffer)
    const scanner = this.#scanner
    const cells = scanner.problem === TOO_LONG ? [] : textOfCells(buffer, scanner)
    const edited = withEdits(cells, this.#edits, row)
    const shape = {
      problem: scanner.problem,
      count: Math.max(scanner.count, edited.length),
      width: this.#sheet.columns.length,
    }
    const { values, findings } = judgeRow(edited, shape, this.#options, this.#sheet.guarded)
    this.rows.setCodes(
      row,
      findings.map(({ code }) => code),
    )
    if (!this.#edits.isEmpty && this.#edits.of(row).size > 0)
      this.rows.flags[row] = this.rows.flags[row]! | EDITED
    if (values.slug !== null) {
      this.claims.claim(values.slug, row)
    } else if (findings.some(({ code }) => code === 'slug_missing')) this.withoutSlug.push(row)
  }
}

function guessRows(sheet: Sheet): number {
  const sample = sheet.first_rows.slice(0, 100)
  if (sample.length === 0) return 64
  const bytes = sample.reduce(
    (sum, cells) => sum + cells.reduce((length, cell) => length + cell.length + 1, 1),
    0,
  )
  return Math.min(MAX_ROWS, Math.ceil((sheet.bytes / Math.max(2, bytes / sample.length)) * 1.15) + 64)
}
