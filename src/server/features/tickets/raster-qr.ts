import { encodeQr, isDark } from '#codes/qr/encode-qr.ts'
import { emptyBitmap, type Bitmap } from './raster.ts'

/** Bytes that versions 1 to 40 hold at correction M in byte mode (ISO/IEC 18004, table 7). */
const capacities = [
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666, 711, 779,
  857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989, 2099, 2213, 2331,
] as const
const quietZone = 4

/**
 * Side of a module in dots, so that code and quiet zone fill at most two thirds of the paper; undefined when the
 * text is too long for any that a camera could still read (two dots, a quarter of a millimetre).
 */
export function moduleDotsFor(textBytes: number, paperDots: number): number | undefined {
  const index = capacities.findIndex((capacity) => textBytes <= capacity)
  if (index < 0) return undefined
  const modules = 17 + 4 * (index + 1) + 2 * quietZone
  const size = Math.min(8, Math.floor((paperDots * 2) / 3 / modules))
  const smallest = Math.min(Math.max(size, 3), Math.floor(paperDots / modules))
  return smallest < 2 ? undefined : smallest
}

/** Whether a code at correction M holds the text; an empty one is no code. */
export function canBeQr(text: string): boolean {
  return text !== '' && Buffer.byteLength(text) <= capacities.at(-1)!
}

/** Side of the code with its quiet zone, in dots. */
export function qrSide(text: string, moduleDots: number): number {
  return (encodeQr(text, { level: 'M' }).size + 2 * quietZone) * moduleDots
}

/** The code with its quiet zone in the middle of the paper. */
export function drawQr(text: string, paperDots: number, moduleDots: number): Bitmap {
  const code = encodeQr(text, { level: 'M' })
  const side = (code.size + 2 * quietZone) * moduleDots
  const bitmap = emptyBitmap(paperDots, side)
  const left = Math.max(0, Math.floor((paperDots - side) / 2))
  for (let y = 0; y < side; y++) {
    const row = Math.floor(y / moduleDots) - quietZone
    if (row < 0 || row >= code.size) continue
    for (let x = 0; x < side; x++) {
      if (!isDark(code, Math.floor(x / moduleDots) - quietZone, row)) continue
      const dot = left + x
      bitmap.data[y * bitmap.stride + (dot >> 3)]! |= 0x80 >> (dot & 7)
    }
  }
  return bitmap
}
