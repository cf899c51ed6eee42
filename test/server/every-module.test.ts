import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr, isDark, type QrCode } from '#codes/qr/encode-qr.ts'
import { rasterOfStrokes } from '#server/code-files/raster-of-strokes.ts'
import { writePlainPng } from '#server/code-files/write-png.ts'

/** Short ones whose code has a line without a dark module, of which there are few, and some of several words a line. */
const texts = [
  ...Array.from({ length: 400 }, (_, number) => String(number)),
  ...[30, 100, 300, 900].map((length) => `https://example.com/${'a'.repeat(length)}`),
]

function modulesOf(code: QrCode): string {
  const lines = Array.from({ length: code.size }, (_, y) =>
    Array.from({ length: code.size }, (_one, x) => (isDark(code, x, y) ? '#' : '.')).join(''),
  )
  return lines.join('\n')
}

/** The same, off a picture of `scale` pixels a module with a margin of four. */
function modulesIn(
  { data, width }: { data: ArrayLike<number>; width: number },
  size: number,
  scale: number,
): string {
  const at = (x: number, y: number) => data[((y + 4) * scale * width + (x + 4) * scale) * 4]! < 128
  const lines = Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_one, x) => (at(x, y) ? '#' : '.')).join(''),
  )
  return lines.join('\n')
}

describe('every module of a code', () => {
  const codes = texts.map((text) => encodeQr(text, { level: 'L' }))

  it('is meant to include whole lines of light ones', () => {
    expect(codes.some((code) => modulesOf(code).split('\n').includes('.'.repeat(code.size)))).toBe(true)
  })

  it('is where it belongs in a PNG', async () => {
    for (const code of codes) {
      const width = 3 * (code.size + 8)
      const context = createCanvas(width, width).getContext('2d')
      context.drawImage(await loadImage(writePlainPng(code, {}, width)), 0, 0)
      expect(modulesIn(context.getImageData(0, 0, width, width), code.size, 3)).toBe(modulesOf(code))
    }
  })

  it('is where it belongs in an SVG', () => {
    for (const code of codes) {
      const raster = rasterOfStrokes(drawSvg(code, {}))!
      expect(modulesIn(raster, code.size, 2)).toBe(modulesOf(code))
    }
  })
})
