import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clampTop,
  rowsToDraw,
  scaleOf,
  spacerCap,
  spacerHeight,
  topShowing,
  type Geometry,
} from '#renderer/ui/windower.ts'

const million: Geometry = { rows: 1_000_000, rowHeight: 32, viewport: 600 }
const few: Geometry = { rows: 50, rowHeight: 32, viewport: 600 }

const geometries = fc.record({
  rows: fc.integer({ min: 0, max: 5_000_000 }),
  rowHeight: fc.integer({ min: 20, max: 80 }),
  viewport: fc.integer({ min: 0, max: 4_000 }),
})

describe('the windower', () => {
  it('scrolls a short list px by px', () => {
    expect(spacerHeight(few)).toBe(1_600)
    expect(scaleOf(few)).toBe(1)
  })

  it('never makes an element higher than a browser draws', () => {
    fc.assert(
      fc.property(geometries, (geometry) => {
        expect(spacerHeight(geometry)).toBeLessThanOrEqual(spacerCap)
      }),
    )
  })

  it('reaches the last row of a million at the end of the scroll bar', () => {
    const end = spacerHeight(million) - million.viewport
    const top = end * scaleOf(million)
    expect(rowsToDraw(million, top, 0).last).toBe(999_999)
    expect(top).toBeCloseTo(million.rows * million.rowHeight - million.viewport, 3)
  })

  it('draws every row that is in view, and few more', () => {
    fc.assert(
      fc.property(geometries, fc.double({ min: 0, max: 1, noNaN: true }), (geometry, share) => {
        const top = clampTop(geometry, share * geometry.rows * geometry.rowHeight)
        const { first, last } = rowsToDraw(geometry, top)
        const inView = Math.ceil(geometry.viewport / geometry.rowHeight) + 1
        expect(first * geometry.rowHeight).toBeLessThanOrEqual(top)
        const bottom = Math.min(top + geometry.viewport, geometry.rows * geometry.rowHeight)
        expect((last + 1) * geometry.rowHeight).toBeGreaterThanOrEqual(bottom)
        expect(last - first).toBeLessThanOrEqual(inView + 9)
      }),
    )
  })

  it('draws nothing of an empty list', () => {
    expect(rowsToDraw({ ...few, rows: 0 }, 0)).toEqual({ first: 0, last: -1 })
  })

  it('shows any row whole, wherever it came from', () => {
    const cases = fc.tuple(
      geometries,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
    )
    fc.assert(
      fc.property(cases, ([geometry, from, to]) => {
        fc.pre(geometry.rows > 0 && geometry.viewport >= geometry.rowHeight)
        const row = Math.floor(to * geometry.rows)
        const before = clampTop(geometry, from * geometry.rows * geometry.rowHeight)
        const top = topShowing(geometry, before, row)
        expect(top).toBeLessThanOrEqual(row * geometry.rowHeight)
        expect(top + geometry.viewport).toBeGreaterThanOrEqual((row + 1) * geometry.rowHeight)
      }),
    )
  })

  it('moves one row when the next one is just out of sight, and centres one from far away', () => {
    expect(topShowing(million, 0, 18)).toBe(19 * 32 - 600)
    expect(topShowing(million, 0, 500_000)).toBe(500_000 * 32 - (600 - 32) / 2)
  })
})
