import { addPicture, byteAt, endLine, type PrinterMemory } from './printer-memory.ts'
import { emptyBitmap, type Bitmap } from './raster.ts'

/** GS v 0 m xL xH yL yH: rows of dots; m doubles their width (1), their height (2) or both (3). */
export function rowPicture(state: PrinterMemory): void {
  const mode = byteAt(state, 3) & 3
  const stride = shortAt(state, 4)
  const rows = shortAt(state, 6)
  addPicture(
    state,
    enlarge(takeRows(state.bytes, state.at + 8, stride, rows), 1 + (mode & 1), 1 + (mode >> 1)),
  )
  state.at += 8 + stride * rows
}

/** ESC * m nL nH: columns of 8 or 24 dots. */
export function columnPicture(state: PrinterMemory): void {
  const bytesHigh = byteAt(state, 2) >= 32 ? 3 : 1
  const width = shortAt(state, 3)
  addPicture(state, takeColumns(state.bytes, state.at + 5, width, bytesHigh))
  state.at += 5 + width * bytesHigh
}

/**
 * GS ( L and GS 8 L: 112 keeps a picture in rows (113 in columns) and 50 prints it. `body` begins with m and fn.
 * False for functions that are none of these.
 */
export function graphicsCommand(state: PrinterMemory, body: Buffer): boolean {
  const fn = body[1]
  if (fn === 2 || fn === 50) {
    if (state.graphics !== undefined) addPicture(state, state.graphics)
    state.graphics = undefined
    return true
  }
  if ((fn !== 112 && fn !== 113) || body.length < 10) return false
  const [byX, byY] = [body[3] === 2 ? 2 : 1, body[4] === 2 ? 2 : 1]
  const [width, height] = [body.readUInt16LE(6), body.readUInt16LE(8)]
  const picture =
    fn === 112
      ? takeRows(body, 10, Math.ceil(width / 8), height)
      : takeColumns(body, 10, width, Math.ceil(height / 8))
  state.graphics = enlarge(picture, byX, byY)
  return true
}

/** No more rows than have come: a head alone may promise gigabytes. */
function takeRows(bytes: Buffer, from: number, stride: number, rows: number): Bitmap {
  const come = bytes.subarray(from, from + stride * rows)
  const height = stride === 0 ? 0 : Math.ceil(come.length / stride)
  const data = Buffer.alloc(stride * height)
  come.copy(data)
  return { stride, height, data }
}

function takeColumns(bytes: Buffer, from: number, width: number, bytesHigh: number): Bitmap {
  const come = bytesHigh === 0 ? 0 : Math.ceil((bytes.length - from) / bytesHigh)
  const columns = Math.max(0, Math.min(width, come))
  const bitmap = emptyBitmap(columns, bytesHigh * 8)
  for (let x = 0; x < columns; x++) {
    for (let y = 0; y < bytesHigh * 8; y++) {
      const byte = bytes[from + x * bytesHigh + (y >> 3)] ?? 0
      if (byte & (0x80 >> (y & 7))) bitmap.data[y * bitmap.stride + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return bitmap
}

function enlarge(bitmap: Bitmap, byX: number, byY: number): Bitmap {
  if (byX === 1 && byY === 1) return bitmap
  const { stride, height, data } = bitmap
  const large = emptyBitmap(stride * 8 * byX, height * byY)
  for (let y = 0; y < large.height; y++) {
    for (let x = 0; x < large.stride * 8; x++) {
      const [fromX, fromY] = [Math.floor(x / byX), Math.floor(y / byY)]
      const isBlack = (data[fromY * stride + (fromX >> 3)]! >> (7 - (fromX & 7))) & 1
      if (isBlack) large.data[y * large.stride + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  return large
}

function shortAt(state: PrinterMemory, offset: number): number {
  return byteAt(state, offset) | (byteAt(state, offset + 1) << 8)
}

/** GS k m …: up to a NUL in the old form, with its length in the new one. */
export function barcode(state: PrinterMemory): void {
  const symbology = byteAt(state, 2)
  const isNew = symbology >= 65
  const start = state.at + (isNew ? 4 : 3)
  const zero = state.bytes.indexOf(0, start)
  const end = isNew ? start + byteAt(state, 3) : zero < 0 ? state.bytes.length : zero
  const text = state.bytes.subarray(start, end).toString('latin1')
  endLine(state, true)
  state.items.push({ kind: 'barcode', symbology, text, align: state.align })
  state.at = isNew ? end : end + 1
}
