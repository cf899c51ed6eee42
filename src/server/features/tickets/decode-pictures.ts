import { addPicture, byteAt, endLine, type PrinterMemory } from './printer-memory.ts'

/** GS v 0 m xL xH yL yH: rows of dots. */
export function rowPicture(state: PrinterMemory): void {
  const stride = byteAt(state, 4) | (byteAt(state, 5) << 8)
  const height = byteAt(state, 6) | (byteAt(state, 7) << 8)
  const data = Buffer.alloc(stride * height)
  state.bytes.copy(data, 0, state.at + 8, state.at + 8 + stride * height)
  addPicture(state, { stride, height, data })
  state.at += 8 + stride * height
}

/** ESC * m nL nH: columns of 8 or 24 dots. */
export function columnPicture(state: PrinterMemory): void {
  const mode = byteAt(state, 2)
  const width = byteAt(state, 3) | (byteAt(state, 4) << 8)
  const bytesHigh = mode >= 32 ? 3 : 1
  const stride = Math.ceil(width / 8)
  const data = Buffer.alloc(stride * bytesHigh * 8)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < bytesHigh * 8; y++) {
      const byte = byteAt(state, 5 + x * bytesHigh + (y >> 3))
      if (byte & (0x80 >> (y & 7))) data[y * stride + (x >> 3)]! |= 0x80 >> (x & 7)
    }
  }
  addPicture(state, { stride, height: bytesHigh * 8, data })
  state.at += 5 + width * bytesHigh
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
