import { crc32 } from 'node:zlib'
import { createCanvas, loadImage, Path2D } from '@napi-rs/canvas'
import { placeLogo, plainStyle, type CodeStyle } from '#codes/qr/code-style.ts'
import { SvgPen } from '#codes/qr/draw-svg.ts'
import { eachDarkRun } from '#codes/qr/dark-runs.ts'
import type { QrCode } from '#codes/qr/encode-qr.ts'
import { drawFinders, drawModules, isPlain } from '#codes/qr/module-shapes.ts'
import { RowDeflater } from './deflate-rows.ts'
import type { LogoPicture } from './logo-picture.ts'

/** Where the modules lie in a picture: a whole number of pixels each; what is left becomes quiet zone. */
interface Grid {
  pixels: number
  scale: number
  /** Of the first module, its quiet zone left out. */
  offset: number
}

/** A size too small for one pixel a module is enlarged to it. */
function gridOf(code: QrCode, { margin = plainStyle.margin }: CodeStyle, size: number): Grid {
  const modules = code.size + 2 * margin
  const scale = Math.max(1, Math.floor(size / modules))
  const pixels = Math.max(size, modules * scale)
  return { pixels, scale, offset: Math.floor((pixels - modules * scale) / 2) + margin * scale }
}

/** A code as a PNG of `size` pixels a side: one bit a pixel where it is plain, drawn by the canvas where it is not. */
export async function writePng(
  code: QrCode,
  style: CodeStyle,
  { size, logo }: { size: number; logo?: LogoPicture | undefined },
): Promise<Buffer> {
  return logo === undefined && isPlain(style)
    ? writePlainPng(code, style, size)
    : writeDrawnPng(code, style, size, logo)
}

/** PNG, third edition: signature, IHDR (bit depth 1, palette), PLTE, IDAT, IEND. */
export function writePlainPng(code: QrCode, style: CodeStyle, size: number): Buffer {
  const { foreground = plainStyle.foreground, background = plainStyle.background } = style
  const { pixels, scale, offset } = gridOf(code, style, size)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(pixels, 0)
  header.writeUInt32BE(pixels, 4)
  header.set([1, 3, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(background.slice(1) + foreground.slice(1), 'hex')),
    chunk('IDAT', pictureData(code, pixels, scale, offset)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function pictureData(code: QrCode, pixels: number, scale: number, offset: number): Buffer {
  const stride = 1 + ((pixels + 7) >> 3)
  const deflater = new RowDeflater(stride, code.size + 2)
  const empty = new Uint8Array(stride)
  if (offset > 0) deflater.add(empty, offset)
  const line = new Uint8Array(stride)
  let drawn = 0
  const { size } = code
  /** Lines up to this one are whole; some have no dark module at all. */
  function finishLines(before: number): void {
    for (; drawn < before; drawn++) {
      deflater.add(line, scale)
      line.fill(0)
    }
  }
  eachDarkRun(code, (y, from, to) => {
    finishLines(y)
    setBits(line, 8 + offset + from * scale, 8 + offset + to * scale)
  })
  finishLines(size)
  const below = pixels - offset - size * scale
  if (below > 0) deflater.add(empty, below)
  return deflater.finish()
}

/** Sets the bits from `from` to before `to`, the first in the highest bit of its byte. */
function setBits(line: Uint8Array, from: number, to: number): void {
  const [first, last] = [from >> 3, (to - 1) >> 3]
  const [head, tail] = [0xff >> (from & 7), 0xff & (0xff << (7 - ((to - 1) & 7)))]
  if (first === last) {
    line[first]! |= head & tail
    return
  }
  line[first]! |= head
  line.fill(0xff, first + 1, last)
  line[last]! |= tail
}

function chunk(type: string, data: Buffer): Buffer {
  const out = Buffer.allocUnsafe(data.length + 12)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}

async function writeDrawnPng(
  code: QrCode,
  style: CodeStyle,
  size: number,
  logo: LogoPicture | undefined,
): Promise<Buffer> {
  const { foreground = plainStyle.foreground, background = plainStyle.background } = style
  const { pixels, scale, offset } = gridOf(code, style, size)
  const canvas = createCanvas(pixels, pixels)
  const context = canvas.getContext('2d')
  context.fillStyle = background
  context.fillRect(0, 0, pixels, pixels)
  context.translate(offset, offset)
  context.scale(scale, scale)
  const [modules, finders] = [new SvgPen(), new SvgPen()]
  drawModules(code, style.shape, modules)
  drawFinders(code, style.finder, finders)
  context.fillStyle = foreground
  const dark = new Path2D(modules.path)
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas fills a shape
  context.fill(dark)
  context.fillStyle = style.finder_colour ?? foreground
  const corners = new Path2D(finders.path)
  // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- a canvas fills a shape
  context.fill(corners)
  if (logo) {
    const { x, y, width, height, frame } = placeLogo(code.size, logo.height / logo.width, style)
    context.fillStyle = background
    context.fillRect(x - frame, y - frame, width + 2 * frame, height + 2 * frame)
    const bytes = Buffer.from(logo.address.slice(logo.address.indexOf(',') + 1), 'base64')
    context.drawImage(await loadImage(bytes), x, y, width, height)
  }
  return canvas.encode('png')
}
