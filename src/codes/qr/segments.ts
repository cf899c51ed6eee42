/** Numeric, alphanumeric and byte mode, in the order of the arrays below. ISO/IEC 18004:2015, 7.4. */
const indicators = [0b0001, 0b0010, 0b0100]
/** Bits of the character count, by mode, for versions 1–9, 10–26 and 27–40. */
const countBits = [
  [10, 12, 14],
  [9, 11, 13],
  [8, 16, 16],
]
const alphanumerics = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** What a code says, cut where the fewest bits come out, for one of the three groups of versions. */
export interface QrSegments {
  /** The text as UTF-8; lone surrogates became U+FFFD, since no reader could give them back. */
  bytes: Uint8Array
  /** Mode of each byte; undefined where all are in byte mode. */
  modes: Uint8Array | undefined
  /** ECI 26 says UTF-8. It goes before anything that is not ASCII, and never before ASCII: readers print it. */
  hasEci: boolean
  /** Bits of all segments with their heads. */
  bits: number
}

export function groupOf(version: number): 0 | 1 | 2 {
  return version < 10 ? 0 : version < 27 ? 1 : 2
}

const never = 0x3fff_ffff
/** Cost of beginning a segment, by group and mode, in sixths of a bit, so that 10/3 a digit and 11/2 a letter are whole. */
const headsOf = ([0, 1, 2] as const).map((group) => countBits.map((bits) => (4 + bits[group]!) * 6))
/** Value of each byte in alphanumeric mode; a digit's is its own. */
const values = Uint8Array.from({ length: 256 }, (_, byte) => {
  return Math.max(0, alphanumerics.indexOf(String.fromCharCode(byte)))
})
const classes = classify()

/** 0 digit, 1 other alphanumeric, 2 byte. */
function classify(): Uint8Array {
  const table = new Uint8Array(256).fill(2)
  for (const letter of alphanumerics) table[letter.charCodeAt(0)] = letter >= '0' && letter <= '9' ? 0 : 1
  return table
}

export function utf8Of(text: string): Uint8Array {
  const length = text.length
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code > 127) return new TextEncoder().encode(text)
    bytes[index] = code
  }
  return bytes
}

/**
 * Cuts bytes into segments by the cheapest way through them: a running cost for each mode that a byte may be in, and
 * for each the mode that the byte before was in.
 */
export function segmentsOf(bytes: Uint8Array, group: 0 | 1 | 2): QrSegments {
  if (isPlain(bytes)) return plainSegment(bytes, group)
  const length = bytes.length
  const [headDigits = 0, headLetters = 0, headBytes = 0] = headsOf[group]!
  const from = new Uint8Array(length * 3)
  let digits = headDigits
  let letters = headLetters
  let others = headBytes
  let last: readonly number[] = [0, 0, 0]
  for (let index = 0, at = 0; index < length; index++, at += 3) {
    const kind = classes[bytes[index]!]!
    digits = kind === 0 ? digits + 20 : never
    letters = kind < 2 ? letters + 33 : never
    others += 48
    if (index === length - 1) last = [digits, letters, others]
    const endDigits = wholeBits(digits)
    const endLetters = wholeBits(letters)
    const toDigits = Math.min(endLetters, others) + headDigits
    const toLetters = Math.min(endDigits, others) + headLetters
    const toOthers = Math.min(endDigits, endLetters) + headBytes
    from[at] = digits <= toDigits ? 0 : endLetters < others ? 1 : 2
    from[at + 1] = letters <= toLetters ? 1 : endDigits < others ? 0 : 2
    from[at + 2] = others <= toOthers ? 2 : endDigits < endLetters ? 0 : 1
    digits = Math.min(digits, toDigits)
    letters = Math.min(letters, toLetters)
    others = Math.min(others, toOthers)
  }
  return traceBack(bytes, from, last)
}

/**
 * Whether bytes alone are surely the cheapest: no head pays for itself under six alphanumerics or four digits in a
 * row. Most web addresses are such.
 */
function isPlain(bytes: Uint8Array): boolean {
  let digits = 0
  let letters = 0
  let others = 0
  for (let index = 0; index < bytes.length; index++) {
    const kind = classes[bytes[index]!]!
    digits = kind === 0 ? digits + 1 : 0
    letters = kind === 2 ? 0 : letters + 1
    others |= kind
    if (digits === 4 || letters === 6) return false
  }
  return others > 1
}

function plainSegment(bytes: Uint8Array, group: 0 | 1 | 2): QrSegments {
  const hasEci = hasOther(bytes)
  const bits = 4 + countBits[2]![group]! + 8 * bytes.length + (hasEci ? 12 : 0)
  return { bytes, modes: undefined, hasEci, bits }
}

function hasOther(bytes: Uint8Array): boolean {
  let all = 0
  for (let index = 0; index < bytes.length; index++) all |= bytes[index]!
  return all > 127
}

/** Another segment begins on a bit of its own. */
function wholeBits(sixth: number): number {
  return (((sixth + 5) / 6) | 0) * 6
}

function traceBack(bytes: Uint8Array, from: Uint8Array, last: readonly number[]): QrSegments {
  const modes = new Uint8Array(bytes.length)
  let mode = last.indexOf(Math.min(...last))
  const hasEci = hasOther(bytes)
  const bits = Math.ceil(last[mode]! / 6) + (hasEci ? 12 : 0)
  for (let index = bytes.length - 1; index >= 0; index--) {
    modes[index] = mode
    mode = index === 0 ? 0 : from[(index - 1) * 3 + mode]!
  }
  return { bytes, modes, hasEci, bits }
}

/** Writes the segments, most significant bit first, into codewords that are all zero. Gives back the bits. */
export function writeSegments(
  { bytes, modes, hasEci }: QrSegments,
  group: 0 | 1 | 2,
  out: Uint8Array,
): number {
  let at = hasEci ? put(out, 0, (0b0111 << 8) | 26, 12) : 0
  for (let start = 0; start < bytes.length;) {
    const mode = modes?.[start] ?? 2
    let end = modes ? start + 1 : bytes.length
    while (modes?.[end] === mode) end++
    at = put(out, at, indicators[mode]!, 4)
    at = put(out, at, end - start, countBits[mode]![group]!)
    at = putLetters(out, at, bytes, mode, start, end)
    start = end
  }
  return at
}

function put(out: Uint8Array, at: number, value: number, bits: number): number {
  const byte = at >> 3
  // At most 16 bits, which lie within three bytes.
  const placed = value << (24 - bits - (at & 7))
  out[byte]! |= placed >>> 16
  out[byte + 1]! |= placed >>> 8
  out[byte + 2]! |= placed
  return at + bits
}

function putLetters(
  out: Uint8Array,
  from: number,
  bytes: Uint8Array,
  mode: number,
  start: number,
  end: number,
): number {
  let at = from
  if (mode === 2) {
    const shift = at & 7
    for (let index = start, byte = at >> 3; index < end; index++, byte++) {
      out[byte]! |= bytes[index]! >>> shift
      out[byte + 1]! |= bytes[index]! << (8 - shift)
    }
    return at + 8 * (end - start)
  }
  const width = mode === 0 ? 3 : 2
  const base = mode === 0 ? 10 : 45
  for (let index = start; index < end; index += width) {
    const stop = Math.min(index + width, end)
    let value = 0
    for (let letter = index; letter < stop; letter++) value = value * base + values[bytes[letter]!]!
    at = put(out, at, value, mode === 0 ? [0, 4, 7, 10][stop - index]! : [0, 6, 11][stop - index]!)
  }
  return at
}
