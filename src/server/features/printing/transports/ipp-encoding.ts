/** IPP messages as bytes (RFC 8010, section 3). Only what printing needs: no message here writes a collection. */

/** Group tags (RFC 8010, section 3.5.1). */
export const groups = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04 } as const

/** Value tags (RFC 8010, section 3.5.2) that we write. */
const tags = {
  integer: 0x21,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  language: 0x48,
  mime: 0x49,
}

export type IppValue = string | number | boolean | Buffer

export interface IppAttribute {
  tag: keyof typeof tags
  name: string
  values: readonly (string | number)[]
}

export interface IppRequest {
  operation: number
  requestId: number
  attributes: readonly IppAttribute[]
  /** The document, after the attributes. */
  document?: Buffer
}

interface IppGroup {
  tag: number
  attributes: Map<string, IppValue[]>
}

export interface IppResponse {
  /** RFC 8011, appendix B: below 0x0100 is a success. */
  status: number
  requestId: number
  groups: IppGroup[]
}

/** What came is no IPP: another program listens there, or it was cut short. */
export class IppUnreadable extends Error {
  constructor(what: string) {
    super(`The answer is not IPP: ${what}.`)
    this.name = 'IppUnreadable'
  }
}

/** IPP 1.1, which every printer takes (RFC 8011, section 4.1.8). */
export function encodeIppRequest({ operation, requestId, attributes, document }: IppRequest): Buffer {
  const head = Buffer.alloc(9)
  head.writeUInt16BE(0x0101, 0)
  head.writeUInt16BE(operation, 2)
  head.writeUInt32BE(requestId, 4)
  head.writeUInt8(groups.operation, 8)
  const end = Buffer.from([groups.end])
  return Buffer.concat([head, ...attributes.flatMap(encodeAttribute), end, document ?? Buffer.alloc(0)])
}

function encodeAttribute({ tag, name, values }: IppAttribute): Buffer[] {
  return values.map((value, index) => {
    // Further values of one attribute have no name (RFC 8010, section 3.1.5).
    const nameBytes = Buffer.from(index === 0 ? name : '', 'utf8')
    const valueBytes = encodeValue(value)
    const bytes = Buffer.alloc(5 + nameBytes.length + valueBytes.length)
    bytes.writeUInt8(tags[tag], 0)
    bytes.writeUInt16BE(nameBytes.length, 1)
    nameBytes.copy(bytes, 3)
    bytes.writeUInt16BE(valueBytes.length, 3 + nameBytes.length)
    valueBytes.copy(bytes, 5 + nameBytes.length)
    return bytes
  })
}

function encodeValue(value: string | number): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** Throws `IppUnreadable`. Collections are passed over: nothing that we ask for is one. */
export function decodeIppResponse(bytes: Buffer): IppResponse {
  if (bytes.length < 9) throw new IppUnreadable('it is too short')
  if (bytes[0]! < 1 || bytes[0]! > 2) throw new IppUnreadable('its version is unknown')
  const found: IppGroup[] = []
  let last: IppValue[] = []
  let depth = 0
  let at = 8
  for (;;) {
    const tag = bytes[at]
    if (tag === undefined) throw new IppUnreadable('it has no end')
    if (tag === groups.end) break
    if (tag < 0x10) {
      found.push({ tag, attributes: new Map() })
      at += 1
      continue
    }
    const name = textAt(bytes, at + 1)
    const value = textAt(bytes, name.end)
    at = value.end
    if (tag === 0x34) depth += 1
    if (depth === 0) last = keep(found.at(-1), name.bytes.toString('utf8'), last, readValue(tag, value.bytes))
    if (tag === 0x37) depth = Math.max(0, depth - 1)
  }
  return { status: bytes.readUInt16BE(2), requestId: bytes.readUInt32BE(4), groups: found }
}

function keep(
  group: IppGroup | undefined,
  name: string,
  last: IppValue[],
  value: IppValue | undefined,
): IppValue[] {
  if (group === undefined) throw new IppUnreadable('an attribute stands outside every group')
  let values = last
  if (name !== '') {
    values = []
    group.attributes.set(name, values)
  }
  if (value !== undefined) values.push(value)
  return values
}

function textAt(bytes: Buffer, at: number): { bytes: Buffer; end: number } {
  if (at + 2 > bytes.length) throw new IppUnreadable('it is cut short')
  const end = at + 2 + bytes.readUInt16BE(at)
  if (end > bytes.length) throw new IppUnreadable('it is cut short')
  return { bytes: bytes.subarray(at + 2, end), end }
}

/** Undefined for values out of band: unsupported, unknown, no-value (RFC 8010, section 3.5.2). */
function readValue(tag: number, bytes: Buffer): IppValue | undefined {
  if (tag < 0x20) return undefined
  if (tag === 0x21 || tag === 0x23) {
    if (bytes.length !== 4) throw new IppUnreadable('a number is not four bytes long')
    return bytes.readInt32BE(0)
  }
  if (tag === 0x22) return bytes[0] === 1
  if (tag === 0x32) return readResolution(bytes)
  if (tag === 0x35 || tag === 0x36) return withoutLanguage(bytes)
  return tag >= 0x40 ? bytes.toString('utf8') : bytes
}

/** `300x300dpi`; other units (dots to the centimetre) are told apart by their name. */
function readResolution(bytes: Buffer): string {
  if (bytes.length !== 9) throw new IppUnreadable('a resolution is not nine bytes long')
  return `${bytes.readInt32BE(0)}x${bytes.readInt32BE(4)}${bytes[8] === 3 ? 'dpi' : 'dpcm'}`
}

/** `textWithLanguage`: the language with its length, then the text with its own. */
function withoutLanguage(bytes: Buffer): string {
  return textAt(bytes, textAt(bytes, 0).end).bytes.toString('utf8')
}
