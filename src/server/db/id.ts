import { randomBytes } from 'node:crypto'

/**
 * A new UUIDv7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random. Rows of one device sort by the
 * time they were made, and need no server to have their final id.
 */
export function newId(now = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(now, 0, 6)
  bytes[6] = 0x70 | (bytes[6]! & 0x0f)
  bytes[8] = 0x80 | (bytes[8]! & 0x3f)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * Many new ids in ascending order: the twelve bits after the version count up (RFC 9562, section 6.2, method 1), so
 * that a bulk insert appends to the index instead of scattering over it.
 */
export function newIds(count: number, now: number, first = 0): string[] {
  const random = randomBytes(count * 8)
  return Array.from({ length: count }, (_, index) => {
    const place = first + index
    const time = (now + (place >> 12)).toString(16).padStart(12, '0')
    const counter = (place & 0xfff).toString(16).padStart(3, '0')
    random[index * 8] = 0x80 | (random[index * 8]! & 0x3f)
    const rest = random.toString('hex', index * 8, index * 8 + 8)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${rest.slice(0, 4)}-${rest.slice(4)}`
  })
}
