/** DNS messages as multicast DNS uses them (RFC 1035, section 4; RFC 6762), as far as looking for services needs. */

export interface DnsRecord {
  name: string
  type: number
  data: DnsData
}

type DnsData =
  | { kind: 'name'; name: string }
  | { kind: 'service'; port: number; host: string }
  | { kind: 'texts'; texts: string[] }
  | { kind: 'address'; address: string }
  | { kind: 'other' }

export const types = { a: 1, ptr: 12, txt: 16, srv: 33 } as const

/** A question that asks for answers to our own port (RFC 6762, section 5.4: the top bit of the class). */
export function encodeQuestion(name: string, type: number): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(1, 4)
  const labels = name.split('.').map((label) => {
    const bytes = Buffer.from(label, 'utf8')
    return Buffer.concat([Buffer.from([bytes.length]), bytes])
  })
  return Buffer.concat([head, ...labels, Buffer.from([0, 0, type, 0x80, 1])])
}

/** Every record of an answer; empty for a question, and for anything that is not whole. */
export function decodeAnswer(bytes: Buffer): DnsRecord[] {
  try {
    return readRecords(bytes)
  } catch {
    // Anybody on the network may send anything here.
    return []
  }
}

function readRecords(bytes: Buffer): DnsRecord[] {
  const isAnswer = (bytes.readUInt16BE(2) & 0x8000) !== 0
  if (!isAnswer) return []
  let at = 12
  for (let left = bytes.readUInt16BE(4); left > 0; left--) at = readName(bytes, at).end + 4
  const count = bytes.readUInt16BE(6) + bytes.readUInt16BE(8) + bytes.readUInt16BE(10)
  const records: DnsRecord[] = []
  for (let left = count; left > 0; left--) {
    const { name, end } = readName(bytes, at)
    const type = bytes.readUInt16BE(end)
    const length = bytes.readUInt16BE(end + 8)
    const start = end + 10
    at = start + length
    if (at > bytes.length) throw new RangeError('cut short')
    records.push({ name, type, data: readData(bytes, type, start, length) })
  }
  return records
}

function readData(bytes: Buffer, type: number, start: number, length: number): DnsData {
  if (type === types.ptr) return { kind: 'name', name: readName(bytes, start).name }
  if (type === types.srv) {
    return { kind: 'service', port: bytes.readUInt16BE(start + 4), host: readName(bytes, start + 6).name }
  }
  if (type === types.txt) return { kind: 'texts', texts: readTexts(bytes.subarray(start, start + length)) }
  if (type === types.a && length === 4) {
    return { kind: 'address', address: bytes.subarray(start, start + 4).join('.') }
  }
  return { kind: 'other' }
}

function readTexts(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; at += 1 + bytes[at]!) {
    texts.push(bytes.subarray(at + 1, at + 1 + bytes[at]!).toString('utf8'))
  }
  return texts
}

/** A name with its pointers followed (RFC 1035, section 4.1.4). Dots inside a label are written `\.`. */
function readName(bytes: Buffer, from: number): { name: string; end: number } {
  const labels: string[] = []
  let at = from
  let end: number | undefined
  for (let jumps = 0; ;) {
    const length = bytes.readUInt8(at)
    if (length >= 0xc0) {
      end ??= at + 2
      at = bytes.readUInt16BE(at) & 0x3fff
      if (++jumps > 20) throw new RangeError('pointers in a circle')
      continue
    }
    if (length === 0) return { name: labels.join('.'), end: end ?? at + 1 }
    if (length > 63 || at + 1 + length > bytes.length || labels.length > 127) throw new RangeError('no name')
    labels.push(
      bytes
        .subarray(at + 1, at + 1 + length)
        .toString('utf8')
        .replaceAll('.', '\\.'),
    )
    at += 1 + length
  }
}
