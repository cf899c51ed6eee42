import type { CellProbe } from './cell-probe.ts'

/** How a file is cut into records and cells. */
export interface Dialect {
  /** One of `,`, `;`, tab and `|`. */
  delimiter: string
  newline: '\n' | '\r\n' | '\r'
}

/** A record may span this many bytes; past that its line is skipped and the row reported. */
export const MAX_RECORD_BYTES = 1 << 20
/** Cells past this many are counted and not kept. */
export const MAX_CELLS = 1024
/** Bytes that may be read twice for quotes that never close, over a whole file. */
const RESCAN_BUDGET = 64 << 20

const PLAIN = 0
const QUOTED = 1
/** Quoted, with doubled quotes inside that count as one. */
export const ESCAPED = 2

/** `problem` of a record. */
export const FINE = 0
export const UNCLOSED_QUOTE = 1
export const TOO_LONG = 2

/** The record runs on past the bytes at hand. */
export const NEED_MORE = -1

const QUOTE = 0x22
const CR = 0x0d
const LF = 0x0a

/**
 * Cuts records out of UTF-8 bytes without making strings. It reads as Papa Parse 5 does: a quote counts only
 * at the start of a cell, white space may stand behind a closing quote, any other quote is text. It differs
 * in one place: a quote that never closes makes its own line a bad row instead of swallowing the rest of the
 * file.
 */
export class RecordScanner {
  readonly starts = new Int32Array(MAX_CELLS)
  readonly ends = new Int32Array(MAX_CELLS)
  readonly kinds = new Uint8Array(MAX_CELLS)
  /** Cells of the last record; may be above `MAX_CELLS`, of which only so many are kept. */
  count = 0
  problem = FINE
  /** Line ends inside the last record's quotes. */
  innerLines = 0
  readonly #delimiter: number
  readonly #first: number
  readonly #crlf: boolean
  readonly #lineByte: number
  readonly #stops = new Uint8Array(256)
  readonly #probe: CellProbe | null
  readonly #slugColumn: number
  readonly #destinationColumn: number
  #budget: number
  #quoteEnd = 0
  #oneLine = false

  constructor(dialect: Dialect, budget = RESCAN_BUDGET, probe: CellProbe | null = null) {
    this.#probe = probe
    this.#slugColumn = probe?.slugColumn ?? -1
    this.#destinationColumn = probe?.destinationColumn ?? -1
    this.#budget = budget
    this.#delimiter = dialect.delimiter.charCodeAt(0)
    this.#first = dialect.newline === '\n' ? LF : CR
    this.#crlf = dialect.newline === '\r\n'
    this.#lineByte = dialect.newline === '\r' ? CR : LF
    this.#stops[this.#delimiter] = 1
    this.#stops[this.#first] = 1
  }

  /**
   * Scans one record from `at`; returns where the next one starts, or `NEED_MORE`. `last`: nothing follows
   * `end`. Whoever gets `NEED_MORE` with `MAX_RECORD_BYTES` at hand asks `scanBad` instead.
   */
  scan(bytes: Uint8Array, at: number, end: number, last: boolean): number {
    this.#oneLine = this.#budget <= 0
    return this.#scan(bytes, at, end, last)
  }

  /** Scans a record whose end is not in sight with quotes that cross lines taken as text. */
  scanBad(bytes: Uint8Array, at: number, end: number): number {
    this.#budget -= end - at
    this.#oneLine = true
    const next = this.#scan(bytes, at, end, false)
    if (next !== NEED_MORE) return next
    this.problem = TOO_LONG
    this.count = 0
    return NEED_MORE
  }

  #scan(bytes: Uint8Array, at: number, end: number, last: boolean): number {
    const delimiter = this.#delimiter
    let count = 0
    let i = at
    if (this.#probe !== null) {
      this.#probe.slugGood = false
      this.#probe.destinationGood = false
    }
    this.problem = FINE
    this.innerLines = 0
    for (;;) {
      const slot = count < MAX_CELLS ? count : MAX_CELLS - 1
      if (i >= end && !last) return NEED_MORE
      const kind = i < end && bytes[i] === QUOTE ? this.#closeQuote(bytes, i + 1, end, last) : PLAIN
      if (kind === NEED_MORE) return NEED_MORE
      this.kinds[slot] = kind
      if (kind === PLAIN) {
        this.starts[slot] = i
        i =
          count === this.#slugColumn || count === this.#destinationColumn
            ? this.#probedEnd(bytes, i, end, last, count === this.#slugColumn)
            : this.#plainEnd(bytes, i, end, last)
        if (i === NEED_MORE) return NEED_MORE
        this.ends[slot] = i
      } else {
        this.starts[slot] = i + 1
        this.ends[slot] = this.#quoteEnd
        i = this.#after
      }
      count++
      if (i < end && bytes[i] === delimiter) {
        i++
        continue
      }
      this.count = count
      return i >= end ? end : i + (this.#crlf ? 2 : 1)
    }
  }

