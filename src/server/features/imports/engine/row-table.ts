import type { ImportCounts, OnDuplicate } from '#contract/imports.ts'
import { type FindingCode, bitOf, findingCodes } from './finding-codes.ts'
import type { FindingCount } from './session.ts'
import { grown } from './slug-table.ts'

/** Bits of a row's flags. */
export const ERROR = 1
export const WARNING = 2
/** Another row above has the slug. */
export const IN_FILE = 4
/** A stored link has the slug … */
export const STORED = 8
/** … and would not be changed by this row. */
export const SAME = 16
export const EDITED = 32

export type RowAction = 'create' | 'update' | 'unchanged' | 'skip' | 'error'

export function actionOf(flags: number, mode: OnDuplicate): RowAction {
  if ((flags & (ERROR | IN_FILE)) !== 0) return 'error'
  if ((flags & STORED) === 0) return 'create'
  if ((flags & SAME) !== 0) return 'unchanged'
  return mode === 'fail' ? 'error' : mode === 'update' ? 'update' : 'skip'
}

/** Whether the row carries a warning, the one about a stored link included. */
export function hasWarning(flags: number, mode: OnDuplicate): boolean {
  return (flags & WARNING) !== 0 || (mode !== 'fail' && (flags & (STORED | SAME)) === STORED)
}

/** What is kept of every row: where it stands, what is wrong with it, its slug. About 30 bytes a row. */
export class RowTable {
  size = 0
  offsets: Float64Array
  lines: Uint32Array
  flags: Uint8Array
  /** Slug entry + 1, 0 for none. */
  slugs: Uint32Array
  #low: Uint32Array
  #high: Uint32Array

  constructor(expected: number) {
    const length = Math.max(64, expected)
    this.offsets = new Float64Array(length)
    this.lines = new Uint32Array(length)
    this.flags = new Uint8Array(length)
    this.slugs = new Uint32Array(length)
    this.#low = new Uint32Array(length)
    this.#high = new Uint32Array(length)
  }

  /** Adds a row without findings; returns its index (its number is one more). */
  push(offset: number, line: number): number {
    if (this.size === this.offsets.length) this.#grow()
    const row = this.size++
    this.offsets[row] = offset
    this.lines[row] = line
    return row
  }

  /** Replaces the findings that a row has by itself. */
  setCodes(row: number, codes: Iterable<FindingCode>): void {
    let [low, high, flags] = [0, 0, this.flags[row]! & ~(ERROR | WARNING)]
    for (const code of codes) {
      const bit = bitOf(code)
      if (bit < 32) low |= 1 << bit
      else high |= 1 << (bit - 32)
      flags |= findingCodes[bit]!.severity === 'error' ? ERROR : WARNING
    }
    this.#low[row] = low
    this.#high[row] = high
    this.flags[row] = flags
  }

  addCode(row: number, code: FindingCode): void {
    const bit = bitOf(code)
    if (bit < 32) this.#low[row] = this.#low[row]! | (1 << bit)
    else this.#high[row] = this.#high[row]! | (1 << (bit - 32))
    this.flags[row] = this.flags[row]! | (findingCodes[bit]!.severity === 'error' ? ERROR : WARNING)
  }

  hasCode(row: number, bit: number): boolean {
    const flags = this.flags[row]!
    if (bit === DUPLICATE_BIT) return (flags & IN_FILE) !== 0
    if (bit === EXISTS_BIT) return (flags & (STORED | SAME)) === STORED
    return ((bit < 32 ? this.#low[row]! : this.#high[row]!) & (1 << (bit & 31))) !== 0
  }

  /** Indexes of the rows that `keep` holds for, in order. */
  select(keep: (flags: number, row: number) => boolean): Uint32Array {
    const rows = new Uint32Array(this.size)
    let count = 0
    for (let row = 0; row < this.size; row++) if (keep(this.flags[row]!, row)) rows[count++] = row
    return rows.slice(0, count)
  }

  counts(mode: OnDuplicate): ImportCounts {
    const kinds = new Uint32Array(256)
    for (let row = 0; row < this.size; row++) kinds[this.flags[row]!]!++
    return countsOf(kinds, mode)
  }

  /** Rows by finding, the most frequent first. */
  findingCounts(mode: OnDuplicate): FindingCount[] {
    const rows = new Uint32Array(findingCodes.length)
    for (let row = 0; row < this.size; row++) {
      if (this.flags[row] === 0) continue
      for (let rest = this.#low[row]!; rest !== 0; rest &= rest - 1) rows[31 - Math.clz32(rest & -rest)]!++
      for (let rest = this.#high[row]!; rest !== 0; rest &= rest - 1) rows[63 - Math.clz32(rest & -rest)]!++
      if (this.hasCode(row, DUPLICATE_BIT)) rows[DUPLICATE_BIT]!++
      if (this.hasCode(row, EXISTS_BIT)) rows[EXISTS_BIT]!++
    }
    return findingCodes
      .map(({ code, severity, fixable }, bit) => {
        const failing = code === 'slug_exists' && mode === 'fail'
        return { code, severity: failing ? 'error' : severity, rows: rows[bit]!, fixable }
      })
      .filter((count) => count.rows > 0)
      .toSorted((a, b) => b.rows - a.rows)
  }

  #grow(): void {
    const length = this.offsets.length * 2
    const offsets = new Float64Array(length)
    offsets.set(this.offsets)
    this.offsets = offsets
    const flags = new Uint8Array(length)
    flags.set(this.flags)
    this.flags = flags
    this.lines = grown(this.lines, length)
    this.slugs = grown(this.slugs, length)
    this.#low = grown(this.#low, length)
    this.#high = grown(this.#high, length)
  }
}

const DUPLICATE_BIT = bitOf('slug_duplicate')
const EXISTS_BIT = bitOf('slug_exists')

/** The figures of a file, from how many rows have each combination of flags. */
export function countsOf(kinds: Uint32Array, mode: OnDuplicate): ImportCounts {
  const actions = { create: 0, update: 0, unchanged: 0, skip: 0, error: 0 }
  let [all, warnings, duplicates] = [0, 0, 0]
  for (const [flags, rows] of kinds.entries()) {
    const action = actionOf(flags, mode)
    all += rows
    actions[action] += rows
    if (action !== 'error' && hasWarning(flags, mode)) warnings += rows
    if ((flags & (IN_FILE | STORED)) !== 0) duplicates += rows
  }
  const { create: creates, update: updates, unchanged, skip: skipped, error: errors } = actions
  return {
    rows: all,
    valid: all - errors,
    warnings,
    errors,
    creates,
    updates,
    unchanged,
    skipped,
    duplicates,
  }
}
