import type { AiEntry } from './dictionary.ts'
import {
  base64url,
  digitBits,
  lengthBits,
  letterEncodings,
  otherLengthBits,
  otherNibble,
  sequenceBytes,
  stretchesOf,
} from './link-bits.ts'
import { canonicalStem, type LinkParts } from './make-digital-link.ts'

/** A name and value of a link's query that are no GS1 data, as they stand there: `linkType=test`. */
type OtherParameter = string

/**
 * The shortest form of a Digital Link: all of it as bits in base64url behind the stem. Null where one of its values
 * has no such form. What is no GS1 data goes along, so that expanding gives the same link.
 */
export function compressDigitalLink(
  { path, query }: LinkParts,
  stem: string = canonicalStem,
  others: readonly OtherParameter[] = [],
): string | null {
  const left = [...path, ...query]
  const first = sequenceFor(left)
  const bits = new BitWriter()
  let isWritten = true
  if (first) bits.write(first.byte, 8)
  for (const ai of first?.ais ?? []) {
    const [part] = left.splice(
      left.findIndex((one) => one.ai === ai),
      1,
    )
    isWritten &&= part !== undefined && writeValue(bits, part.entry, part.value)
  }
  for (const { ai, entry, value } of left) {
    for (let at = 0; at < ai.length; at++) bits.write(ai.charCodeAt(at) - 48, 4)
    isWritten &&= writeValue(bits, entry, value)
  }
  for (const other of others) isWritten &&= writeOther(bits, other)
  return isWritten ? `${stem.replace(/\/+$/, '')}/${bits.end()}` : null
}

/** Bits from the left, six to a letter. */
class BitWriter {
  #word = ''
  #pending = 0
  #count = 0

  /** Up to 24 bits. */
  write(value: number, count: number): void {
    this.#pending = (this.#pending << count) | value
    this.#count += count
    while (this.#count >= 6) {
      this.#count -= 6
      this.#word += base64url[(this.#pending >> this.#count) & 63]
    }
    this.#pending &= 63
  }

  /** Digits as one number. */
  writeDigits(digits: string): void {
    // Numbers are exact up to here, and much faster.
    if (digits.length > 15) this.#writeLong(digits)
    else if (digits !== '') {
      const number = Number(digits)
      for (let left = digitBits(digits.length); left > 0;) {
        const count = left % 24 || 24
        left -= count
        this.write(Math.floor(number / 2 ** left) % 2 ** count, count)
      }
    }
  }

  #writeLong(digits: string): void {
    const bits = BigInt(digits).toString(2).padStart(digitBits(digits.length), '0')
    for (let at = 0; at < bits.length; at += 24) {
      const part = bits.slice(at, at + 24)
      this.write(Number.parseInt(part, 2), part.length)
    }
  }

  end(): string {
    if (this.#count > 0) this.write(0, 6 - this.#count)
    return this.#word
  }
}

/** The longest sequence with a byte of its own that begins with the link's key. */
function sequenceFor(parts: LinkParts['path']): { byte: number; ais: readonly string[] } | undefined {
  let best: { byte: number; ais: readonly string[] } | undefined
  for (const [byte, ais] of sequenceBytes) {
    if (ais[0] !== parts[0]?.ai || ais.length <= (best?.ais.length ?? 0)) continue
    if (ais.every((ai) => parts.some((part) => part.ai === ai))) best = { byte, ais }
  }
  return best
}

function writeValue(bits: BitWriter, entry: AiEntry, value: string): boolean {
  let at = 0
  for (const { isNumeric, length, max } of stretchesOf(entry) ?? []) {
    const part = value.slice(at, at + max)
    if (!isNumeric) {
      if (!writeLetters(bits, part, lengthBits(max))) return false
    } else {
      if (length !== undefined && part.length !== length) return false
      if (length === undefined) bits.write(part.length, lengthBits(max))
      bits.writeDigits(part)
    }
    at += part.length
  }
  return at === value.length
}

function writeLetters(bits: BitWriter, text: string, forLength: number): boolean {
  if (text.length >= 2 ** forLength) return false
  if (/^\d*$/.test(text)) {
    bits.write(0, 3)
    bits.write(text.length, forLength)
    bits.writeDigits(text)
    return true
  }
  const encoding = letterEncodings.findIndex(({ pattern }) => pattern.test(text))
  const letters = letterEncodings[encoding]
  if (!letters) return false
  bits.write(encoding + 1, 3)
  bits.write(text.length, forLength)
  for (let at = 0; at < text.length; at++) {
    const code = letters.alphabet ? letters.alphabet.indexOf(text[at]!) : text.charCodeAt(at)
    bits.write(code, letters.bits)
  }
  return true
}

function writeOther(bits: BitWriter, parameter: OtherParameter): boolean {
  const equals = parameter.indexOf('=')
  const [name, value] = [parameter.slice(0, equals), parameter.slice(equals + 1)]
  if (equals < 1 || name.length >= 2 ** otherLengthBits || !/^[A-Za-z0-9_-]+$/.test(name)) return false
  bits.write(otherNibble, 4)
  bits.write(name.length, otherLengthBits)
  for (let at = 0; at < name.length; at++) bits.write(base64url.indexOf(name[at]!), 6)
  return writeLetters(bits, value, otherLengthBits)
}
