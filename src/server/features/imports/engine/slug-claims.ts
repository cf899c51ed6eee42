import { slugSkeleton } from '#contract/slugs.ts'
import type { ReservedSlug } from '#contract/reserved-slugs.ts'
import type { CellProbe } from './cell-probe.ts'
import { IN_FILE, type RowTable } from './row-table.ts'
import type { SlugTable } from './slug-table.ts'

/** Slugs taken into the table at once. */
const WAITING = 256
const RESERVED_MASK = 0xffff

/** `firstRow` of a slug that no row has any more. */
export const NO_ROW = 0xffffffff

/** Who has which slug: gives the slugs of a file to its rows, and finds doubles. */
export class SlugClaims {
  readonly #slugs: SlugTable
  readonly #rows: RowTable
  readonly #probe: CellProbe
  readonly #reserved = new Uint8Array(RESERVED_MASK + 1)
  readonly #reservedLooks = new Uint8Array(RESERVED_MASK + 1)
  readonly #scratch = Buffer.alloc(64)
  /** Good rows whose slugs are not in the table yet, by where these lie in the buffer. */
  #waiting = 0
  readonly #waitingStarts = new Int32Array(WAITING)
  readonly #waitingEnds = new Int32Array(WAITING)
  readonly #waitingRows = new Uint32Array(WAITING)
  readonly #waitingHashes = new Uint32Array(WAITING)
  readonly #waitingLooks = new Uint32Array(WAITING)

  constructor(slugs: SlugTable, rows: RowTable, probe: CellProbe, reserved: readonly ReservedSlug[]) {
    this.#slugs = slugs
    this.#rows = rows
    this.#probe = probe
    this.#markReserved(reserved)
  }

  /** Notes the good slug probed last for `flush`; `bytes` must not move until then. */
  wait(bytes: Uint8Array, start: number, end: number, row: number): void {
    const at = this.#waiting++
    this.#waitingStarts[at] = start
    this.#waitingEnds[at] = end
    this.#waitingRows[at] = row
    this.#waitingHashes[at] = this.#probe.hash
    this.#waitingLooks[at] = this.#probe.look
    if (this.#waiting === WAITING) this.flush(bytes)
  }

  /** Gives the slugs of the good rows since the last time to their rows, in order. */
  flush(buffer: Uint8Array): void {
    this.#slugs.warm(this.#waitingHashes, this.#waitingLooks, this.#waiting)
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
    const slugs = this.#slugs
    const rows = this.#rows
    let entry = slugs.find(bytes, start, end, this.#probe.hash)
    if (entry === -1) {
      entry = slugs.add(bytes, start, end, this.#probe.hash, this.#probe.look, row)
      if (slugs.lookalike !== -1) rows.addCode(row, 'slug_lookalike')
    } else if (slugs.firstRow[entry] === NO_ROW) slugs.firstRow[entry] = row
    else rows.flags[row] = rows.flags[row]! | IN_FILE
    rows.slugs[row] = entry + 1
  }

  /** Gives a canonical slug to a row at once. */
  claim(slug: string, row: number): void {
    this.#hashText(slug)
    this.#claim(this.#scratch, 0, slug.length, row)
  }

  /**
   * Whether the slug probed last may be reserved or look like a reserved one; false only when it is certain.
   */
  maybeReserved(): boolean {
    const { hash, look } = this.#probe
    return this.#reserved[hash & RESERVED_MASK] === 1 || this.#reservedLooks[look & RESERVED_MASK] === 1
  }

  /** Entry of a canonical slug, made when it is new; its first row is left to the caller then. */
  enter(slug: string): number {
    if (!this.#hashText(slug)) throw new Error(`not a slug: ${slug}`)
    const found = this.#slugs.find(this.#scratch, 0, slug.length, this.#probe.hash)
    return found === -1
      ? this.#slugs.add(this.#scratch, 0, slug.length, this.#probe.hash, this.#probe.look, NO_ROW)
      : found
  }

  /**
   * Entries of those of the slugs (bytes with line feeds between) that are in the file, appended to `found`.
   */
  entriesOf(bytes: Uint8Array, found: number[]): void {
    const slugs = this.#slugs
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
    const entry = this.#slugs.find(this.#scratch, 0, slug.length, this.#probe.hash)
    return entry !== -1 && this.#slugs.firstRow[entry] !== NO_ROW
  }

  #markReserved(entries: readonly ReservedSlug[]): void {
    for (const { slug } of entries) {
      const look = slugSkeleton(slug)
      if (slug.length <= 64 && this.#hashText(slug)) this.#reserved[this.#probe.hash & RESERVED_MASK] = 1
      if (look !== '' && look.length <= 64 && this.#hashText(look))
        this.#reservedLooks[this.#probe.look & RESERVED_MASK] = 1
    }
  }
}
