import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ValidationFailed } from '#contract/errors.ts'
import type { LabelStock, SheetLayout } from '#contract/export-bundles.ts'
import { labelStocks } from '#server/features/exports/label-stocks.ts'
import { labelsOfPage, placeOf, planSheets } from '#server/features/exports/sheet-layout.ts'

const half = 0.011

/** Every label of a full page lies on the paper, and none lies on another. */
function faultOf(stock: LabelStock): string | undefined {
  const count = stock.columns * stock.rows
  const places = Array.from({ length: count }, (_, index) => placeOf(stock, index))
  for (const [index, { x, y }] of places.entries()) {
    const beyond =
      x < -half ||
      y < -half ||
      x + stock.label_width > stock.width + half ||
      y + stock.label_height > stock.height + half
    if (beyond) return `label ${index} leaves the paper`
    const over = places.findIndex(
      (other, at) =>
        at > index &&
        Math.abs(other.x - x) < stock.label_width - half &&
        Math.abs(other.y - y) < stock.label_height - half,
    )
    if (over >= 0) return `labels ${index} and ${over} overlap`
  }
  return undefined
}

function refusal(layout: SheetLayout, codes = 10): string[] {
  try {
    planSheets(layout, codes)
  } catch (error) {
    if (error instanceof ValidationFailed) return Object.keys(error.errors ?? {})
    throw error
  }
  return []
}

const own = {
  width: 210,
  height: 297,
  columns: 3,
  rows: 4,
  label_width: 60,
  label_height: 60,
  left: 10,
  top: 10,
  pitch_x: 65,
  pitch_y: 65,
}

describe('label stocks', () => {
  it.each(labelStocks.map((stock) => [stock.id, stock] as const))(
    '%s: no label leaves the paper or lies on another',
    (_, stock) => expect(faultOf(stock)).toBeUndefined(),
  )

  it('have ids of their own', () => {
    expect(new Set(labelStocks.map(({ id }) => id)).size).toBe(labelStocks.length)
  })

  it('lie where their makers say', () => {
    const margins = (id: string) => {
      const { left, top } = labelStocks.find((stock) => stock.id === id)!
      return [left, top]
    }
    expect(margins('avery-l7160')).toEqual([7.25, 15.15])
    expect(margins('avery-l4731')).toEqual([8.6, 13.5])
    expect(margins('avery-l7120')).toEqual([7.5, 11])
    expect(margins('avery-5160')).toEqual([4.7625, 12.7])
    expect(margins('avery-22805')).toEqual([19.8438, 12.7])
  })
})

describe('own sheets', () => {
  it('either stand, or are refused with the field that is wrong', () => {
    const length = fc.integer({ min: 0, max: 400 })
    const sizes = fc.record({
      width: length,
      height: length,
      columns: fc.integer({ min: 1, max: 8 }),
      rows: fc.integer({ min: 1, max: 8 }),
      label_width: fc.integer({ min: 0, max: 120 }),
      label_height: fc.integer({ min: 0, max: 120 }),
      left: fc.integer({ min: 0, max: 40 }),
      top: fc.integer({ min: 0, max: 40 }),
      pitch_x: fc.integer({ min: 0, max: 130 }),
      pitch_y: fc.integer({ min: 0, max: 130 }),
    })
    let stood = 0
    fc.assert(
      fc.property(sizes, (size) => {
        const fields = refusal({ stock: 'own', own: size })
        if (fields.length > 0) {
          expect(fields.every((field) => field.startsWith('layout.own.'))).toBe(true)
          return
        }
        stood++
        const { stock } = planSheets({ stock: 'own', own: size }, 10)
        expect(faultOf(stock)).toBeUndefined()
      }),
      { numRuns: 2000 },
    )
    expect(stood).toBeGreaterThan(20)
  })

  it('are refused where labels would overlap or leave the paper', () => {
    expect(refusal({ stock: 'own', own })).toEqual([])
    expect(refusal({ stock: 'own', own: { ...own, pitch_x: 50 } })).toEqual(['layout.own.pitch_x'])
    expect(refusal({ stock: 'own', own: { ...own, rows: 5 } })).toEqual(['layout.own.rows'])
    expect(refusal({ stock: 'own', own: { ...own, left: 30 } })).toEqual(['layout.own.columns'])
    expect(refusal({ stock: 'own' })).toEqual(['layout.own'])
    expect(refusal({ stock: 'avery-0' })).toEqual(['layout.stock'])
  })

  it('give a background no more room than there is beside it', () => {
    expect(refusal({ stock: 'own', own, bleed: 2.5 })).toEqual([])
    expect(refusal({ stock: 'own', own, bleed: 2.6 })).toEqual(['layout.bleed'])
  })
})

describe('pages', () => {
  it('hold every label once, in order, after those that are skipped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (codes, skip, copies) => {
          const plan = planSheets({ stock: 'avery-l7160', skip, copies }, codes)
          const seen: number[] = []
          for (let page = 0; page < plan.pages; page++) {
            const { from, to, place } = labelsOfPage(plan, page)
            expect(place + to - from).toBeLessThanOrEqual(plan.perPage)
            expect(to).toBeGreaterThan(from)
            for (let label = from; label < to; label++) seen.push(label)
          }
          expect(seen).toEqual(Array.from({ length: codes * copies }, (_, index) => index))
        },
      ),
    )
  })

  it('refuse to skip a whole page', () => {
    expect(refusal({ stock: 'avery-l7160', skip: 20 })).toEqual([])
    expect(refusal({ stock: 'avery-l7160', skip: 21 })).toEqual(['layout.skip'])
  })
})
