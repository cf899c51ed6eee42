import { describe, expect, it } from 'vitest'
import type { MenuItem } from '#contract/menu-items.ts'
import { draftOf, inputOf } from '#renderer/features/menu/menu-draft.ts'
import { makeMoney } from '#renderer/lib/money.ts'

const money = makeMoney(['en-GB'], 'EUR')

const latte: MenuItem = {
  id: 'i1',
  business_id: 'b1',
  name: 'Latte',
  kitchen_name: null,
  description: 'With milk',
  category: 'Coffee',
  price: 380,
  currency: 'EUR',
  station_id: 's1',
  allergens: ['milk'],
  modifier_groups: [
    {
      id: 'g1',
      name: 'Which milk?',
      min: 1,
      max: 1,
      options: [
        { id: 'o1', name: 'Cow', price: 0, is_available: true },
        { id: 'o2', name: 'Oat', price: 50, is_available: false },
      ],
    },
  ],
  pos_refs: {},
  is_available: true,
  sort: 0,
  created_at: '2026-11-23T09:00:00.000000Z',
  updated_at: '2026-11-23T09:00:00.000000Z',
}

describe('an item of the menu being typed', () => {
  it('is sent as it came where nothing was changed', () => {
    const { name, price, modifier_groups, allergens, station_id, category } = latte
    expect(inputOf(draftOf(latte, money), money)).toMatchObject({
      name,
      price,
      modifier_groups,
      allergens,
      station_id,
      category,
      kitchen_name: null,
    })
  })

  it('takes an empty extra price for none, and empty texts for nothing', () => {
    const draft = draftOf(undefined, money, 'Tea')
    const input = inputOf({ ...draft, name: 'Green', price: '3,20', stationId: '' }, money)
    expect(input).toMatchObject({ price: 320, category: 'Tea', station_id: null, description: null })
  })

  it('sends no number for a price that is none, so that the server says so at its field', () => {
    const input = inputOf({ ...draftOf(latte, money), price: 'three' }, money)
    expect(JSON.parse(JSON.stringify(input))).toMatchObject({ price: null })
  })
})
