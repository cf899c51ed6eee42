import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecallLine } from '#contract/recall-lines.ts'
import { isRestricted, packagingLevelsOf } from '#server/features/recalls/gtin-levels.ts'
import { foldLot, matchLine } from '#server/features/recalls/match-line.ts'
import type { ScannedItem } from '#server/features/recalls/scanned-item.ts'
import { isInRange, rangeProblem } from '#server/features/recalls/text-ranges.ts'

const gtin = '09506000134352'

function item(more: Partial<ScannedItem> = {}): ScannedItem {
  return { gtin, lot: null, serial: null, days: {}, ...more }
}

function judged(line: Omit<RecallLine, 'gtins'>, more: Partial<ScannedItem> = {}) {
  const { verdict, missing } = matchLine({ gtins: [gtin], ...line }, item(more), 'same')
  return [verdict, ...missing]
}

describe('a line of a recall', () => {
  it('without conditions means every unit', () => {
    expect(judged({})).toEqual(['recalled'])
    expect(judged({}, { lot: 'ANY' })).toEqual(['recalled'])
  })

  it('by lot is sure of a listed lot, asks for one that is not known, and leaves out others', () => {
    expect(judged({ lots: ['L7'] }, { lot: 'L7' })).toEqual(['recalled'])
    expect(judged({ lots: ['L7'] })).toEqual(['possible', 'lot'])
    expect(judged({ lots: ['L7'] }, { lot: 'L8' })).toEqual(['out'])
    expect(judged({ lot_prefixes: ['L7'] }, { lot: 'L77' })).toEqual(['recalled'])
  })

  it('takes a lot that is only written differently for a possible one', () => {
    expect(judged({ lots: ['AB-123'] }, { lot: 'ab 123' })).toEqual(['possible', 'confirm'])
    expect(judged({ lot_ranges: [{ from: 'A-001', to: 'A-009' }] }, { lot: 'a005' })).toEqual([
      'possible',
      'confirm',
    ])
  })

  it('needs all its conditions, and asks for what is not known of them', () => {
    const line = {
      lots: ['L7'],
      days: [{ kind: 'expiry' as const, ranges: [{ from: '2027-01-01', to: '2027-06-30' }] }],
    }
    expect(judged(line, { lot: 'L7', days: { expiry: '2027-03-01' } })).toEqual(['recalled'])
    expect(judged(line, { lot: 'L7' })).toEqual(['possible', 'expiry'])
    expect(judged(line)).toEqual(['possible', 'lot', 'expiry'])
    expect(judged(line, { lot: 'L7', days: { expiry: '2027-07-01' } })).toEqual(['out'])
    expect(judged(line, { lot: 'L8' })).toEqual(['out'])
  })

  it.each([
    ['2027-05', { from: '2027-05-01', to: '2027-05-31' }, 'recalled'],
    ['2027-02', { from: '2027-02-01', to: '2027-02-28' }, 'recalled'],
    ['2027-05', { from: '2027-05-10', to: '2027-05-20' }, 'possible'],
    ['2027-05', { from: '2027-01-01', to: '2027-05-10' }, 'possible'],
    ['2027-05', { from: null, to: '2027-12-31' }, 'recalled'],
    ['2027-05', { from: '2027-06-01', to: null }, 'out'],
    ['2027-05-31', { from: null, to: '2027-05-31' }, 'recalled'],
  ])('reads a pack that says %s against %o as %s', (expiry, range, verdict) => {
    expect(judged({ days: [{ kind: 'expiry', ranges: [range] }] }, { days: { expiry } })[0]).toBe(verdict)
  })

  it('lets what is excluded out, and asks where that is not known', () => {
    expect(judged({ excluded_lots: ['GOOD1'] }, { lot: 'GOOD1' })).toEqual(['out'])
    expect(judged({ excluded_lots: ['GOOD1'] }, { lot: 'BAD1' })).toEqual(['recalled'])
    expect(judged({ excluded_lots: ['GOOD1'] })).toEqual(['possible', 'lot'])
    expect(judged({ excluded_lots: ['GOOD-1'] }, { lot: 'good1' })).toEqual(['possible', 'confirm'])
    expect(judged({ serials: ['S1', 'S2'], excluded_serials: ['S2'] }, { serial: 'S2' })).toEqual(['out'])
  })

  it('is only possible at another packaging level and for numbers of one company', () => {
    const line = { gtins: [gtin] }
    expect(matchLine(line, item(), 'other_level').verdict).toBe('possible')
    expect(matchLine(line, item(), 'restricted').verdict).toBe('possible')
    expect(matchLine({ ...line, lots: ['A'] }, item({ lot: 'B' }), 'other_level').verdict).toBe('out')
  })
})

describe('a range', () => {
  it.each([
    [{ from: 'L001', to: 'L120' }, undefined],
    [{ from: 'L1', to: 'L120' }, 'number of digits'],
    [{ from: 'A001', to: 'B120' }, 'begin alike'],
    [{ from: 'LOT', to: 'LOX' }, 'end with digits'],
    [{ from: 'L120', to: 'L001' }, 'before its start'],
  ])('of %o can be judged, or says why not', (range, problem) => {
    const found = rangeProblem(range)
    if (problem === undefined) expect(found).toBeUndefined()
    else expect(found).toContain(problem)
  })

  it('holds numbers of its own width alone: 10 is not between 1 and 2, and L99 is not L099', () => {
    expect(isInRange('L010', { from: 'L009', to: 'L011' })).toBe(true)
    expect(isInRange('L10', { from: 'L009', to: 'L011' })).toBe(false)
    expect(isInRange('L99', { from: 'L001', to: 'L100' })).toBe(false)
    expect(isInRange('L0100', { from: 'L001', to: 'L100' })).toBe(false)
  })

  it('says of any number of its width what counting says', () => {
    const number = fc.integer({ min: 0, max: 9999 })
    fc.assert(
      fc.property(number, number, number, (a, b, c) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)]
        const write = (n: number): string => `LOT-${String(n).padStart(4, '0')}`
        const isIn = isInRange(write(c), { from: write(low), to: write(high) })
        expect(isIn).toBe(c >= low && c <= high)
      }),
    )
  })
})

describe('packaging levels', () => {
  it('are nine numbers with right check digits, the item’s own among them', () => {
    const levels = packagingLevelsOf(gtin)
    expect(levels).toHaveLength(9)
    expect(levels).toContain(gtin)
    for (const level of levels) {
      const sum = Array.from(level).reduce(
        (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1),
        0,
      )
      expect(sum % 10).toBe(0)
    }
  })

  it('are not reckoned for variable measures, and numbers of one company are known as such', () => {
    expect(packagingLevelsOf('98012345678900')).toEqual(['98012345678900'])
    expect(isRestricted('02112345678900')).toBe(true)
    expect(isRestricted('00212345678900')).toBe(true)
    expect(isRestricted(gtin)).toBe(false)
  })
})

it('folds what people write differently: case, spaces, hyphens', () => {
  expect(foldLot('ab 12-3')).toBe('AB123')
})
