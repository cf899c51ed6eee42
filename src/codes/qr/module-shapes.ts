import type { CodeStyle } from './code-style.ts'
import { isDark, type QrCode } from './encode-qr.ts'

/** What outlines are drawn with, in modules from the code's top left, downwards; the same for PDF and SVG. */
export interface Pen {
  move: (x: number, y: number) => void
  line: (x: number, y: number) => void
  /** A cubic curve over two control points. */
  curve: (x1: number, y1: number, x2: number, y2: number, x: number, y: number) => void
  close: () => void
}

/** How far the control points of a quarter circle are from its ends, as a share of its radius. */
const quarter = 0.5523
const finderSize = 7
const dotRadius = 0.45
const rounding = 0.5
/** Radii of a finder's outer edge, of its ring's inner edge and of its centre. */
const finderRadii = { square: [0, 0, 0], rounded: [2, 1.2, 0.8], circle: [3.5, 2.5, 1.5] } as const

/** Whether every module is a square of one colour, which is drawn in runs. */
export function isPlain({ shape, finder, finder_colour }: CodeStyle): boolean {
  return (
    [shape ?? 'square', finder ?? 'square'].every((one) => one === 'square') && finder_colour === undefined
  )
}

/** The dark modules outside of the finders. */
export function drawModules(code: QrCode, shape: CodeStyle['shape'], pen: Pen): void {
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!isDark(code, x, y) || isInFinder(code, x, y)) continue
      if (shape === 'dot') drawBox(pen, x + 0.5 - dotRadius, y + 0.5 - dotRadius, 2 * dotRadius, dotRadius)
      else if (shape === 'rounded') drawRounded(code, x, y, pen)
      else drawBox(pen, x, y, 1, 0)
    }
  }
}

/** The three finders: a ring and a centre each. */
export function drawFinders({ size }: QrCode, finder: CodeStyle['finder'], pen: Pen): void {
  const [outer, inner, centre] = finderRadii[finder ?? 'square']
  const far = size - finderSize
  for (const [x, y] of [
    [0, 0],
    [far, 0],
    [0, far],
  ] as const) {
    drawBox(pen, x, y, 7, outer)
    // The other way round, so that what is inside stays free under either rule of filling.
    drawBox(pen, x + 1, y + 1, 5, inner, true)
    drawBox(pen, x + 2, y + 2, 3, centre)
  }
}

function isInFinder({ size }: QrCode, x: number, y: number): boolean {
  const [right, lower] = [x >= size - finderSize, y >= size - finderSize]
  return (x < finderSize && (y < finderSize || lower)) || (right && y < finderSize)
}

/** A square whose corners are round where nothing dark joins it there. */
function drawRounded(code: QrCode, x: number, y: number, pen: Pen): void {
  const dark = (dx: number, dy: number) => y + dy >= 0 && y + dy < code.size && isDark(code, x + dx, y + dy)
  const [up, right, down, left] = [dark(0, -1), dark(1, 0), dark(0, 1), dark(-1, 0)]
  const radius = (one: boolean, other: boolean) => (one || other ? 0 : rounding)
  outline(pen, x, y, 1, [radius(left, up), radius(up, right), radius(right, down), radius(down, left)])
}

function drawBox(pen: Pen, x: number, y: number, side: number, radius: number, isHole = false): void {
  if (!isHole) return outline(pen, x, y, side, [radius, radius, radius, radius])
  // Mirrored on its diagonal, the same box is drawn against the clock.
  const mirror: Pen = {
    move: (a, b) => pen.move(x + b - y, y + a - x),
    line: (a, b) => pen.line(x + b - y, y + a - x),
    curve: (a, b, c, d, e, f) => pen.curve(x + b - y, y + a - x, x + d - y, y + c - x, x + f - y, y + e - x),
    close: () => pen.close(),
  }
  outline(mirror, x, y, side, [radius, radius, radius, radius])
}

type Corners = [topLeft: number, topRight: number, bottomRight: number, bottomLeft: number]

/** A square with the clock, each corner with its radius. */
function outline(pen: Pen, x: number, y: number, side: number, [tl, tr, br, bl]: Corners): void {
  const [right, bottom] = [x + side, y + side]
  pen.move(x + tl, y)
  pen.line(right - tr, y)
  if (tr > 0) corner(pen, right - tr, y, right, y + tr, right, y)
  pen.line(right, bottom - br)
  if (br > 0) corner(pen, right, bottom - br, right - br, bottom, right, bottom)
  pen.line(x + bl, bottom)
  if (bl > 0) corner(pen, x + bl, bottom, x, bottom - bl, x, bottom)
  pen.line(x, y + tl)
  if (tl > 0) corner(pen, x, y + tl, x + tl, y, x, y)
  pen.close()
}

/** A quarter of a circle from one point to another around the corner that it cuts off. */
function corner(
  pen: Pen,
  fromX: number,
  fromY: number,
  toX: number,
  toY: number,
  cornerX: number,
  cornerY: number,
): void {
  const towards = (from: number, to: number) => from + (to - from) * quarter
  pen.curve(
    towards(fromX, cornerX),
    towards(fromY, cornerY),
    towards(toX, cornerX),
    towards(toY, cornerY),
    toX,
    toY,
  )
}
