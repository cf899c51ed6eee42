import { describe, expect, test } from 'vitest'
import { isPlain, lineOf } from '#renderer/features/passports/override-lines.ts'
import {
  draftOf,
  emptyDocument,
  emptyMaterial,
  fieldsOf,
  newDraft,
  withoutBlankRows,
} from '#renderer/features/passports/passport-draft.ts'

const [jam, other] = ['09506000134352', '09506000134376']

describe('a passport as it is typed', () => {
  test.each([
    ['0,35', 350],
    ['0.35', 350],
    ['12', 12_000],
    ['', null],
    // The server says at the field what it wants there.
    ['1,234', '1,234'],
    ['heavy', 'heavy'],
  ])('%j kilograms are sent as %j grams', (weight, grams) => {
    expect(fieldsOf({ ...newDraft(), weight }).core.weight_grams).toBe(grams)
  })

  test('keeps percents exact, there and back', () => {
    const materials = [{ ...emptyMaterial, name: 'Cotton', share: '12.3', recycled_share: '99,99' }]
    const { core } = fieldsOf({ ...newDraft(), materials })
    expect(core.materials).toMatchObject([{ share: 1230, recycled_share: 9999 }])
    const back = draftOf({ ...fieldsOf(newDraft()), core })
    expect(back.materials).toMatchObject([{ share: '12.3', recycled_share: '99.99' }])
  })

  test('drops rows that say nothing, so that a row that is wrong keeps its place', () => {
    const documents = [emptyDocument, { ...emptyDocument, title: 'Manual', url: 'nonsense' }]
    const tidy = withoutBlankRows({ ...newDraft(), documents })
    expect(tidy.documents).toHaveLength(1)
    expect(fieldsOf(tidy).core.documents).toMatchObject([{ title: 'Manual', url: 'nonsense' }])
  })

  test('sends the fields of its own group alone, and forgets none of another', () => {
    const draft = { ...newDraft(), profile: 'food' as const, extension: { fat: '3,5', chemistry: 'LFP' } }
    expect(fieldsOf(draft).extension).toEqual({ fat: 3.5 })
    expect(fieldsOf({ ...draft, profile: 'battery' }).extension).toEqual({ chemistry: 'LFP' })
  })

  test('names a lot or a serial number only where it speaks of one', () => {
    const draft = { ...newDraft(), lot: 'L1', serial: '7' }
    expect(fieldsOf(draft)).toMatchObject({ lot: null, serial: null })
    expect(fieldsOf({ ...draft, granularity: 'lot' })).toMatchObject({ lot: 'L1', serial: null })
    expect(fieldsOf({ ...draft, granularity: 'item' })).toMatchObject({ lot: 'L1', serial: '7' })
  })
})

describe('the lots of a recall can be edited beside its passport', () => {
  test('where it is of this product alone and says nothing but lots', () => {
    expect(isPlain([{ gtins: [jam], lots: ['L1'] }], jam)).toBe(true)
    expect(isPlain([{ gtins: [jam], lots: ['L1'], serials: [], original_text: null }], jam)).toBe(true)
    expect(isPlain([{ gtins: [jam] }], jam)).toBe(true)
  })

  test.each([
    ['of another product too', [{ gtins: [jam, other], lots: ['L1'] }]],
    ['of another product', [{ gtins: [other], lots: ['L1'] }]],
    [
      'with a line of its own for another',
      [
        { gtins: [jam], lots: ['L1'] },
        { gtins: [other], lots: ['L2'] },
      ],
    ],
    ['with every unit beside some lots', [{ gtins: [jam] }, { gtins: [jam], lots: ['L1'] }]],
    ['with ranges', [{ gtins: [jam], lot_ranges: [{ from: 'A1', to: 'A9' }] }]],
    ['with exceptions', [{ gtins: [jam], excluded_lots: ['L9'] }]],
    ['of nothing', []],
  ])('and never where it is %s: goods would fall out of it', (_name, lines) => {
    expect(isPlain(lines, jam)).toBe(false)
  })

  test('and none means every unit', () => {
    expect(lineOf(jam, ' \n')).toEqual({ gtins: [jam] })
    expect(lineOf(jam, 'L1\nL2, L3')).toEqual({ gtins: [jam], lots: ['L1', 'L2', 'L3'] })
  })
})
