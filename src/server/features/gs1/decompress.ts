import {
  base64url,
  digitBits,
  lengthBits,
  letterEncodings,
  otherLengthBits,
  otherNibble,
  sequenceBytes,
  stretchesOf,
  type Stretch,
} from './link-bits.ts'
import { bestSequence } from './make-digital-link.ts'
import { lookUp, type ReadContext } from './reading.ts'

/** Not what was written: the word is no compressed link. */
class NotCompressed extends Error {}

class BitReader {
  readonly #bits: string
  #at = 0

  constructor(word: string) {
    this.#bits = Array.from(word, (letter) => base64url.indexOf(letter).toString(2).padStart(6, '0')).join('')
  }

  get left(): number {
    return this.#bits.length - this.#at
  }

  /** What is left is padding alone. */
  get isDone(): boolean {
    return this.left < 8 && !this.#bits.slice(this.#at).includes('1')
  }

  peek(bits: number): number {
    return Number.parseInt(this.#bits.slice(this.#at, this.#at + bits).padEnd(bits, '0'), 2)
  }

  takeText(bits: number): string {
    if (this.left < bits) throw new NotCompressed('It ends in the middle.')
    const text = this.#bits.slice(this.#at, this.#at + bits)
    this.#at += bits
    return text
  }

  take(bits: number): number {
    return bits === 0 ? 0 : Number.parseInt(this.takeText(bits), 2)
  }

  takeDigits(count: number): string {
    if (count === 0) return ''
    const digits = BigInt(`0b${this.takeText(digitBits(count))}`).toString()
    if (digits.length > count) throw new NotCompressed('A number is too large.')
    return digits.padStart(count, '0')
  }
}

interface Part {
  ai: string
  value: string
}

/** What a compressed link says, as it would stand written out. */
export interface Unpacked {
  path: Part[]
  attributes: Part[]
  /** How many steps of the path it took. */
  steps: number
}

/**
 * The identifiers of a path whose last step is a compressed link, perhaps after a key and value written out;
 * undefined where it is none.
 */
export function decompressPath(segments: readonly string[], context: ReadContext): Unpacked | undefined {
  const word = segments.at(-1) ?? ''
  if (word.length < 6 || word.length > 2_000 || !/^[A-Za-z0-9_-]+$/.test(word)) return undefined
  const [ai = '', value = ''] = segments.slice(-3, -1)
  const before = lookUp(context, ai)?.keyQualifiers ? [{ ai, value }] : []
  try {
    const all = [...before, ...readWord(new BitReader(word), context)]
    return writtenOut(all, before.length * 2 + 1, context)
  } catch (error) {
    if (error instanceof NotCompressed) return undefined
    throw error
  }
}

function readWord(reader: BitReader, context: ReadContext): Part[] {
  const found: Part[] = []
  while (!reader.isDone) {
    if (reader.peek(4) === otherNibble) {
      skipOther(reader)
      continue
    }
    const sequence = sequenceBytes.get(reader.peek(8))
    const ais = sequence ?? [readAi(reader, context)]
    if (sequence) reader.take(8)
    for (const ai of ais) found.push({ ai, value: readValue(reader, ai, context) })
  }
  return found
}

function readAi(reader: BitReader, context: ReadContext): string {
  let ai = ''
  while (ai.length < 4) {
    const digit = reader.take(4)
    if (digit > 9) throw new NotCompressed('No identifier begins so.')
    ai += String(digit)
    if (lookUp(context, ai)) return ai
  }
  throw new NotCompressed('There is no such identifier.')
}

function readValue(reader: BitReader, ai: string, context: ReadContext): string {
  const entry = lookUp(context, ai)
  const stretches = entry && stretchesOf(entry)
  if (!stretches) throw new NotCompressed('This identifier has no short form.')
  return stretches.map((stretch) => readStretch(reader, stretch)).join('')
}

function readStretch(reader: BitReader, { isNumeric, length, max }: Stretch): string {
  if (isNumeric) return reader.takeDigits(length ?? reader.take(lengthBits(max)))
  return readLetters(reader, lengthBits(max))
}

function readLetters(reader: BitReader, forLength: number): string {
  const encoding = reader.take(3)
  const count = reader.take(forLength)
  if (encoding === 0) return reader.takeDigits(count)
  const letters = letterEncodings[encoding - 1]
  if (!letters) throw new NotCompressed('There is no such encoding.')
  const { bits, alphabet } = letters
  return Array.from({ length: count }, () => {
    const code = reader.take(bits)
    return alphabet ? alphabet[code] : String.fromCharCode(code)
  }).join('')
}

function skipOther(reader: BitReader): void {
  reader.take(4)
  const length = reader.take(otherLengthBits)
  for (let letter = 0; letter < length; letter++) reader.take(6)
  readLetters(reader, otherLengthBits)
}

/** Key, then qualifiers in their order; what stays is an attribute. */
function writtenOut(all: readonly Part[], steps: number, context: ReadContext): Unpacked | undefined {
  const [key] = all
  const sequences = key && lookUp(context, key.ai)?.keyQualifiers
  if (!key || !sequences) return undefined
  // Of several sequences, those that leave nothing which must stand in the path.
  const fitting = sequences.filter((sequence) =>
    all.every(({ ai }) => ai === key.ai || sequence.includes(ai) || lookUp(context, ai)?.isAttribute),
  )
  const present = new Set(all.map(({ ai }) => ai))
  const order = [key.ai, ...bestSequence(fitting.length > 0 ? fitting : sequences, present)]
  const path = all.filter(({ ai }) => order.includes(ai))
  return {
    path: path.toSorted((a, b) => order.indexOf(a.ai) - order.indexOf(b.ai)),
    attributes: all.filter(({ ai }) => !order.includes(ai)),
    steps,
  }
}
