import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { TicketFonts } from './fonts.ts'
import type { LayoutCell, TextRow } from './layout.ts'
import { isRightToLeft } from './measure-text.ts'
import type { PrinterProfile } from './profile.ts'
import { bitmapOf, stackBitmaps, type Bitmap } from './raster.ts'

/** Dots from one row of font A to the next: room for what stands above and below the letters of every script. */
const rowDots = 30
const fontDots = 22
const baseline = 22
/** Of 255: how much of a dot a letter must cover to be black. Low, because thin strokes get lost on paper. */
const threshold = 100

export interface DrawnRows {
  bitmap: Bitmap
  missing: string[]
}

/** Rows as one picture, each cell drawn alone in its own place and squeezed where it would leave it. */
export function drawRows(
  rows: readonly TextRow[],
  profile: PrinterProfile,
  fonts: TicketFonts,
  locale: string,
): DrawnRows {
  const missing: string[] = []
  const tallest = Math.max(...rows.map(({ height }) => height)) * rowDots
  const canvas = createCanvas(profile.dots, tallest)
  const context = canvas.getContext('2d')
  const bitmaps = rows.map((row) => {
    context.clearRect(0, 0, profile.dots, tallest)
    for (const cell of row.cells) missing.push(...drawCell(context, cell, row, profile, fonts, locale))
    const height = row.height * rowDots
    const { data } = context.getImageData(0, 0, profile.dots, height)
    const bitmap = bitmapOf(data, profile.dots, height, threshold)
    if (row.inverse) for (const [at, byte] of bitmap.data.entries()) bitmap.data[at] = byte ^ 0xff
    return bitmap
  })
  return { bitmap: stackBitmaps(bitmaps), missing }
}

function drawCell(
  context: SKRSContext2D,
  cell: LayoutCell,
  row: TextRow,
  profile: PrinterProfile,
  fonts: TicketFonts,
  locale: string,
): string[] {
  const { families, missing } = fonts.fontsFor(cell.text, locale, row.bold)
  const columnDots = (profile.dots / profile.columns) * row.width
  const left = cell.column * columnDots
  const width = cell.columns * columnDots
  const rtl = isRightToLeft(cell.text)
  // A line of its own that begins at the right is read from there; beside a quantity it stays where it is.
  const align = cell.align === 'left' && rtl && cell.column === 0 ? 'right' : cell.align
  const x = align === 'left' ? left : align === 'right' ? left + width : left + width / 2
  context.font = `${fontDots * row.height}px ${families === '' ? 'sans-serif' : families}`
  context.direction = rtl ? 'rtl' : 'ltr'
  context.textAlign = align
  context.fillStyle = context.strokeStyle = '#000'
  const y = baseline * row.height
  context.fillText(cell.text, x, y, width)
  // Fonts that come in one weight are made bold by drawing their outline too.
  if (row.bold && families.includes('-400"')) {
    context.lineWidth = row.height * 0.8
    context.strokeText(cell.text, x, y, width)
  }
  return missing
}
