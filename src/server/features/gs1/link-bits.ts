import type { AiEntry } from './dictionary.ts'

/*
 * GS1 Digital Link URI compression: what compressing and expanding share. A sequence of identifiers that often go
 * together has a byte of its own; others are written digit by digit, four bits each.
 */

/** Bytes for sequences, as the standard assigns them. */
export const sequenceBytes: ReadonlyMap<number, readonly string[]> = new Map([
  [0x0a, ['01', '22']],
  [0x0b, ['01', '10']],
  [0x0c, ['01', '21']],
  [0x0d, ['01', '17']],
  [0x0e, ['01', '7003']],
  [0x0f, ['01', '30']],
  [0x1a, ['01', '10', '21', '17']],
  [0x1b, ['01', '15']],
  [0x1c, ['01', '11']],
  [0x1d, ['01', '16']],
  [0x1e, ['01', '91']],
  [0x1f, ['01', '10', '15']],
  ...family(0x2a, '310', 6),
  ...family(0x3a, '320', 6),
  [0x9a, ['8010', '8011']],
  [0x9b, ['8017', '8019']],
  [0x9c, ['8018', '8019']],
  [0x9d, ['414', '254']],
  ...family(0xa0, '392', 10),
])

function family(first: number, prefix: string, count: number): [number, readonly string[]][] {
  return Array.from({ length: count }, (_, step) => [first + step, ['01', `${prefix}${step}`]])
}

/** A stretch of a value: digits or letters, of one length or up to one. */
export interface Stretch {
  isNumeric: boolean
  /** Undefined where the length varies. */
  length: number | undefined
  max: number
}

/**
 * How a value is cut for its bits; undefined for the few identifiers whose cut the dictionary does not tell.
 */
export function stretchesOf({ components }: AiEntry): Stretch[] | undefined {
  const stretches: Stretch[] = []
  for (const { set, min, max, isOptional } of components) {
    const isNumeric = set === 'N'
    const last = stretches.at(-1)
    if (isOptional && last && last.length !== undefined && components.length > 2) return undefined
    if (min === max && !isOptional && isNumeric && last?.isNumeric === true && last.length !== undefined) {
      last.length += max
      last.max += max
    } else stretches.push({ isNumeric, length: min === max && !isOptional ? max : undefined, max })
  }
  const isPlain =
    stretches.length === 1 ||
    (stretches.length === 2 && stretches[0]!.isNumeric && stretches[0]!.length !== undefined)
  return isPlain && stretches.every(({ isNumeric, length }) => isNumeric || length === undefined)
    ? stretches
    : undefined
}

/** Bits that hold a length of up to `max`. */
export function lengthBits(max: number): number {
  return Math.ceil(Math.log2(max) + 0.01)
}

/** Bits that hold a number of so many digits. */
export function digitBits(digits: number): number {
  return Math.ceil(digits * Math.log2(10) + 0.01)
}

export const base64url = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** How letters are written, by the number of their encoding; 0, a number, is not among them. */
export const letterEncodings: readonly { pattern: RegExp; bits: number; alphabet: string | undefined }[] = [
  { pattern: /^[0-9a-f]*$/, bits: 4, alphabet: '0123456789abcdef' },
  { pattern: /^[0-9A-F]*$/, bits: 4, alphabet: '0123456789ABCDEF' },
  { pattern: /^[A-Za-z0-9_-]*$/, bits: 6, alphabet: base64url },
  // ASCII.
  // oxlint-disable-next-line no-control-regex -- seven bits hold these too
  { pattern: /^[\u0000-\u007f]*$/, bits: 7, alphabet: undefined },
]

/** Before a name and value that are no GS1 data: a nibble that no identifier begins with. */
export const otherNibble = 0xf
export const otherLengthBits = 7
