import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas'
import type { TicketFonts } from './fonts.ts'
import { bitmapOf, type Bitmap } from './raster.ts'
import type { TapeRun } from './tape.ts'

/** A character of font A, in dots. */
const cell = { width: 12, height: 24, font: 20, baseline: 19 }
/** Dots from one line to the next at the least. */
const leastLine = 30
/** A dot is black when more than so much of it (of 255) is covered. */
const threshold = 110
/** No paper is as wide: what would stand beyond is cut off as a printer's edge does. */
const mostDots = 4096

export function heightOfLine(runs: readonly TapeRun[]): number {
  return Math.max(leastLine, ...runs.map(({ height }) => height * cell.height + 4))
}

/** Every letter of a code page is one UTF-16 unit. */
export function widthOfLine(runs: readonly TapeRun[]): number {
  return runs.reduce((sum, run) => sum + run.text.length * run.width * cell.width, 0)
}

/** Each letter in its own cell, as a printer sets them; runs of different heights share their feet. */
export function drawTapeLine(runs: readonly TapeRun[], fonts: TicketFonts): Bitmap {
  const width = Math.min(mostDots, Math.ceil(Math.max(1, widthOfLine(runs)) / 8) * 8)
  const height = heightOfLine(runs)
  const context = createCanvas(width, height).getContext('2d')
  const tallest = Math.max(...runs.map((run) => run.height))
  let x = 0
  for (const run of runs) {
    drawRun(context, run, x, (tallest - run.height) * cell.height, fonts)
    x += run.text.length * cell.width * run.width
    if (x > width) break
  }
  return bitmapOf(context.getImageData(0, 0, width, height).data, width, height, threshold)
}

function drawRun(context: SKRSContext2D, run: TapeRun, x: number, y: number, fonts: TicketFonts): void {
  const [width, height] = [cell.width * run.width, cell.height * run.height]
  const letters = Array.from(run.text)
  context.fillStyle = '#000'
  if (run.inverse) context.fillRect(x, y, letters.length * width, height)
  context.globalCompositeOperation = run.inverse ? 'destination-out' : 'source-over'
  context.font = `${cell.font}px ${fonts.monoFamilies(run.text)}`
  for (const [index, letter] of letters.entries()) {
    // A barcode may carry any byte; the canvas throws at NUL, and nothing of the others can be seen.
    if (letter < ' ') continue
    context.save()
    context.translate(x + index * width, y)
    context.scale(run.width, run.height)
    context.fillText(letter, 0, cell.baseline, cell.width)
    if (run.bold) context.fillText(letter, 0.7, cell.baseline, cell.width)
    context.restore()
  }
  if (run.underline) context.fillRect(x, y + height - 2, letters.length * width, 2)
  context.globalCompositeOperation = 'source-over'
}
