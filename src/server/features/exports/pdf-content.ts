import type { QrCode } from '#codes/qr/encode-qr.ts'

/** Operators as bytes, in one buffer that grows. */
export class PdfContent {
  #bytes = Buffer.allocUnsafe(1 << 18)
  #length = 0
  #colour = ''

  text(text: string): void {
    this.#reserve(text.length)
    this.#length += this.#bytes.write(text, this.#length, 'latin1')
  }

  fill(colour: string): void {
    if (colour === this.#colour) return
    this.#colour = colour
    this.text(`${colourOf(colour)} rg\n`)
  }

  /** A rectangle for each run of dark modules in a row. */
  modules({ size, stride, rows }: QrCode): void {
    this.#reserve(size * size * 8)
    const bytes = this.#bytes
    let at = this.#length
    for (let y = 0; y < size; y++) {
      const start = y * stride
      for (let x = nextOf(rows, start, 0, size, 0); x < size; x = nextOf(rows, start, x, size, 0)) {
        const from = x
        x = nextOf(rows, start, x, size, -1)
        at = putNumber(bytes, from, at)
        at = putNumber(bytes, y, at)
        at = putNumber(bytes, x - from, at)
        // `1 re` and the end of the line: most of a page is these.
        bytes[at] = 0x31
        bytes[at + 1] = 0x20
        bytes[at + 2] = 0x72
        bytes[at + 3] = 0x65
        bytes[at + 4] = 0x0a
        at += 5
      }
    }
    this.#length = at
  }

  take(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.#bytes.length + more))
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

/** A length as the operators have it: four places, a ten-thousandth of a millimetre. */
export function mm(value: number): string {
  return String(Math.round(value * 1e4) / 1e4)
}

/** `#rrggbb` as three shares. */
export function colourOf(colour: string): string {
  return [1, 3, 5].map((at) => +(parseInt(colour.slice(at, at + 2), 16) / 255).toFixed(4)).join(' ')
}

/** The next module from x on that is dark (`flip` 0) or light (`flip` -1); the row's length where there is none. */
function nextOf(rows: Int32Array, start: number, x: number, size: number, flip: number): number {
  for (let at = x; at < size; at = (at | 31) + 1) {
    const word = (rows[start + (at >> 5)]! ^ flip) >>> (at & 31)
    if (word !== 0) return Math.min(size, at + 31 - Math.clz32(word & -word))
  }
  return size
}

/** A number below a thousand and a space; digit by digit, which is faster than any call that copies. */
function putNumber(into: Buffer, value: number, at: number): number {
  if (value >= 100) into[at++] = 0x30 + ((value / 100) | 0)
  if (value >= 10) into[at++] = 0x30 + (((value / 10) | 0) % 10)
  into[at++] = 0x30 + (value % 10)
  into[at++] = 0x20
  return at
}
