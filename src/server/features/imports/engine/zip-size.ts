const END = 0x06054b50
const ENTRY = 0x02014b50

/**
 * Bytes that a ZIP file says it unpacks to (APPNOTE 4.3.12 and 4.3.16), so that a small file that grows to
 * gigabytes is refused before anything is unpacked. Infinity when the directory cannot be read or an entry is
 * beyond 4 GB.
 */
export function unpackedBytes(zip: Buffer): number {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end === -1 || end + 22 > zip.length || zip.readUInt32LE(end) !== END) return Infinity
  let [at, sum] = [zip.readUInt32LE(end + 16), 0]
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY) return Infinity
    const size = zip.readUInt32LE(at + 24)
    if (size === 0xffffffff) return Infinity
    sum += size
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return sum
}
