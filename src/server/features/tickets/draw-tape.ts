import { drawTapeLine, heightOfLine, widthOfLine } from './draw-tape-line.ts'
import type { TicketFonts } from './fonts.ts'
import { drawQr, qrSide } from './raster-qr.ts'
import { emptyBitmap, type Bitmap } from './raster.ts'
import type { Tape, TapeItem, TapeRun } from './tape.ts'

/** White around the paper, and between two pieces of it. */
const border = 20
/** Paper beyond twenty-five metres is not drawn: bytes that feed for ever must not fill the memory. */
const mostRows = 200_000

/** What the paper looks like, dot for dot; `dots` is its printable width. */
export function drawTape(tape: Tape, dots: number, fonts: TicketFonts): Bitmap {
  const { placed, cuts, rows } = placeItems(tape)
  const paper = emptyBitmap(dots + 2 * border, rows)
  for (const { item, top } of placed) {
    const bitmap = drawItem(item, fonts)
    if (bitmap !== undefined) putDots(paper, bitmap, startOf(item, bitmap, dots), top)
  }
  for (const cut of cuts) drawCut(paper, cut)
  return paper
}

interface Placed {
  placed: { item: TapeItem; top: number }[]
  /** Rows between two pieces of paper. */
  cuts: number[]
  rows: number
}

function placeItems({ tickets }: Tape): Placed {
  const placed: Placed['placed'] = []
  const cuts: number[] = []
  let top = border
  for (const [index, { items }] of tickets.entries()) {
    if (index > 0) {
      cuts.push(top + border)
      top += 2 * border
    }
    for (const item of items) {
      const height = heightOf(item)
      if (top + height > mostRows) return { placed, cuts, rows: top + border }
      placed.push({ item, top })
      top += height
    }
  }
  return { placed, cuts, rows: top + border }
}

function heightOf(item: TapeItem): number {
  if (item.kind === 'feed') return item.dots
  if (item.kind === 'picture') return item.bitmap.height
  if (item.kind === 'qr') return qrSide(item.text, item.moduleDots)
  return heightOfLine(runsOf(item))
}

/** Bars are not drawn but named. */
function runsOf(item: Extract<TapeItem, { kind: 'text' | 'barcode' }>): readonly TapeRun[] {
  if (item.kind === 'text') return item.runs
  const plain = { width: 1, height: 1, bold: false, underline: false, inverse: false }
  return [{ text: `[${item.text}]`, ...plain }]
}

function drawItem(item: TapeItem, fonts: TicketFonts): Bitmap | undefined {
  if (item.kind === 'feed') return undefined
  if (item.kind === 'picture') return item.bitmap
  if (item.kind === 'text' || item.kind === 'barcode') return drawTapeLine(runsOf(item), fonts)
  return drawQr(item.text, qrSide(item.text, item.moduleDots), item.moduleDots)
}

function startOf(item: TapeItem, bitmap: Bitmap, dots: number): number {
  if (item.kind === 'feed' || item.align === 'start') return border
  const isText = item.kind === 'text' || item.kind === 'barcode'
  const room = Math.max(0, dots - (isText ? widthOfLine(runsOf(item)) : bitmap.stride * 8))
  return border + (item.align === 'middle' ? Math.floor(room / 2) : room)
}

/** Black dots of one on the other; what stands beyond its edge is lost, as on paper. */
function putDots(paper: Bitmap, { stride, height, data }: Bitmap, left: number, top: number): void {
  const last = Math.min(stride * 8, paper.stride * 8 - left)
  for (let y = 0; y < height && top + y < paper.height; y++) {
    for (let x = 0; x < last; x++) {
      if (((data[y * stride + (x >> 3)]! >> (7 - (x & 7))) & 1) === 0) continue
      const dot = left + x
      paper.data[(top + y) * paper.stride + (dot >> 3)]! |= 0x80 >> (dot & 7)
    }
  }
}

function drawCut(paper: Bitmap, row: number): void {
  for (let x = 0; x < paper.stride; x += 2) paper.data[row * paper.stride + x] = 0xff
}
