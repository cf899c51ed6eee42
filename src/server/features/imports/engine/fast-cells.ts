import { localSuffixes } from '#contract/destinations.ts'
import { readBoolean } from './cell-values.ts'

/**
 * Checks over bytes that say "certainly fine" without making a string. A false only means that the full check
 * has to look; a true must never be given for a cell of which the full check would say something.
 */

const LETTER = 1
const DIGIT = 2
const HYPHEN = 3
const hostClass = makeClass([
  ['abcdefghijklmnopqrstuvwxyz', LETTER],
  ['0123456789', DIGIT],
  ['-', HYPHEN],
])
/** Printable ASCII that stands in a path, query or fragment as it is. */
const restClass = makeClass([
  ["abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?#%=&+,;:@!$*()'[]", 1],
])

function makeClass(groups: readonly (readonly [string, number])[]): Uint8Array {
  const table = new Uint8Array(256)
  for (const [characters, value] of groups) {
    for (const character of characters) table[character.charCodeAt(0)] = value
  }
  return table
}

const SUFFIX_MASK = 0xffff

function hashLabel(label: string): number {
  let hash = 0
  for (const character of label) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0
  return hash & SUFFIX_MASK
}

const localSuffixHashes = new Uint8Array(SUFFIX_MASK + 1)
for (const suffix of localSuffixes) localSuffixHashes[hashLabel(suffix)] = 1

/** Marks of our own hosts, for `isPlainDestination`: by length and last letter before the last label. */
export function markOwnHosts(hosts: readonly string[]): Uint8Array {
  const marks = new Uint8Array(256)
  for (const host of hosts) marks[host.toLowerCase().replace(/:\d+$/, '').length & 255] = 1
  return marks
}

/**
 * A table of bytes that may stand in a path as they are, for `plainDestinationEnd`; the delimiter ends it.
 */
export function pathBytes(delimiter: string): Uint8Array {
  const table = restClass.slice()
  table[delimiter.charCodeAt(0)] = 0
  return table
}

/**
 * Where an `https://` address of a public-looking ASCII host that starts at `start` ends, or -1 when what
 * stands there is nothing of the kind. Only good as a whole cell when a cell ends there.
 */
export function plainDestinationEnd(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: Uint8Array,
  own: Uint8Array,
): number {
  if (
    end - start < 12 ||
    bytes[start] !== 0x68 ||
    bytes[start + 1] !== 0x74 ||
    bytes[start + 2] !== 0x74 ||
    bytes[start + 3] !== 0x70 ||
    bytes[start + 4] !== 0x73 ||
    bytes[start + 5] !== 0x3a ||
    bytes[start + 6] !== 0x2f ||
    bytes[start + 7] !== 0x2f
  ) {
    return -1
  }
  const i = plainHostEnd(bytes, start + 8, end, own)
  if (i === -1 || i === end) return i
  const after = bytes[i]
  if (after !== 0x2f && after !== 0x3f && after !== 0x23) return i
  return plainPathEnd(bytes, start, i, end, path)
}

function plainPathEnd(bytes: Uint8Array, start: number, from: number, end: number, path: Uint8Array): number {
  let i = from
  while (i < end && path[bytes[i]!] === 1) i++
  return i - start > 2048 ? -1 : i
}

function plainHostEnd(bytes: Uint8Array, host: number, end: number, own: Uint8Array): number {
  let i = host
  let label = host
  let hash = 0
  let labels = 0
  let letters = true
  for (; i < end; i++) {
    const byte = bytes[i]!
    const kind = hostClass[byte]!
    if (kind === LETTER) hash = (Math.imul(hash, 31) + byte) | 0
    else if (kind === 0) {
      if (byte !== 0x2e) break
      const length = i - label
      if (length === 0 || length > 63 || bytes[i - 1] === 0x2d) return -1
      labels++
      label = i + 1
      hash = 0
      letters = true
    } else {
      if (kind === HYPHEN && (i === label || (i === label + 3 && bytes[i - 1] === 0x2d))) return -1
      letters = false
    }
  }
  const last = i - label
  if (labels === 0 || !letters || last < 2 || last > 63 || i - host > 253) return -1
  return localSuffixHashes[hash & SUFFIX_MASK] === 1 || own[(i - host) & 255] === 1 ? -1 : i
}

/** Days that a month has in every year. */
const SURE_DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether a cell is `YYYY-MM-DD`, alone or with `THH:MM:SSZ`, of a day after `today` (as 20261123). */
export function isPlainFutureDate(bytes: Uint8Array, start: number, end: number, today: number): boolean {
  const length = end - start
  if (length !== 10 && length !== 20) return false
  if (bytes[start + 4] !== 0x2d || bytes[start + 7] !== 0x2d) return false
  const year = two(bytes, start) * 100 + two(bytes, start + 2)
  const month = two(bytes, start + 5)
  const day = two(bytes, start + 8)
  if (!(year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= SURE_DAYS[month]!)) return false
  if (year * 10_000 + month * 100 + day <= today) return false
  return length === 10 || isPlainTime(bytes, start + 10)
}

function isPlainTime(bytes: Uint8Array, at: number): boolean {
  if (bytes[at] !== 0x54 || bytes[at + 3] !== 0x3a || bytes[at + 6] !== 0x3a || bytes[at + 9] !== 0x5a)
    return false
  return two(bytes, at + 1) <= 23 && two(bytes, at + 4) <= 59 && two(bytes, at + 7) <= 59
}

/** Two digits as a number, NaN when they are none. */
function two(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30
  const ones = bytes[at + 1]! - 0x30
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

/** Whether a cell is a word for yes or no. Short cells only: the string is worth nothing against the scan. */
export function isPlainBoolean(bytes: Buffer, start: number, end: number): boolean {
  if (end - start === 1) return bytes[start] === 0x30 || bytes[start] === 0x31
  return end - start <= 10 && readBoolean(bytes.toString('latin1', start, end)) !== undefined
}
