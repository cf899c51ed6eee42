const PAGE_BITS = 20
const PAGE_SIZE = 1 << PAGE_BITS
const QUOTE = 0x22
const COMMA = 0x2c
/**
 * A slot holds the entry and, above it, bits of the hash, so that a wrong slot is passed without a look
 * elsewhere.
 */
const ENTRY_BITS = 23
const ENTRY_MASK = (1 << ENTRY_BITS) - 1
const LOAD = 0.7
/** Slugs that a table can hold. */
const MAX_SLUGS = ENTRY_MASK - 1

/** `0`→`o`, `1` and `i`→`l`, a hyphen→0 (left out), other slug characters as they are; 255 for the rest. */
export const slugClass: Uint8Array = makeSlugClass()

function makeSlugClass(): Uint8Array {
  const table = new Uint8Array(256).fill(255)
  for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789') {
    table[character.charCodeAt(0)] = character.charCodeAt(0)
  }
  table[0x30] = 0x6f
  table[0x31] = 0x6c
  table[0x69] = 0x6c
  table[0x2d] = 0
  return table
}

export function mixHash(hash: number): number {
  let h = hash
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/**
 * Every slug of a file once, in order of appearance, with the row that has it first, and by look as well as
 * by letters. Hashes only find candidates; bytes are compared, so the answers are exact. Slugs lie in pages
 * of bytes as `"slug",`: a run of them is the inside of a JSON array that needs no building.
 */
export class SlugTable {
  size = 0
  /** By entry: the first row with the slug. */
  firstRow: Uint32Array
  /** Set by `add` to the entry that looks like the new one, else -1. */
  lookalike = -1
  readonly #pages: Buffer[] = []
  #pageUsed = PAGE_SIZE
  #slots: Uint32Array
  #looks: Uint32Array
  #hashes: Uint32Array
  #lookHashes: Uint32Array
  #offsets: Uint32Array

  constructor(expected: number) {
    const slots =
      1 << Math.max(10, 32 - Math.clz32(Math.ceil(Math.max(1, Math.min(expected, MAX_SLUGS)) / LOAD) - 1))
    const room = Math.floor(slots * LOAD)
    this.#slots = new Uint32Array(slots)
    this.#looks = new Uint32Array(slots)
    this.#hashes = new Uint32Array(room)
    this.#lookHashes = new Uint32Array(room)
    this.#offsets = new Uint32Array(room)
    this.firstRow = new Uint32Array(room)
  }

  /**
   * Touches the slots of many slugs at once, so that memory is waited for once and not slug by slug; half of
   * the time of a scan goes there else. The sum means nothing.
   */
  warm(hashes: Uint32Array, looks: Uint32Array | null, count: number): number {
    const slots = this.#slots
    const others = this.#looks
    const mask = slots.length - 1
    let sum = 0
    for (let k = 0; k < count; k++) sum += slots[hashes[k]! & mask]!
    if (looks !== null) for (let k = 0; k < count; k++) sum += others[looks[k]! & mask]!
    return sum
  }

  /** Entry of a slug, or -1. Hash as `CellProbe` gives it. */
  find(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const value = slots[slot]!
      if (value === 0) return -1
      if (value >>> ENTRY_BITS !== hash >>> ENTRY_BITS) continue
      const entry = (value & ENTRY_MASK) - 1
      if (this.#hashes[entry] === hash && this.#equals(entry, bytes, start, end)) return entry
    }
  }

  /** Adds a slug that `find` did not find; returns its entry. */
  add(bytes: Uint8Array, start: number, end: number, hash: number, lookHash: number, row: number): number {
    if (this.size === this.#hashes.length) this.#grow()
    const entry = this.size++
    this.#offsets[entry] = this.#store(bytes, start, end)
    this.#hashes[entry] = hash
    this.#lookHashes[entry] = lookHash
    this.firstRow[entry] = row
    const mask = this.#slots.length - 1
    let slot = hash & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = slotValue(entry, hash)
    this.lookalike = this.#addLook(entry, lookHash)
    return entry
  }

  /** Entry of another slug that looks like this one, or -1. */
  lookalikeOf(entry: number): number {
    const found = this.#findLook(this.#lookHashes[entry]!, entry)
    return found === entry ? -1 : found
  }

  text(entry: number): string {
    const offset = this.#offsets[entry]!
    const page = this.#pages[offset >>> PAGE_BITS]!
    const start = offset & (PAGE_SIZE - 1)
    return page.toString('latin1', start, page.indexOf(QUOTE, start))
  }

  /** Entries from `entry` on as a JSON array of strings; `end` is the first entry that is not in it. */
  json(entry: number, limit: number): { json: string; end: number } {
    const first = this.#offsets[entry]!
    const page = first >>> PAGE_BITS
    let end = Math.min(entry + limit, this.size)
    while (this.#offsets[end - 1]! >>> PAGE_BITS !== page) end--
    const lastStart = this.#offsets[end - 1]! & (PAGE_SIZE - 1)
    const buffer = this.#pages[page]!
    const stop = buffer.indexOf(QUOTE, lastStart) + 1
    return { json: `[${buffer.toString('latin1', (first & (PAGE_SIZE - 1)) - 1, stop)}]`, end }
  }

  #equals(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const offset = this.#offsets[entry]!
    const page = this.#pages[offset >>> PAGE_BITS]!
    let at = offset & (PAGE_SIZE - 1)
    for (let i = start; i < end; i++, at++) if (page[at] !== bytes[i]) return false
    return page[at] === QUOTE
  }

  #store(bytes: Uint8Array, start: number, end: number): number {
    if (this.#pageUsed + (end - start) + 3 > PAGE_SIZE) {
      this.#pages.push(Buffer.allocUnsafe(PAGE_SIZE))
      this.#pageUsed = 0
    }
    const number = this.#pages.length - 1
    const page = this.#pages[number]!
    let at = this.#pageUsed
    page[at++] = QUOTE
    const offset = number * PAGE_SIZE + at
    for (let i = start; i < end; i++) page[at++] = bytes[i]!
    page[at++] = QUOTE
    page[at++] = COMMA
    this.#pageUsed = at
    return offset
  }

  #addLook(entry: number, hash: number): number {
    const found = this.#findLook(hash, entry)
    if (found !== -1) return found
    const mask = this.#looks.length - 1
    let slot = hash & mask
    while (this.#looks[slot] !== 0) slot = (slot + 1) & mask
    this.#looks[slot] = slotValue(entry, hash)
    return -1
  }

  #findLook(hash: number, like: number): number {
    const looks = this.#looks
    const mask = looks.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const value = looks[slot]!
      if (value === 0) return -1
      if (value >>> ENTRY_BITS !== hash >>> ENTRY_BITS) continue
      const entry = (value & ENTRY_MASK) - 1
      if (this.#lookHashes[entry] === hash && this.#looksLike(entry, like)) return entry
    }
  }

  #looksLike(a: number, b: number): boolean {
    const [one, two] = [this.text(a), this.text(b)]
    return skeletonBytes(one) === skeletonBytes(two)
  }

  #grow(): void {
    const entries = Math.floor(this.#slots.length * 2 * LOAD)
    this.#hashes = grown(this.#hashes, entries)
    this.#lookHashes = grown(this.#lookHashes, entries)
    this.#offsets = grown(this.#offsets, entries)
    this.firstRow = grown(this.firstRow, entries)
    this.#slots = rehash(this.#slots, this.#hashes)
    this.#looks = rehash(this.#looks, this.#lookHashes)
  }
}

function skeletonBytes(slug: string): string {
  return slug.replace(/[01i-]/g, (c) => String.fromCharCode(slugClass[c.charCodeAt(0)]!)).replaceAll('\0', '')
}

function slotValue(entry: number, hash: number): number {
  return ((entry + 1) | ((hash >>> ENTRY_BITS) << ENTRY_BITS)) >>> 0
}

function rehash(old: Uint32Array, hashes: Uint32Array): Uint32Array {
  const slots = new Uint32Array(old.length * 2)
  const mask = slots.length - 1
  for (const value of old) {
    if (value === 0) continue
    let slot = hashes[(value & ENTRY_MASK) - 1]! & mask
    while (slots[slot] !== 0) slot = (slot + 1) & mask
    slots[slot] = value
  }
  return slots
}

export function grown(old: Uint32Array, length: number): Uint32Array {
  const next = new Uint32Array(length)
  next.set(old)
  return next
}
