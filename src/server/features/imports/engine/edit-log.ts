const CLEARED = 0xffffffff

export interface Edit {
  /** 1-based number of the row. */
  row: number
  column: number
  /** Null takes the edit back. */
  value: string | null
}

/**
 * Changed cells, kept apart from the file: an append-only log of bytes with the last place of every row. A
 * million edits take about a hundred megabytes less than as objects.
 */
export class EditLog {
  #bytes = Buffer.alloc(4096)
  #used = 4
  /** Row index → where its latest record starts. */
  readonly #heads = new Map<number, number>()

  get isEmpty(): boolean {
    return this.#heads.size === 0
  }

  has(row: number): boolean {
    return this.#heads.has(row)
  }

  /** Indexes of edited rows. */
  rows(): Iterable<number> {
    return this.#heads.keys()
  }

  /** Where the log ends now; see `since`. */
  get cursor(): number {
    return this.#used
  }

  set(row: number, column: number, value: string | null): void {
    const length = value === null ? 0 : Buffer.byteLength(value)
    this.#reserve(16 + length)
    const at = this.#used
    this.#bytes.writeUInt32LE(this.#heads.get(row) ?? 0, at)
    this.#bytes.writeUInt32LE(row, at + 4)
    this.#bytes.writeUInt32LE(column, at + 8)
    this.#bytes.writeUInt32LE(value === null ? CLEARED : length, at + 12)
    if (value !== null) this.#bytes.write(value, at + 16)
    this.#used += 16 + length
    this.#heads.set(row, at)
  }

  /** The edits in force on a row, by column. */
  of(row: number): Map<number, string> {
    const cells = new Map<number, string | null>()
    for (let at = this.#heads.get(row) ?? 0; at !== 0; at = this.#bytes.readUInt32LE(at)) {
      const { column, value } = this.#read(at)
      if (!cells.has(column)) cells.set(column, value)
    }
    return new Map([...cells].filter((entry): entry is [number, string] => entry[1] !== null))
  }

  /**
   * Edits in the order they were made from a cursor on (4 is the beginning), so that a caller can keep them.
   */
  since(cursor: number, limit: number): { edits: Edit[]; cursor: number } {
    const edits: Edit[] = []
    let at = cursor
    while (at < this.#used && edits.length < limit) {
      const { row, column, value, next } = this.#read(at)
      edits.push({ row: row + 1, column, value })
      at = next
    }
    return { edits, cursor: at }
  }

  #read(at: number): { row: number; column: number; value: string | null; next: number } {
    const length = this.#bytes.readUInt32LE(at + 12)
    const row = this.#bytes.readUInt32LE(at + 4)
    const column = this.#bytes.readUInt32LE(at + 8)
    if (length === CLEARED) return { row, column, value: null, next: at + 16 }
    return {
      row,
      column,
      value: this.#bytes.toString('utf8', at + 16, at + 16 + length),
      next: at + 16 + length,
    }
  }

  #reserve(bytes: number): void {
    if (this.#used + bytes <= this.#bytes.length) return
    const next = Buffer.alloc(Math.max(this.#bytes.length * 2, this.#used + bytes))
    this.#bytes.copy(next, 0, 0, this.#used)
    this.#bytes = next
  }
}
