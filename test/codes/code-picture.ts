import { createCanvas } from '@napi-rs/canvas'
import { isDark, type QrCode } from '#codes/qr/encode-qr.ts'

/** A code as rows of `0` and `1`, as reference matrices are written. */
export function matrixOf(code: QrCode): string[] {
  const { size } = code
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_x, x) => (isDark(code, x, y) ? '1' : '0')).join(''),
  )
}

/** A PNG of a code, drawn by the canvas and not by the app. */
export function pictureOf(code: QrCode, scale = 3): Buffer {
  const side = (code.size + 8) * scale
  const canvas = createCanvas(side, side)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, side, side)
  context.fillStyle = '#000'
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (isDark(code, x, y)) context.fillRect((x + 4) * scale, (y + 4) * scale, scale, scale)
    }
  }
  return canvas.toBuffer('image/png')
}
