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
  type Stretch,
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
  const first = sequenceFor(left.map(({ ai }) => ai))
  let bits = first ? toBits(first.byte, 8) : ''
  for (const ai of first?.ais ?? []) {
    const [part] = left.splice(
      left.findIndex((one) => one.ai === ai),
      1,
    )
    const value = part && valueBits(part.entry, part.value)
    if (value === undefined) return null
    bits += value
  }
  for (const { ai, entry, value } of left) {
    const written = valueBits(entry, value)
    if (written === undefined) return null
    bits += Array.from(ai, (digit) => toBits(Number(digit), 4)).join('') + written
  }
  for (const other of others) {
    const written = otherBits(other)
    if (written === undefined) return null
    bits += written
  }
  const padded = bits.padEnd(Math.ceil(bits.length / 6) * 6, '0')
  const word = (padded.match(/.{6}/g) ?? []).map((six) => base64url[Number.parseInt(six, 2)]).join('')
  return `${stem.replace(/\/+$/, '')}/${word}`
}

/** The longest sequence with a byte of its own that begins with the link's key. */
function sequenceFor(ais: readonly string[]): { byte: number; ais: readonly string[] } | undefined {
  let best: { byte: number; ais: readonly string[] } | undefined
  for (const [byte, sequence] of sequenceBytes) {
    const fits = sequence[0] === ais[0] && sequence.every((ai) => ais.includes(ai))
    if (fits && sequence.length > (best?.ais.length ?? 0)) best = { byte, ais: sequence }
  }
  return best
}

function toBits(number: number, count: number): string {
  return number.toString(2).padStart(count, '0')
}

function valueBits(entry: AiEntry, value: string): string | undefined {
  const stretches = stretchesOf(entry)
  if (!stretches) return undefined
  let bits = ''
  let at = 0
  for (const stretch of stretches) {
    const part = value.slice(at, at + stretch.max)
    const written = stretchBits(stretch, part)
    if (written === undefined) return undefined
    bits += written
    at += part.length
  }
  return at === value.length ? bits : undefined
}

function stretchBits({ isNumeric, length, max }: Stretch, part: string): string | undefined {
  if (!isNumeric) return letterBits(part, lengthBits(max))
  if (length !== undefined) return part.length === length ? numberBits(part) : undefined
  return toBits(part.length, lengthBits(max)) + numberBits(part)
}

function numberBits(digits: string): string {
  return digits === '' ? '' : BigInt(digits).toString(2).padStart(digitBits(digits.length), '0')
}

function letterBits(text: string, forLength: number): string | undefined {
  const length = toBits(text.length, forLength)
  if (length.length > forLength) return undefined
  if (/^\d*$/.test(text)) return `000${length}${numberBits(text)}`
  const encoding = letterEncodings.findIndex(({ pattern }) => pattern.test(text))
  const letters = letterEncodings[encoding]
  if (!letters) return undefined
  const { bits, alphabet } = letters
  const code = (letter: string): number => (alphabet ? alphabet.indexOf(letter) : letter.charCodeAt(0))
  return toBits(encoding + 1, 3) + length + Array.from(text, (letter) => toBits(code(letter), bits)).join('')
}

function otherBits(parameter: OtherParameter): string | undefined {
  const equals = parameter.indexOf('=')
  const [name, value] = [parameter.slice(0, equals), parameter.slice(equals + 1)]
  if (equals < 1 || name.length >= 2 ** otherLengthBits || !/^[A-Za-z0-9_-]+$/.test(name)) return undefined
  const letters = letterBits(value, otherLengthBits)
  if (letters === undefined) return undefined
  const named = Array.from(name, (letter) => toBits(base64url.indexOf(letter), 6)).join('')
  return toBits(otherNibble, 4) + toBits(name.length, otherLengthBits) + named + letters
}
