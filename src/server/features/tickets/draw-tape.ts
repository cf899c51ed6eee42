import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { TicketFonts } from './fonts.ts'
import { drawQr } from './raster-qr.ts'
import type { Bitmap } from './raster.ts'
import type { Tape, TapeAlign, TapeItem, TapeRun } from './tape.ts'

/** A character of font A, in dots. */
const cell = { width: 12, height: 24, font: 20, baseline: 19 }
/** Dots from one line to the next at the least. */
const lineDots = 30
/** White around the paper, and between two pieces of it. */
const border = 20

/** What the paper looks like, in black on white; `dots` is its printable width. */
export function drawTape(tape: Tape, dots: number, fonts: TicketFonts): Buffer {
  const placed: { item: TapeItem; top: number }[] = []
  const cuts: number[] = []
  let top = border
  for (const ticket of tape.tickets) {
    for (const item of ticket.items) {
      placed.push({ item, top })
      top += heightOf(item)
    }
    top += border
    if (ticket.isCut) cuts.push(top)
    top += border
  }
  const canvas = createCanvas(dots + 2 * border, Math.max(top, 2 * border))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  for (const one of placed) drawItem(context, one.item, one.top, dots, fonts)
  for (const cut of cuts.slice(0, -1)) drawCut(context, cut, canvas.width)
  return canvas.toBuffer('image/png')
}

function heightOf(item: TapeItem): number {
  if (item.kind === 'feed') return item.dots
  if (item.kind === 'picture') return item.bitmap.height
  if (item.kind === 'qr') return drawQr(item.text, 0, item.moduleDots).height
  if (item.kind === 'barcode') return lineDots
  return Math.max(lineDots, ...item.runs.map(({ height }) => height * cell.height + 4))
}

function drawItem(
  context: SKRSContext2D,
  item: TapeItem,
  top: number,
  dots: number,
  fonts: TicketFonts,
): void {
  if (item.kind === 'text') drawLine(context, item.runs, top, startOf(item, widthOf(item.runs), dots), fonts)
  else if (item.kind === 'picture') {
    drawBitmap(context, item.bitmap, top, startOf(item, item.bitmap.stride * 8, dots))
  } else if (item.kind === 'qr') {
    const code = drawQr(item.text, 0, item.moduleDots)
    // Drawn without paper, it begins at its own left edge.
    drawBitmap(context, squareOf(item.text, item.moduleDots), top, startOf(item, code.height, dots))
  } else if (item.kind === 'barcode') {
    const runs: TapeRun[] = [{ text: `[${item.text}]`, ...plain }]
    drawLine(context, runs, top, startOf(item, widthOf(runs), dots), fonts)
  }
}

const plain = { width: 1, height: 1, bold: false, underline: false, inverse: false }

function squareOf(text: string, moduleDots: number): Bitmap {
  const side = drawQr(text, 0, moduleDots).height
  return drawQr(text, Math.ceil(side / 8) * 8, moduleDots)
}

function widthOf(runs: readonly TapeRun[]): number {
  return runs.reduce((sum, run) => sum + run.text.length * run.width * cell.width, 0)
}

function startOf({ align }: { align: TapeAlign }, width: number, dots: number): number {
  const room = Math.max(0, dots - width)
  return border + (align === 'start' ? 0 : align === 'middle' ? Math.floor(room / 2) : room)
}

/** Each letter in its own cell, as a printer sets them; runs of different heights share their feet. */
function drawLine(
  context: SKRSContext2D,
  runs: readonly TapeRun[],
  top: number,
  left: number,
  fonts: TicketFonts,
): void {
  const tallest = Math.max(...runs.map(({ height }) => height))
  let x = left
  for (const run of runs) {
    const [width, height] = [cell.width * run.width, cell.height * run.height]
    const y = top + (tallest - run.height) * cell.height
    // Code pages hold no letter beyond the first plane.
    const letters = run.text.split('')
    if (run.inverse) fill(context, '#000', x, y, letters.length * width, height)
    context.fillStyle = context.strokeStyle = run.inverse ? '#fff' : '#000'
    context.font = `${cell.font}px ${fonts.monoFamilies(run.text)}`
    for (const [index, letter] of letters.entries()) {
      context.save()
      context.translate(x + index * width, y)
      context.scale(run.width, run.height)
      context.fillText(letter, 0, cell.baseline, cell.width)
      if (run.bold) context.fillText(letter, 0.7, cell.baseline, cell.width)
      context.restore()
    }
    if (run.underline) fill(context, '#000', x, y + height - 2, letters.length * width, 2)
    x += letters.length * width
  }
}

function fill(context: SKRSContext2D, colour: string, x: number, y: number, w: number, h: number): void {
  context.fillStyle = colour
  context.fillRect(x, y, w, h)
}

function drawBitmap(
  context: SKRSContext2D,
  { stride, height, data }: Bitmap,
  top: number,
  left: number,
): void {
  const picture = context.createImageData(stride * 8, height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < stride * 8; x++) {
      const isBlack = (data[y * stride + (x >> 3)]! >> (7 - (x & 7))) & 1
      const at = (y * stride * 8 + x) * 4
      picture.data.fill(isBlack ? 0 : 255, at, at + 3)
      picture.data[at + 3] = 255
    }
  }
  context.putImageData(picture, left, top)
}

function drawCut(context: SKRSContext2D, y: number, width: number): void {
  for (let x = 0; x < width; x += 12) fill(context, '#888', x, y, 6, 1)
}
