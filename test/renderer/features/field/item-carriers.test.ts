import { describe, expect, it } from 'vitest'
import type { RecallVerdict, Verdict } from '#contract/recalls.ts'
import { chooseItem, itemsToCheck, type Reading } from '#renderer/features/field/item-carriers.ts'

const [milk, bread] = ['09506000134352', '09506000134376']

/** A verdict on `{gtin, lot, serial}` as the server gives it, as far as the page looks. */
function verdictOn(
  { gtin, lot, serial }: { gtin?: string; lot?: string; serial?: string },
  verdict: Verdict = 'not_listed',
  missing: string[] = [],
): RecallVerdict {
  const elements = [
    ['01', gtin],
    ['10', lot],
    ['21', serial],
  ].flatMap(([ai = '', value]) =>
    value === undefined ? [] : [{ ai, title: ai, value, display: value, carrier: 0 }],
  )
  const result = { gtin: gtin ?? null, elements, errors: [], hri: [] }
  return { verdict, missing, matches: [], sentence: '', result } as unknown as RecallVerdict
}

function before(verdict: RecallVerdict, ...carriers: string[]): Reading['before'] {
  return { carriers, typed: {}, verdict }
}

const needsLot = before(verdictOn({ gtin: milk }, 'possible', ['lot']), 'ean')

describe('what belongs to one item', () => {
  it('is asked in one go: the codes together, with what was there, and each alone', () => {
    expect(
      itemsToCheck({ before: needsLot, fresh: ['a', 'b'] }).map(({ carriers }) => carriers.join('+')),
    ).toEqual(['a+b', 'ean+a+b', 'a', 'b'])
  })

  it('is a second code with the lot that was missing', () => {
    const alone = verdictOn({ lot: 'L7' }, 'unreadable')
    const joined = verdictOn({ gtin: milk, lot: 'L7' }, 'recalled')
    const reading = { before: needsLot, fresh: ['lot'], inSight: [] }
    expect(chooseItem(reading, [alone, joined])).toMatchObject({
      verdict: { verdict: 'recalled' },
      isJoined: true,
      item: { carriers: ['ean', 'lot'] },
    })
  })

  it('is not something that could not be read and what is read after it', () => {
    const own = verdictOn({ gtin: milk, lot: 'L7' }, 'recalled')
    const joined = verdictOn({ gtin: milk, lot: 'L7' }, 'unreadable')
    const reading = {
      before: before(verdictOn({}, 'unreadable'), 'a shelf label'),
      fresh: ['code'],
      inSight: [],
    }
    expect(chooseItem(reading, [own, joined])).toMatchObject({ isJoined: false, verdict: own })
  })

  it('is an EAN after the code with the lot, though an EAN has no application identifiers', () => {
    const first = before(verdictOn({ lot: 'L7' }, 'unreadable'), 'lot')
    const ean = verdictOn({}, 'possible', ['lot'])
    ean.result.gtin = milk
    const joined = verdictOn({ gtin: milk, lot: 'L7' }, 'recalled')
    const reading = { before: first, fresh: ['ean'], inSight: [] }
    expect(chooseItem(reading, [ean, joined])).toMatchObject({ isJoined: true, verdict: joined })
  })

  it('is not a code of another product', () => {
    const other = verdictOn({ gtin: bread, lot: 'L7' })
    const reading = { before: needsLot, fresh: ['bread'], inSight: [] }
    expect(chooseItem(reading, [other, other])).toMatchObject({ isJoined: false, verdict: other })
  })

  it('is not the next pack of the same product with another lot', () => {
    const first = before(verdictOn({ gtin: milk, lot: 'L7' }, 'recalled'), 'pack 1')
    const second = verdictOn({ gtin: milk, lot: 'L8' })
    const reading = { before: first, fresh: ['pack 2'], inSight: [] }
    expect(chooseItem(reading, [second, second])).toMatchObject({
      isJoined: false,
      item: { carriers: ['pack 2'] },
    })
  })

  it('is the EAN beside a code that said it all: recalled stays recalled', () => {
    const first = before(verdictOn({ gtin: milk, lot: 'L7' }, 'recalled'), 'matrix')
    const ean = verdictOn({ gtin: milk }, 'possible', ['lot'])
    const joined = verdictOn({ gtin: milk, lot: 'L7' }, 'recalled')
    const at = (...inSight: string[]) => chooseItem({ before: first, fresh: ['ean'], inSight }, [ean, joined])
    expect(at('matrix', 'ean')).toMatchObject({ isJoined: true, verdict: { verdict: 'recalled' } })
    // Alone in sight it is another pack.
    expect(at('ean')).toMatchObject({ isJoined: false, verdict: { verdict: 'possible' } })
  })

  it('is never a pack without a lot after one that is not listed', () => {
    const first = before(verdictOn({ gtin: milk, lot: 'L8' }), 'pack 1')
    const ean = verdictOn({ gtin: milk }, 'possible', ['lot'])
    const joined = verdictOn({ gtin: milk, lot: 'L8' })
    const reading = { before: first, fresh: ['ean'], inSight: [] }
    expect(chooseItem(reading, [ean, joined])?.verdict.verdict).toBe('possible')
  })

  it('is a new item when the same code is scanned once more', () => {
    const first = before(verdictOn({ gtin: milk }, 'possible', ['lot']), 'ean')
    const again = verdictOn({ gtin: milk }, 'possible', ['lot'])
    const reading = { before: first, fresh: ['ean'], inSight: [] }
    expect(chooseItem(reading, [again, again])).toMatchObject({ isJoined: false })
  })

  it('is the one nearest the middle where two items are in sight', () => {
    const [one, other] = [verdictOn({ gtin: milk, lot: 'L7' }, 'recalled'), verdictOn({ gtin: bread })]
    const both = verdictOn({ gtin: milk, lot: 'L7' }, 'unreadable')
    const reading = { before: undefined, fresh: ['milk', 'bread'], inSight: [] }
    expect(chooseItem(reading, [both, one, other])).toMatchObject({
      isOneOfSeveral: true,
      verdict: { verdict: 'recalled' },
      item: { carriers: ['milk'] },
    })
  })

  it('is all codes of one label in sight together', () => {
    const [ean, lot] = [
      verdictOn({ gtin: milk }, 'possible', ['lot']),
      verdictOn({ lot: 'L7' }, 'unreadable'),
    ]
    const both = verdictOn({ gtin: milk, lot: 'L7' }, 'recalled')
    const reading = { before: undefined, fresh: ['ean', 'lot'], inSight: [] }
    expect(chooseItem(reading, [both, ean, lot])).toMatchObject({ isOneOfSeveral: false, verdict: both })
  })

  it('is nothing when the answer is short', () => {
    expect(chooseItem({ before: undefined, fresh: ['a'], inSight: [] }, [])).toBeUndefined()
  })
})
