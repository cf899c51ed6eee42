import { crc32, deflateSync } from 'node:zlib'
import type { Bitmap } from './raster.ts'

/** PNG, third edition: one bit of grey a pixel, black where the bitmap is. */
export function encodePng({ stride, height, data }: Bitmap): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(stride * 8, 0)
  header.writeUInt32BE(height, 4)
  header.set([1, 0, 0, 0, 0], 8)
  // Each row begins with its filter, none; in a PNG a set bit is white.
  const rows = Buffer.alloc((stride + 1) * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < stride; x++) rows[y * (stride + 1) + 1 + x] = ~data[y * stride + x]! & 0xff
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
