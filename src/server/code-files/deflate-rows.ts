/** Length codes of RFC 1951, 3.2.5: the shortest length of each and its extra bits. */
const lengthBase: number[] = []
const lengthExtra: number[] = []
const distanceBase: number[] = []
const distanceExtra: number[] = []
for (let code = 0, base = 3; code < 28; code++) {
  const extra = code < 8 ? 0 : (code >> 2) - 1
  lengthBase.push(base)
  lengthExtra.push(extra)
  base += 1 << extra
}
lengthBase.push(258)
lengthExtra.push(0)
for (let code = 0, base = 1; code < 30; code++) {
  const extra = code < 4 ? 0 : (code >> 1) - 1
  distanceBase.push(base)
  distanceExtra.push(extra)
  base += 1 << extra
}

function reversed(value: number, bits: number): number {
  let out = 0
  for (let bit = 0; bit < bits; bit++) out |= ((value >> bit) & 1) << (bits - 1 - bit)
  return out
}

/** The fixed code of every symbol, turned round as it is written, with its length in bits above. */
const literals = Int32Array.from({ length: 288 }, (_, symbol) => {
  const [code, bits] =
    symbol < 144
      ? [0x30 + symbol, 8]
      : symbol < 256
        ? [0x190 + symbol - 144, 9]
        : symbol < 280
          ? [symbol - 256, 7]
          : [0xc0 + symbol - 280, 8]
  return reversed(code, bits) | (bits << 16)
})
const distances = Int32Array.from({ length: 30 }, (_, symbol) => reversed(symbol, 5))
/** The symbol of a distance: what is the same for all copies of a picture is looked up once. */
function symbolOf(distance: number): number {
  return distanceBase.findLastIndex((base) => base <= distance)
}
const lengthSymbols = Uint8Array.from({ length: 259 }, (_, length) =>
  lengthBase.findLastIndex((base) => base <= Math.max(3, length)),
)

const modulus = 65_521
const longest = 258
const shortest = 3

/**
 * A zlib stream (RFC 1950 and 1951) of rows that come again and again, which is what a code's picture is: each row is
 * looked at once however often it stands there. Its output is the same everywhere.
 */
export class RowDeflater {
  #out: Buffer
  #at = 2
  #bits = 0
  #held = 0
  #low = 1
  #high = 0
  readonly #stride: number
  readonly #strideSymbol: number

  /** `rows`: how many different ones are to come, at most. */
  constructor(stride: number, rows: number) {
    this.#stride = stride
    this.#strideSymbol = symbolOf(stride)
    // A literal takes nine bits at the most; a copy some bytes more.
    this.#out = Buffer.allocUnsafe(64 + Math.ceil(rows * (stride * 1.2 + 32)))
    this.#out[0] = 0x78
    this.#out[1] = 0x01
    this.#put(0b011, 3)
  }

  /** A row and its `times - 1` copies. */
  add(row: Uint8Array, times: number): void {
    let [sum, weighted] = [0, 0]
    const { length } = row
    for (let at = 0; at < length;) {
      const byte = row[at]!
      let run = 1
      while (at + run < length && row[at + run] === byte) run++
      sum += byte * run
      // (length - at) + … over the run.
      weighted += byte * ((run * (2 * (length - at) - run + 1)) / 2)
      this.#symbol(byte)
      if (run > 1) this.#copy(run - 1, 1, 0, byte)
      at += run
    }
    for (let time = 0; time < times; time++) {
      this.#high = (this.#high + length * this.#low + weighted) % modulus
      this.#low = (this.#low + sum) % modulus
    }
    const copied = (times - 1) * length
    if (copied >= shortest) this.#copy(copied, this.#stride, this.#strideSymbol, 0)
    // Only of rows of a byte or two.
    else for (let at = 0; at < copied; at++) this.#symbol(row[at % length]!)
  }

  finish(): Buffer {
    this.#symbol(256)
    this.#put(0, 7)
    const end = this.#out.writeUInt32BE(this.#high * 65_536 + this.#low, this.#at)
    return this.#out.subarray(0, end)
  }

  /** Bytes as they stand `distance` before; what is too short for that is written out as `byte`. */
  #copy(length: number, distance: number, symbol: number, byte: number): void {
    let rest = length
    if (rest < shortest) {
      for (; rest > 0; rest--) this.#symbol(byte)
      return
    }
    while (rest > 0) {
      // What remains must not be too short to be copied.
      const step = rest > longest && rest < longest + shortest ? longest - shortest : Math.min(rest, longest)
      const code = lengthSymbols[step]!
      this.#symbol(257 + code)
      this.#put(step - lengthBase[code]!, lengthExtra[code]!)
      this.#put(distances[symbol]!, 5)
      this.#put(distance - distanceBase[symbol]!, distanceExtra[symbol]!)
      rest -= step
    }
  }

  #symbol(symbol: number): void {
    const code = literals[symbol]!
    this.#put(code & 0xffff, code >> 16)
  }

  #put(value: number, bits: number): void {
    this.#held |= value << this.#bits
    this.#bits += bits
    while (this.#bits >= 8) {
      if (this.#at + 8 > this.#out.length) this.#grow()
      this.#out[this.#at++] = this.#held & 255
      this.#held >>>= 8
      this.#bits -= 8
    }
  }

  #grow(): void {
    const larger = Buffer.allocUnsafe(this.#out.length * 2)
    this.#out.copy(larger, 0, 0, this.#at)
    this.#out = larger
  }
}
