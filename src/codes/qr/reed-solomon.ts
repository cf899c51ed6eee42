/** Powers and logarithms of GF(2^8) under x^8 + x^4 + x^3 + x^2 + 1, as ISO/IEC 18004 uses it. */
const { powers, logs } = field()

function field(): { powers: Uint8Array; logs: Uint8Array } {
  const table = { powers: new Uint8Array(512), logs: new Uint8Array(256) }
  for (let index = 0, value = 1; index < 255; index++) {
    table.powers[index] = table.powers[index + 255] = value
    table.logs[value] = index
    value = (value << 1) ^ (value > 127 ? 0x11d : 0)
  }
  return table
}

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : powers[logs[a]! + logs[b]!]!
}

/** Error correction of one length: the generator's multiple by each factor, four codewords to a word. */
export interface Corrector {
  length: number
  words: number
  /** 256 rows of `words`. */
  multiples: Int32Array
}

export function makeCorrector(length: number): Corrector {
  let generator = [1]
  for (let degree = 0; degree < length; degree++) {
    const root = powers[degree]!
    generator = [...generator, 0].map((value, index) => value ^ times(generator[index - 1] ?? 0, root))
  }
  const words = Math.ceil(length / 4)
  const multiples = new Int32Array(256 * words)
  for (let factor = 0; factor < 256; factor++) {
    for (let place = 0; place < length; place++) {
      const value = times(generator[place + 1]!, factor)
      multiples[factor * words + (place >> 2)]! |= value << (24 - 8 * (place & 3))
    }
  }
  return { length, words, multiples }
}

/** Writes the remainder of `data[from…to)` to `out` at `at`, `step` apart: blocks are interleaved. */
export function correct(
  { length, words, multiples }: Corrector,
  data: Uint8Array,
  from: number,
  to: number,
  out: Uint8Array,
  at: number,
  step: number,
): void {
  const rest = new Int32Array(words + 1)
  for (let index = from; index < to; index++) {
    const row = (data[index]! ^ (rest[0]! >>> 24)) * words
    for (let word = 0; word < words; word++) {
      rest[word] = ((rest[word]! << 8) | (rest[word + 1]! >>> 24)) ^ multiples[row + word]!
    }
  }
  for (let place = 0; place < length; place++) {
    out[at + place * step] = rest[place >> 2]! >>> (24 - 8 * (place & 3))
  }
}
