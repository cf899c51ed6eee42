import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync } from 'node:fs'
import { slugSkeleton } from '#contract/slugs.ts'
import type { Pace } from './cancel.ts'
import type { CheckOptions } from './check-row.ts'
import type { EditLog } from './edit-log.ts'
import { wholeCharacters } from './encoding.ts'
import { isPlainBoolean, isPlainDestination, isPlainFutureDate, markOwnHosts } from './fast-cells.ts'
import { judgeRow, withEdits } from './judge-row.ts'
import type { Sheet } from './open-sheet.ts'
import type { Progress } from './request.ts'
import { textOfCells } from './row-reader.ts'
import { EDITED, IN_FILE, RowTable } from './row-table.ts'
import { ESCAPED, FINE, MAX_RECORD_BYTES, NEED_MORE, RecordScanner, TOO_LONG, spaceWidth } from './scanner.ts'
import { SlugTable, mixHash, slugClass } from './slug-table.ts'

const BLOCK = 1 << 20
const RESERVED_MASK = 0xffff
const HASH_STEP = 0x01000193

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
const SLUG = 0
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
  readonly #own: Uint8Array
  readonly #today: number
  readonly #reserved = new Uint8Array(RESERVED_MASK + 1)
  readonly #reservedLooks = new Uint8Array(RESERVED_MASK + 1)
  readonly #scratch = Buffer.alloc(64)
  #line: number
  #hash = 0
  #look = 0

  constructor(sheet: Sheet, options: CheckOptions, edits: EditLog, seed: number) {
    this.#sheet = sheet
    this.#options = options
    this.#edits = edits
    this.#scanner = new RecordScanner(sheet)
    this.#line = sheet.dataLine
    this.#columns = kinds
      .map((field, kind) => ({ index: options.fields[field], kind }))
      .filter(({ index }) => index >= 0)
      .toSorted((a, b) => a.kind - b.kind)
    this.#own = markOwnHosts(options.ownHosts)
    this.#today = Number(options.now.slice(0, 10).replaceAll('-', ''))
    const expected = guessRows(sheet)
    this.rows = new RowTable(expected)
    this.slugs = new SlugTable(expected, seed)
    this.#markReserved()
  }

  #markReserved(): void {
    for (const { slug } of this.#options.reserved.entries) {
      const look = slugSkeleton(slug)
      if (slug.length <= 64 && this.#hashText(slug)) this.#reserved[this.#hash & RESERVED_MASK] = 1
      if (look !== '' && look.length <= 64 && this.#hashText(look))
        this.#reservedLooks[this.#look & RESERVED_MASK] = 1
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
    for (let k = columns.length - 1; k >= 0; k--) {
      const { index, kind } = columns[k]!
      const start = starts[index]!
      const end = ends[index]!
      if (kind >= 2) {
        if (end - start <= freeBytes[kind]!) continue
        if (kind < BOOLEAN) return false
        if (kind === BOOLEAN) {
          if (!isPlainBoolean(buffer, start, end)) return false
        } else if (kind === EXPIRES) {
          if (!isPlainFutureDate(buffer, start, end, this.#today)) return false
        } else if (kind === STARTS && this.#options.fields.expires_at >= 0) return false
        else if (!isPlainFutureDate(buffer, start, end, 0)) return false
      } else if (cellKinds[index] === ESCAPED) return false
      else if (kind === DESTINATION) {
        if (!isPlainDestination(buffer, start, end, this.#own)) return false
      } else if (kind === SLUG && !this.#hashBytes(buffer, start, end)) return false
    }
    const slug = this.#options.fields.slug
    if (slug < 0 || this.#options.fields.destination_url < 0) return false
    if (
      this.#reserved[this.#hash & RESERVED_MASK] === 1 ||
      this.#reservedLooks[this.#look & RESERVED_MASK] === 1
    )
      return false
    this.#claim(buffer, starts[slug]!, ends[slug]!, row)
    return true
  }

  /** Hashes a valid slug by letters and by look; false for anything else. */
  #hashBytes(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start > 64 || end <= start || bytes[start] === 0x2d || bytes[end - 1] === 0x2d) return false
    let hash = this.slugs.seed
    let look = this.slugs.seed
    for (let i = start; i < end; i++) {
      const byte = bytes[i]!
      const shape = slugClass[byte]!
      if (shape === 255) return false
      hash = Math.imul(hash ^ byte, HASH_STEP)
      if (shape !== 0) look = Math.imul(look ^ shape, HASH_STEP)
    }
    this.#hash = mixHash(hash)
    this.#look = mixHash(look)
    return true
  }

  #hashText(slug: string): boolean {
    const length = this.#scratch.write(slug, 'latin1')
    return this.#hashBytes(this.#scratch, 0, length)
  }

  /** Gives the slug that was hashed last to a row, or marks the row as its double. */
  #claim(bytes: Uint8Array, start: number, end: number, row: number): void {
    const { slugs, rows } = this
    let entry = slugs.find(bytes, start, end, this.#hash)
    if (entry === -1) {
      entry = slugs.add(bytes, start, end, this.#hash, this.#look, row)
      if (slugs.lookalike !== -1) rows.addCode(row, 'slug_lookalike')
    } else if (slugs.firstRow[entry] === NO_ROW) slugs.firstRow[entry] = row
    else rows.flags[row] = rows.flags[row]! | IN_FILE
    rows.slugs[row] = entry + 1
  }

  /** Entry of a canonical slug, made when it is new; its first row is left to the caller then. */
  enter(slug: string): number {
    if (!this.#hashText(slug)) throw new Error(`not a slug: ${slug}`)
    const found = this.slugs.find(this.#scratch, 0, slug.length, this.#hash)
    return found === -1
      ? this.slugs.add(this.#scratch, 0, slug.length, this.#hash, this.#look, NO_ROW)
      : found
  }

  /** Whether some row has the slug. */
  isTaken(slug: string): boolean {
    if (!this.#hashText(slug)) return true
    const entry = this.slugs.find(this.#scratch, 0, slug.length, this.#hash)
    return entry !== -1 && this.slugs.firstRow[entry] !== NO_ROW
  }

  #judge(buffer: Buffer, row: number): void {
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
