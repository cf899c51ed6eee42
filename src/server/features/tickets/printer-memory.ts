import type { QrMemory } from './decode-qr-command.ts'
import { canBeQr } from './raster-qr.ts'
import type { Bitmap } from './raster.ts'
import type { Tape, TapeAlign, TapeItem, TapeRun } from './tape.ts'

/** Dots from one line of text to the next, where nothing else was said (ESC 2: a sixth of an inch at 203 dpi). */
export const usualSpacing = 34

export type Style = Omit<TapeRun, 'text'>

export const plainStyle: Style = { width: 1, height: 1, bold: false, underline: false, inverse: false }
/** The printer's memory while it reads. */
export interface PrinterMemory extends QrMemory {
  bytes: Buffer
  at: number
  tape: Tape
  items: TapeItem[]
  line: TapeRun[]
  style: Style
  align: TapeAlign
  spacing: number
  page: number
  pages: ReadonlyMap<number, string>
  /** A picture that was sent and waits to be printed (GS ( L). */
  graphics?: Bitmap | undefined
}

export function addLetter(state: PrinterMemory, byte: number): void {
  const letter = byte < 0x80 ? String.fromCharCode(byte) : (state.pages.get(state.page)?.[byte - 0x80] ?? '?')
  const last = state.line.at(-1)
  if (last && sameStyle(last, state.style)) last.text += letter
  else state.line.push({ text: letter, ...state.style })
}

function sameStyle(a: Style, b: Style): boolean {
  return (
    a.width === b.width &&
    a.height === b.height &&
    a.bold === b.bold &&
    a.underline === b.underline &&
    a.inverse === b.inverse
  )
}

export function endLine(state: PrinterMemory, isEnd = false): void {
  if (state.line.length > 0) {
    state.items.push({ kind: 'text', runs: state.line, align: state.align })
    state.line = []
  } else if (!isEnd) {
    state.items.push({ kind: 'feed', dots: state.spacing })
  }
}

/** A byte behind the command's head; 0 where the bytes end. */
export function byteAt({ bytes, at }: PrinterMemory, offset: number): number {
  return bytes[at + offset] ?? 0
}

export function reset(state: PrinterMemory): void {
  state.style = plainStyle
  state.align = 'start'
  state.spacing = usualSpacing
  state.page = state.pages.keys().next().value ?? 0
  state.line = []
}

export function feed(state: PrinterMemory, dots: number): void {
  if (state.line.length > 0) endLine(state)
  if (dots > 0) state.items.push({ kind: 'feed', dots })
}

export function cut(state: PrinterMemory): void {
  endLine(state, true)
  if (state.items.length > 0) state.tape.tickets.push({ items: state.items, isCut: true })
  state.items = []
}

/** A picture below what stands in the line so far. */
export function addPicture(state: PrinterMemory, bitmap: Bitmap): void {
  endLine(state, true)
  if (bitmap.stride > 0 && bitmap.height > 0) {
    state.items.push({ kind: 'picture', bitmap, align: state.align })
  }
}

/** A code below what stands in the line so far; false when no code holds the text, and a printer prints none. */
export function addQr(state: PrinterMemory, text: string): boolean {
  if (!canBeQr(text)) return false
  endLine(state, true)
  state.items.push({ kind: 'qr', text, moduleDots: state.qrModule, align: state.align })
  return true
}

/** Named and stepped over; of a long one the first bytes are enough to know it by. */
export function unknownCommand(state: PrinterMemory, length: number): void {
  const { at, bytes } = state
  state.tape.unknown.push({
    offset: at,
    bytes: bytes.subarray(at, at + Math.min(length, 16)).toString('hex'),
  })
  state.at += length
}
