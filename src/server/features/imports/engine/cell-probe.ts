import { pathBytes, plainDestinationEnd } from './fast-cells.ts'
import { mixHash, slugClass } from './slug-table.ts'

const HASH_STEP = 0x01000193

/**
 * Judges the slug and the destination while the scanner looks for their ends, so that these bytes are walked
 * over once. "Not good" only means that nobody has looked closely yet.
 */
export class CellProbe {
  readonly slugColumn: number
  readonly destinationColumn: number
  slugGood = false
  destinationGood = false
  /** Of the slug hashed last: by its letters, and by its look. */
  hash = 0
  look = 0
  readonly #seed: number
  readonly #path: Uint8Array
  readonly #own: Uint8Array

  constructor(
    slugColumn: number,
    destinationColumn: number,
    delimiter: string,
    own: Uint8Array,
    seed: number,
  ) {
    this.slugColumn = slugColumn
    this.destinationColumn = destinationColumn
    this.#path = pathBytes(delimiter)
    this.#own = own
    this.#seed = seed
  }

  /** Where a destination that is certainly good ends, -1 for any other. */
  destinationEnd(bytes: Uint8Array, start: number, end: number): number {
    return plainDestinationEnd(bytes, start, end, this.#path, this.#own)
  }

  /** Where a valid slug ends, -1 when there is none; leaves its hashes. */
  slugEnd(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.#seed
    let look = this.#seed
    let i = start
    for (; i < end; i++) {
      const byte = bytes[i]!
      const shape = slugClass[byte]!
      if (shape === 255) break
      hash = Math.imul(hash ^ byte, HASH_STEP)
      if (shape !== 0) look = Math.imul(look ^ shape, HASH_STEP)
    }
    if (i === start || i - start > 64 || bytes[start] === 0x2d || bytes[i - 1] === 0x2d) return -1
    this.hash = mixHash(hash)
    this.look = mixHash(look)
    return i
  }
}
