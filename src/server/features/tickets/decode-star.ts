import { codePageTables } from './code-page-tables.ts'
import {
  addLetter,
  addPicture,
  addQr,
  byteAt,
  cut,
  endLine,
  feed,
  plainStyle,
  reset,
  unknownCommand,
  usualSpacing,
  type PrinterMemory,
} from './printer-memory.ts'
import type { CodePage } from './profile.ts'
import type { Bitmap } from './raster.ts'
import type { Tape } from './tape.ts'

const esc = 0x1b
const gs = 0x1d
/** Rows of one strip of a picture. */
const pins = 24

/** What a Star printer in line mode makes of bytes; like `decodeEscPos` it names what it does not know. */
export function decodeStar(bytes: Buffer, codePages: readonly CodePage[] = []): Tape {
  const state: PrinterMemory = {
    bytes,
    at: 0,
    tape: { tickets: [], pulses: [], unknown: [] },
    items: [],
    line: [],
    style: plainStyle,
    align: 'start',
    spacing: usualSpacing,
    page: codePages[0]?.page ?? 0,
    pages: new Map(codePages.map(({ page, name }) => [page, codePageTables[name]])),
    qrText: '',
    qrModule: 3,
  }
  const strips: Bitmap[] = []
  while (state.at < bytes.length) step(state, strips)
  flushStrips(state, strips)
  endLine(state, true)
  if (state.items.length > 0) state.tape.tickets.push({ items: state.items, isCut: false })
  return state.tape
}

function step(state: PrinterMemory, strips: Bitmap[]): void {
  const byte = byteAt(state, 0)
  if (byte === esc) return escCommand(state, strips)
  state.at++
  if (byte === 0x0a) {
    // The line end after a strip feeds by the strip's own height.
    if (strips.length === 0) endLine(state)
  } else if (byte === 0x07 || byte === 0x1a) {
    state.tape.pulses.push({ pin: byte === 0x07 ? 0 : 1, on: 100, off: 500 })
  } else if (byte >= 0x20 && byte !== 0x7f) addLetter(state, byte)
}

function escCommand(state: PrinterMemory, strips: Bitmap[]): void {
  const n = byteAt(state, 2)
  const then = (length: number, work?: () => unknown): void => {
    work?.()
    state.at += length
  }
  switch (byteAt(state, 1)) {
    case 0x40:
      return then(2, () => reset(state))
    case 0x52:
      return then(3)
    case 0x30:
      return then(2)
    case 0x7a:
      return then(3, () => flushStrips(state, strips))
    case 0x69:
      return then(4, () => {
        state.style = { ...state.style, height: n + 1, width: byteAt(state, 3) + 1 }
      })
    case 0x45:
    case 0x46:
      return then(2, () => (state.style = { ...state.style, bold: byteAt(state, 1) === 0x45 }))
    case 0x34:
    case 0x35:
      return then(2, () => (state.style = { ...state.style, inverse: byteAt(state, 1) === 0x34 }))
    case 0x61:
      return then(3, () => feed(state, n * state.spacing))
    case 0x64:
      return then(3, () => cut(state))
    case 0x07:
      return then(4)
    case 0x58:
      return strip(state, strips)
    case gs:
      return gsCommand(state)
    default:
      return unknownCommand(state, 2)
  }
}

function gsCommand(state: PrinterMemory): void {
  const n = byteAt(state, 3)
  const kind = byteAt(state, 2)
  if (kind === 0x74) state.page = n
  else if (kind === 0x61) state.align = n === 1 ? 'middle' : n === 2 ? 'end' : 'start'
  else if (kind === 0x79) return qrCommand(state)
  else return unknownCommand(state, 4)
  state.at += 4
}

/** ESC GS y S / D / P: settings, data, print. */
function qrCommand(state: PrinterMemory): void {
  const fn = byteAt(state, 3)
  if (fn === 0x53) {
    if (byteAt(state, 4) === 0x32) state.qrModule = Math.max(1, byteAt(state, 5))
    state.at += 6
  } else if (fn === 0x44) {
    const length = byteAt(state, 6) | (byteAt(state, 7) << 8)
    state.qrText = state.bytes.toString('utf8', state.at + 8, state.at + 8 + length)
    state.at += 8 + length
  } else {
    if (addQr(state, state.qrText)) state.at += 4
    else unknownCommand(state, 4)
  }
}

/** ESC X: 24 rows, column by column. */
function strip(state: PrinterMemory, strips: Bitmap[]): void {
  const width = byteAt(state, 2) | (byteAt(state, 3) << 8)
  const stride = Math.ceil(width / 8)
  const data = Buffer.alloc(stride * pins)
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < pins; y++) {
      if (byteAt(state, 4 + x * 3 + (y >> 3)) & (0x80 >> (y & 7))) {
        data[y * stride + (x >> 3)]! |= 0x80 >> (x & 7)
      }
    }
  }
  strips.push({ stride, height: pins, data })
  state.at += 4 + width * 3
}

function flushStrips(state: PrinterMemory, strips: Bitmap[]): void {
  for (const bitmap of strips) addPicture(state, bitmap)
  strips.length = 0
}
