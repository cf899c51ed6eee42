import { crc32 } from 'node:zlib'
import { createCanvas, Path2D } from '@napi-rs/canvas'
import { textPath } from './glyph-paths.ts'
import type { LabelDrawing } from './label-drawing.ts'

/** About 400 dots an inch: a whole number a module is taken. */
const pixelsPerMm = 16

/** A label as PNG. Every module is the same whole number of pixels, and the file says how large it is on paper. */
export function writePng({ moduleMm, width, height, bars, texts }: LabelDrawing): Buffer {
  const scale = Math.max(2, Math.round(moduleMm * pixelsPerMm))
  const canvas = createCanvas(Math.ceil(width * scale), Math.ceil(height * scale))
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#000000'
  for (const bar of bars) {
    const bottom = Math.round((bar.y + bar.height) * scale)
    const top = Math.round(bar.y * scale)
    pen.fillRect(bar.x * scale, top, bar.width * scale, bottom - top)
  }
  pen.scale(scale, scale)
  const letters = new Path2D(texts.map(textPath).join(''))
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas, no list
  pen.fill(letters)
  return withDensity(canvas.toBuffer('image/png'), Math.round((scale / moduleMm) * 1000))
}

const headerEnd = 33

/** Puts a pHYs chunk behind IHDR (PNG, third edition, 11.3.4.3): pixels a metre. */
function withDensity(png: Buffer, perMetre: number): Buffer {
  const data = Buffer.alloc(4 + 9)
  data.write('pHYs', 0, 'latin1')
  data.writeUInt32BE(perMetre, 4)
  data.writeUInt32BE(perMetre, 8)
  data[12] = 1
  const frame = Buffer.alloc(4)
  frame.writeUInt32BE(data.length - 4)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(data))
  return Buffer.concat([png.subarray(0, headerEnd), frame, data, sum, png.subarray(headerEnd)])
}
