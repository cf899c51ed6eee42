import { isUtf8 } from 'node:buffer'
import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { ImportFailure, type Pace } from './cancel.ts'

/** Bytes looked at before anything else. */
export const SAMPLE_BYTES = 256 << 10

export interface EncodingGuess {
  /** A label of the WHATWG encoding standard, or `utf-32le` and `utf-32be`. */
  encoding: string
  bom: number
}

/** Byte order mark, then the share and parity of NUL bytes, then UTF-8 unless its bytes forbid it. */
export function guessEncoding(sample: Buffer): EncodingGuess {
  const head = sample.toString('hex', 0, 4)
  if (head.startsWith('efbbbf')) return { encoding: 'utf-8', bom: 3 }
  if (head === 'fffe0000') return { encoding: 'utf-32le', bom: 4 }
  if (head === '0000feff') return { encoding: 'utf-32be', bom: 4 }
  if (head.startsWith('fffe')) return { encoding: 'utf-16le', bom: 2 }
  if (head.startsWith('feff')) return { encoding: 'utf-16be', bom: 2 }
  const byNul = guessByNul(sample.subarray(0, 64 << 10))
  if (byNul !== null) return { encoding: byNul, bom: 0 }
  return { encoding: isUtf8(wholeCharacters(sample)) ? 'utf-8' : 'windows-1252', bom: 0 }
}

function guessByNul(sample: Buffer): string | null {
  const at = [0, 0, 0, 0]
  for (let i = 0; i < sample.length; i++) if (sample[i] === 0) at[i & 3]!++
  const [a = 0, b = 0, c = 0, d = 0] = at
  const share = (a + b + c + d) / Math.max(1, sample.length)
  if (share > 0.6) return a > d ? 'utf-32be' : 'utf-32le'
  if (share <= 0.1) return null
  return a + c > b + d ? 'utf-16be' : 'utf-16le'
}

/** The bytes without a UTF-8 character that was cut off at their end. */
export function wholeCharacters(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) break
    if (byte < 0xc0) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    return length > back ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}

/** What a guess by statistics says of bytes that are not UTF-8; only ever shown as a proposal. */
export async function suggestEncoding(sample: Buffer): Promise<string | null> {
  const { detect } = await import('jschardet')
  const found = detect(sample.subarray(0, 64 << 10))
  const label = found.encoding?.toLowerCase() ?? ''
  return found.confidence >= 0.5 && isKnownEncoding(label) ? new TextDecoder(label).encoding : null
}

/** Whether a file can be read by this label. */
function isKnownEncoding(label: string): boolean {
  if (/^utf-32(le|be)$/i.test(label)) return true
  try {
    return new TextDecoder(label).encoding !== 'replacement'
  } catch {
    return false
  }
}

/** Writes a file anew as UTF-8, a megabyte at a time; bytes that mean nothing become U+FFFD. */
export async function transcode(from: string, to: string, guess: EncodingGuess, pace: Pace): Promise<void> {
  if (!isKnownEncoding(guess.encoding))
    throw new ImportFailure(`"${guess.encoding}" is not an encoding this app can read.`)
  const decode = makeDecoder(guess.encoding)
  const source = openSync(from, 'r')
  const target = openSync(to, 'w', 0o600)
  try {
    const block = Buffer.allocUnsafe(1 << 20)
    for (let at = guess.bom; ;) {
      const read = readSync(source, block, 0, block.length, at)
      const text = decode(block.subarray(0, read), read > 0)
      if (text !== '') writeAll(target, Buffer.from(text, 'utf8'))
      if (read === 0) return
      at += read
      await pace.breathe()
    }
  } finally {
    closeSync(source)
    closeSync(target)
  }
}

export function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at)
}

function makeDecoder(encoding: string): (bytes: Buffer, more: boolean) => string {
  if (!/^utf-32/i.test(encoding)) {
    const decoder = new TextDecoder(encoding)
    return (bytes, more) => decoder.decode(bytes, { stream: more })
  }
  const little = /le$/i.test(encoding)
  let rest: Buffer = Buffer.alloc(0)
  return (bytes, more) => {
    const all = Buffer.concat([rest, bytes])
    const whole = all.length & ~3
    rest = Buffer.from(all.subarray(whole))
    const parts: string[] = []
    for (let i = 0; i < whole; i += 4) {
      const code = little ? all.readUInt32LE(i) : all.readUInt32BE(i)
      parts.push(code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code))
    }
    return parts.join('') + (!more && rest.length > 0 ? '\ufffd' : '')
  }
}
