/**
 * Where the rows of a long list stand. Chromium gives no element more than 33,554,432 px, so the spacer that makes
 * the scroll bar is capped and stands for all rows at a scale: what is really scrolled is `top`, in px of the whole.
 */
export interface Geometry {
  rows: number
  /** Height of every row, in px. */
  rowHeight: number
  /** Height of what is seen of them, in px. */
  viewport: number
}

export const spacerCap = 8_000_000

/** Height of all rows, in px. */
function fullHeight({ rows, rowHeight }: Geometry): number {
  return rows * rowHeight
}

/** Height of the element that makes the scroll bar, in px. */
export function spacerHeight(geometry: Geometry): number {
  return Math.min(fullHeight(geometry), spacerCap)
}

/** How many px of the whole one px of the scroll bar stands for; 1 unless the spacer is capped. */
export function scaleOf(geometry: Geometry): number {
  const full = fullHeight(geometry)
  if (full <= spacerCap) return 1
  return (full - geometry.viewport) / (spacerCap - geometry.viewport)
}

/** A place that can be scrolled to. */
export function clampTop(geometry: Geometry, top: number): number {
  return Math.max(0, Math.min(top, fullHeight(geometry) - geometry.viewport))
}

/** First and last row to draw, with some more on each side; `last` is inclusive, and -1 when there is none. */
export function rowsToDraw(geometry: Geometry, top: number, margin = 4): { first: number; last: number } {
  const { rows, rowHeight, viewport } = geometry
  const first = Math.max(0, Math.floor(top / rowHeight) - margin)
  const last = Math.min(rows - 1, Math.ceil((top + viewport) / rowHeight) + margin)
  return { first, last }
}

/** The nearest place at which a row is seen whole; a row from far away comes into the middle. */
export function topShowing(geometry: Geometry, top: number, row: number): number {
  const { rowHeight, viewport } = geometry
  const start = row * rowHeight
  const far = start < top - viewport || start > top + 2 * viewport
  if (far) return clampTop(geometry, start - (viewport - rowHeight) / 2)
  if (start < top) return clampTop(geometry, start)
  if (start + rowHeight > top + viewport) return clampTop(geometry, start + rowHeight - viewport)
  return top
}