  #probedEnd(bytes: Uint8Array, from: number, end: number, last: boolean, slug: boolean): number {
    const probe = this.#probe!
    const found = slug ? probe.slugEnd(bytes, from, end) : probe.destinationEnd(bytes, from, end)
    if (found === -1) return this.#plainEnd(bytes, from, end, last)
    const good = found < end ? this.#isStop(bytes, found, end) : last
    if (!good) return this.#plainEnd(bytes, found, end, last)
    if (slug) probe.slugGood = true
    else probe.destinationGood = true
    return found
  }

  #plainEnd(bytes: Uint8Array, from: number, end: number, last: boolean): number {
    const stops = this.#stops
    let i = from
    for (;;) {
      // Four at a time: a third of a scan is spent here.
      while (
        i + 3 < end &&
        (stops[bytes[i]!]! | stops[bytes[i + 1]!]! | stops[bytes[i + 2]!]! | stops[bytes[i + 3]!]!) === 0
      )
        i += 4
      while (i < end && stops[bytes[i]!] === 0) i++
      if (i >= end) return last ? end : NEED_MORE
      if (!this.#crlf || bytes[i] === this.#delimiter) return i
      if (i + 1 >= end) return last ? end : NEED_MORE
      if (bytes[i + 1] === LF) return i
      i++
    }
  }

  /** Where the delimiter, newline or end behind the last closing quote stands. */
  #after = 0

  /**
   * Finds the end of a quoted cell whose text starts at `at`. Returns its kind, PLAIN when the quote never
   * closes and is to be taken as text, or NEED_MORE.
   */
  #closeQuote(bytes: Uint8Array, at: number, end: number, last: boolean): number {
    let kind = QUOTED
    let lines = 0
    for (let i = at; i < end; i++) {
      const byte = bytes[i]
      if (byte === this.#lineByte) {
        if (this.#oneLine) return this.#unclosed(i - at)
        lines++
      }
      if (byte !== QUOTE) continue
      if (i + 1 >= end && !last) return NEED_MORE
      if (i + 1 < end && bytes[i + 1] === QUOTE) {
        kind = ESCAPED
        i++
        continue
      }
      const after = this.#skipSpace(bytes, i + 1, end)
      if (after + 1 >= end && !last) return NEED_MORE
      if (after < end && !this.#isStop(bytes, after, end)) continue
      this.#quoteEnd = i
      this.#after = after
      this.innerLines += lines
      return kind
    }
    return last ? this.#unclosed(end - at) : NEED_MORE
  }

  #unclosed(read: number): number {
    this.problem = UNCLOSED_QUOTE
    this.#budget -= read
    return PLAIN
  }

  #isStop(bytes: Uint8Array, i: number, end: number): boolean {
    if (bytes[i] === this.#delimiter) return true
    return bytes[i] === this.#first && (!this.#crlf || (i + 1 < end && bytes[i + 1] === LF))
  }

  #skipSpace(bytes: Uint8Array, from: number, end: number): number {
    let i = from
    while (i < end && !this.#isStop(bytes, i, end)) {
      const width = spaceWidth(bytes, i)
      if (width === 0) break
      i += width
    }
    return i
  }
}

/** Bytes of the white space character (as `String.trim` has it) at `i`, 0 when there is none. */
export function spaceWidth(bytes: Uint8Array, i: number): number {
  const byte = bytes[i] ?? 0
  if (byte < 0x80) return byte === 0x20 || (byte >= 9 && byte <= 13) ? 1 : 0
  const next = bytes[i + 1] ?? 0
  const third = bytes[i + 2] ?? 0
  if (byte === 0xc2) return next === 0xa0 ? 2 : 0
  if (byte === 0xef) return next === 0xbb && third === 0xbf ? 3 : 0
  if (byte === 0xe3) return next === 0x80 && third === 0x80 ? 3 : 0
  if (byte === 0xe1) return next === 0x9a && third === 0x80 ? 3 : 0
  if (byte !== 0xe2) return 0
  if (next === 0x81) return third === 0x9f ? 3 : 0
  if (next !== 0x80) return 0
  return (third >= 0x80 && third <= 0x8a) || third === 0xa8 || third === 0xa9 || third === 0xaf ? 3 : 0
}
