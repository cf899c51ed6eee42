import { codePageTables } from './code-page-tables.ts'
import { barcode, columnPicture, graphicsCommand, rowPicture } from './decode-pictures.ts'
import { decodeQrCommand } from './decode-qr-command.ts'
import {
  addLetter,
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
  type Style,
} from './printer-memory.ts'
import type { CodePage } from './profile.ts'
import type { Tape, TapeAlign } from './tape.ts'

const esc = 0x1b
const gs = 0x1d
const fs = 0x1c
const dle = 0x10
const alignments: readonly TapeAlign[] = ['start', 'middle', 'end']

/**
 * What an ESC/POS printer makes of bytes. It never throws: what it does not know it names, and goes on behind the
 * command's head. `codePages` are the pages that the printer has; without them, letters beyond ASCII are `?`.
 */
export function decodeEscPos(bytes: Buffer, codePages: readonly CodePage[] = []): Tape {
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
  while (state.at < bytes.length) step(state)
  endLine(state, true)
  if (state.items.length > 0) state.tape.tickets.push({ items: state.items, isCut: false })
  return state.tape
}

function step(state: PrinterMemory): void {
  const byte = state.bytes[state.at]!
  if (byte === esc) return escCommand(state)
  if (byte === gs) return gsCommand(state)
  if (byte === fs) return fsCommand(state)
  if (byte === dle) return dleCommand(state)
  state.at++
  if (byte === 0x0a) return endLine(state)
  if (byte >= 0x20 && byte !== 0x7f) addLetter(state, byte)
}

/** Lengths of commands that change nothing that we draw: ESC and the byte named, with all their parameters. */
const quietEsc: Readonly<Record<number, number>> = {
  0x3d: 3, // ESC = choose the printer
  0x52: 3, // ESC R national characters
  0x53: 2,
  0x54: 3,
  0x4d: 3, // ESC M font
  0x20: 3, // ESC SP space between letters
  0x63: 4, // ESC c sensors and buttons
  0x72: 3, // ESC r colour
  0x7b: 3, // ESC { upside down
  0x56: 3, // ESC V turned
  0x47: 3, // ESC G double strike
  0x4c: 2,
  0x75: 3,
  0x76: 2,
}

function escCommand(state: PrinterMemory): void {
  const n = byteAt(state, 2)
  switch (byteAt(state, 1)) {
    case 0x40:
      return take(state, 2, () => reset(state))
    case 0x61:
      return take(state, 3, () => (state.align = alignments[n % 48] ?? 'start'))
    case 0x74:
      return take(state, 3, () => (state.page = n))
    case 0x45:
      return restyle(state, 3, { bold: (n & 1) === 1 })
    case 0x2d:
      return restyle(state, 3, { underline: n % 48 > 0 })
    case 0x21:
      return restyle(state, 3, modeOf(n))
    case 0x32:
      return take(state, 2, () => (state.spacing = usualSpacing))
    case 0x33:
      return take(state, 3, () => (state.spacing = n))
    case 0x64:
      return take(state, 3, () => feed(state, n * state.spacing))
    case 0x4a:
      return take(state, 3, () => feed(state, n))
    case 0x70:
      return take(state, 5, () => pulse(state, byteAt(state, 3), byteAt(state, 4), n))
    case 0x2a:
      return columnPicture(state)
    case 0x69:
    case 0x6d:
      return take(state, 2, () => cut(state))
    default:
      return quiet(state, quietEsc)
  }
}

function take(state: PrinterMemory, length: number, work: () => unknown): void {
  work()
  state.at += length
}

function quiet(state: PrinterMemory, lengths: Readonly<Record<number, number>>): void {
  const length = lengths[byteAt(state, 1)]
  if (length === undefined) unknownCommand(state, 2)
  else state.at += length
}

function restyle(state: PrinterMemory, length: number, part: Partial<Style>): void {
  state.style = { ...state.style, ...part }
  state.at += length
}

