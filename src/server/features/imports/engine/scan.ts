import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { slugSkeleton } from '#contract/slugs.ts'
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
import { EDITED, IN_FILE, RowTable } from './row-table.ts'
import { ESCAPED, FINE, MAX_RECORD_BYTES, NEED_MORE, RecordScanner, TOO_LONG, spaceWidth } from './scanner.ts'
import { SlugTable } from './slug-table.ts'

const BLOCK = 1 << 20
/** Slugs taken into the table at once. */
const WAITING = 256
/** More rows than that are no spreadsheet, and would take more memory than the worker has. */
export const MAX_ROWS = 5_000_000
const RESERVED_MASK = 0xffff

/** Thrown when bytes that began as UTF-8 turn out not to be. */
export class NotUtf8Error extends Error {}

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
  readonly #reserved = new Uint8Array(RESERVED_MASK + 1)
  readonly #reservedLooks = new Uint8Array(RESERVED_MASK + 1)
  readonly #scratch = Buffer.alloc(64)
  #line: number
  /** Good rows whose slugs are not in the table yet, by where these lie in the buffer. */
  #waiting = 0
  readonly #waitingStarts = new Int32Array(WAITING)
  readonly #waitingEnds = new Int32Array(WAITING)
  readonly #waitingRows = new Uint32Array(WAITING)
  readonly #waitingHashes = new Uint32Array(WAITING)
  readonly #waitingLooks = new Uint32Array(WAITING)

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
    this.#markReserved()
  }

  #markReserved(): void {
    for (const { slug } of this.#options.reserved.entries) {
      const look = slugSkeleton(slug)
      if (slug.length <= 64 && this.#hashText(slug)) this.#reserved[this.#probe.hash & RESERVED_MASK] = 1
      if (look !== '' && look.length <= 64 && this.#hashText(look))
        this.#reservedLooks[this.#probe.look & RESERVED_MASK] = 1
    }
  }

  /** Reads and checks the whole file; `progress` hears of every few megabytes. */
  async run(pace: Pace, progress: (progress: Progress) => void): Promise<void> {
    const file = openSync(this.#sheet.textPath, 'r')
    try {
      const buffer = Buffer.allocUnsafe(BLOCK + MAX_RECORD_BYTES)
      const { bytes: total } = this.#sheet
      let [position, filled, checked, skipping] = [this.#sheet.dataStart, 0, 0, false]
      for (;;) {
        const read = readSync(
          file,
          buffer,
          filled,
          Math.min(BLOCK, buffer.length - filled),
          position + filled,
        )
        filled += read
        const last = read === 0
        const whole = last ? filled : wholeCharacters(buffer.subarray(checked, filled)).length + checked
        if (!isUtf8(buffer.subarray(checked, whole)))
          throw new NotUtf8Error('The file is not UTF-8 throughout.')
        const at = this.#block(buffer, filled, position, last, skipping)
        skipping = this.#skipping
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

  #skipping = false

  /** Takes the whole records out of `buffer[0, end)`; returns where the first unfinished one starts. */
  #block(buffer: Buffer, end: number, position: number, last: boolean, skipping: boolean): number {
    const scanner = this.#scanner
    let at = skipping ? this.#skipLine(buffer, 0, end, last) : 0
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
    this.#claimWaiting(buffer)
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
    if (
      this.#reserved[this.#probe.hash & RESERVED_MASK] === 1 ||
      this.#reservedLooks[this.#probe.look & RESERVED_MASK] === 1
    )
      return false
    this.#wait(starts[slug]!, ends[slug]!, row)
    if (this.#waiting === WAITING) this.#claimWaiting(buffer)
    return true
  }

  #wait(start: number, end: number, row: number): void {
    const at = this.#waiting++
    this.#waitingStarts[at] = start
    this.#waitingEnds[at] = end
    this.#waitingRows[at] = row
    this.#waitingHashes[at] = this.#probe.hash
    this.#waitingLooks[at] = this.#probe.look
  }

  /** Gives the slugs of the good rows since the last time to their rows, in order. */
  #claimWaiting(buffer: Buffer): void {
    this.slugs.warm(this.#waitingHashes, this.#waitingLooks, this.#waiting)
    for (let k = 0; k < this.#waiting; k++) {
      this.#probe.hash = this.#waitingHashes[k]!
      this.#probe.look = this.#waitingLooks[k]!
      this.#claim(buffer, this.#waitingStarts[k]!, this.#waitingEnds[k]!, this.#waitingRows[k]!)
    }
    this.#waiting = 0
  }

  #hashText(slug: string): boolean {
    const length = this.#scratch.write(slug, 'latin1')
    return this.#probe.slugEnd(this.#scratch, 0, length) === length
  }

  /** Gives the slug that was hashed last to a row, or marks the row as its double. */
  #claim(bytes: Uint8Array, start: number, end: number, row: number): void {
    const { slugs, rows } = this
    let entry = slugs.find(bytes, start, end, this.#probe.hash)
    if (entry === -1) {
      entry = slugs.add(bytes, start, end, this.#probe.hash, this.#probe.look, row)
      if (slugs.lookalike !== -1) rows.addCode(row, 'slug_lookalike')
    } else if (slugs.firstRow[entry] === NO_ROW) slugs.firstRow[entry] = row
    else rows.flags[row] = rows.flags[row]! | IN_FILE
    rows.slugs[row] = entry + 1
  }

  /** Entry of a canonical slug, made when it is new; its first row is left to the caller then. */
  enter(slug: string): number {
    if (!this.#hashText(slug)) throw new Error(`not a slug: ${slug}`)
    const found = this.slugs.find(this.#scratch, 0, slug.length, this.#probe.hash)
    return found === -1
      ? this.slugs.add(this.#scratch, 0, slug.length, this.#probe.hash, this.#probe.look, NO_ROW)
      : found
  }

  /** Entries of those of the slugs (bytes with line feeds between) that are in the file, appended to `found`. */
  entriesOf(bytes: Uint8Array, found: number[]): void {
    const { slugs } = this
    const probe = this.#probe
    for (let start = 0; start < bytes.length;) {
      let count = 0
      for (; count < WAITING && start < bytes.length; count++) {
        const end = probe.slugEnd(bytes, start, bytes.length)
        this.#waitingStarts[count] = start
        this.#waitingEnds[count] = end
        this.#waitingHashes[count] = probe.hash
        // A stored slug that breaks today's rule is in no file either.
        start =
          end !== -1 && (end === bytes.length || bytes[end] === 10)
            ? end + 1
            : this.#skipStored(bytes, start, count)
      }
      slugs.warm(this.#waitingHashes, null, count)
      for (let k = 0; k < count; k++) {
        if (this.#waitingEnds[k] === -1) continue
        const entry = slugs.find(
          bytes,
          this.#waitingStarts[k]!,
          this.#waitingEnds[k]!,
          this.#waitingHashes[k]!,
        )
        if (entry !== -1) found.push(entry)
      }
    }
  }

  #skipStored(bytes: Uint8Array, start: number, at: number): number {
    this.#waitingEnds[at] = -1
    const feed = bytes.indexOf(10, start)
    return feed === -1 ? bytes.length : feed + 1
  }

  /** Whether some row has the slug. */
  isTaken(slug: string): boolean {
    if (!this.#hashText(slug)) return true
    const entry = this.slugs.find(this.#scratch, 0, slug.length, this.#probe.hash)
    return entry !== -1 && this.slugs.firstRow[entry] !== NO_ROW
  }

  #judge(buffer: Buffer, row: number): void {
    this.#claimWaiting(buffer)
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
      this.#hashText(values.slug)
      this.#claim(this.#scratch, 0, values.slug.length, row)
    } else if (findings.some(({ code }) => code === 'slug_missing')) this.withoutSlug.push(row)
  }
}

/** `firstRow` of a slug that no row has any more. */
export const NO_ROW = 0xffffffff

function guessRows(sheet: Sheet): number {
  const sample = sheet.first_rows.slice(0, 100)
  if (sample.length === 0) return 64
  const bytes = sample.reduce(
    (sum, cells) => sum + cells.reduce((length, cell) => length + cell.length + 1, 1),
    0,
  )
  return Math.min(20_000_000, Math.ceil((sheet.bytes / Math.max(2, bytes / sample.length)) * 1.15) + 64)
}