/** ESC ! : several things in one byte. */
function modeOf(n: number): Partial<Style> {
  return {
    bold: (n & 0x08) > 0,
    height: n & 0x10 ? 2 : 1,
    width: n & 0x20 ? 2 : 1,
    underline: (n & 0x80) > 0,
  }
}

function pulse(state: PrinterMemory, on: number, off: number, pin: number): void {
  state.tape.pulses.push({ pin: pin % 48, on: on * 2, off: off * 2 })
}

/** Lengths of GS commands that only ask or set what we do not draw. */
const quietGs: Readonly<Record<number, number>> = {
  0x61: 3, // GS a automatic status
  0x72: 3, // GS r status
  0x49: 3, // GS I who are you
  0x4c: 4, // GS L left margin
  0x57: 4, // GS W width
  0x50: 4,
  0x48: 3, // GS H text of barcodes
  0x68: 3, // GS h height of barcodes
  0x77: 3, // GS w width of barcodes
  0x66: 3,
  0x67: 6, // GS g counters
  0x62: 3, // GS b smoothing
}

function gsCommand(state: PrinterMemory): void {
  const n = byteAt(state, 2)
  switch (byteAt(state, 1)) {
    case 0x21:
      return restyle(state, 3, { width: ((n >> 4) & 7) + 1, height: (n & 7) + 1 })
    case 0x42:
      return restyle(state, 3, { inverse: (n & 1) === 1 })
    case 0x56:
      return take(state, n === 65 || n === 66 ? 4 : 3, () => cut(state))
    case 0x76:
      return rowPicture(state)
    case 0x6b:
      return barcode(state)
    case 0x28:
      return lengthCommand(state)
    case 0x38:
      return longGraphics(state)
    default:
      return quiet(state, quietGs)
  }
}

/** GS ( x pL pH …: a command that says how long it is. H asks for a proof: nothing comes out. */
function lengthCommand(state: PrinterMemory): void {
  const length = byteAt(state, 3) | (byteAt(state, 4) << 8)
  const body = state.bytes.subarray(state.at + 5, state.at + 5 + length)
  const letter = byteAt(state, 2)
  const isKnown =
    letter === 0x48 ||
    (letter === 0x4c && graphicsCommand(state, body)) ||
    (letter === 0x6b && symbol(state, body))
  if (isKnown) state.at += 5 + length
  else unknownCommand(state, 5 + length)
}

function symbol(state: PrinterMemory, body: Buffer): boolean {
  const text = decodeQrCommand(state, body)
  return text === undefined ? body[0] === 0x31 : addQr(state, text)
}

/** GS 8 L p1 p2 p3 p4 …: GS ( L for pictures beyond 64 KiB. */
function longGraphics(state: PrinterMemory): void {
  const [low, high] = [byteAt(state, 3) | (byteAt(state, 4) << 8), byteAt(state, 5) | (byteAt(state, 6) << 8)]
  const length = low + high * 65_536
  const body = state.bytes.subarray(state.at + 7, state.at + 7 + length)
  if (byteAt(state, 2) !== 0x4c) unknownCommand(state, 2)
  else if (graphicsCommand(state, body)) state.at += 7 + length
  else unknownCommand(state, 7 + length)
}

const quietFs: Readonly<Record<number, number>> = { 0x2e: 2, 0x26: 2, 0x21: 3, 0x53: 4, 0x43: 3, 0x2d: 3 }

function fsCommand(state: PrinterMemory): void {
  quiet(state, quietFs)
}

/** Real-time commands: status, recovery, and the drawer's. */
function dleCommand(state: PrinterMemory): void {
  switch (byteAt(state, 1)) {
    case 0x04:
    case 0x05:
      state.at += 3
      return
    case 0x14:
      if (byteAt(state, 2) === 1) pulse(state, byteAt(state, 4) * 50, 0, byteAt(state, 3))
      state.at += byteAt(state, 2) === 8 ? 10 : 5
      return
    default:
      unknownCommand(state, 1)
  }
}
