import { describe, expect, it } from 'vitest'
import {
  addLine,
  bodyLinesOf,
  draftOfOrder,
  emptyDraft,
  newOrderOf,
  openGroups,
  putLine,
  setQuantity,
  toggleOption,
  totalOf,
  type DraftLine,
} from '#renderer/features/restaurant/order-draft.ts'
import { exampleItem, exampleLine, exampleOrder } from './example-orders.ts'

const milk = {
  id: 'milk',
  name: 'Which milk?',
  min: 1,
  max: 1,
  options: [
    { id: 'oat', name: 'Oat', price: 50, is_available: true },
    { id: 'cow', name: 'Cow', price: 0, is_available: true },
  ],
}
const extras = {
  id: 'extras',
  name: 'Extras',
  min: 0,
  max: 2,
  options: ['shot', 'syrup', 'ice'].map((id) => ({ id, name: id, price: 100, is_available: true })),
}
const coffee = exampleItem({ modifier_groups: [milk, extras] })

function line(part: Partial<DraftLine> = {}): DraftLine {
  return { key: 'a', item: coffee, quantity: 1, chosen: {}, note: '', ...part }
}

describe('the draft of an order', () => {
  it('adds the same choice to the line that is there, and another one as a line of its own', () => {
    const oat = { milk: { oat: 1 } }
    const twice = addLine(addLine(emptyDraft, line({ chosen: oat })), line({ key: 'b', chosen: oat }))
    expect(twice.lines.map(({ quantity }) => quantity)).toEqual([2])
    const other = addLine(twice, line({ key: 'c', chosen: oat, note: 'hot' }))
    expect(other.lines.map(({ quantity }) => quantity)).toEqual([2, 1])
  })

  it('counts modifiers and quantity into the total', () => {
    const lines = [line({ quantity: 3, chosen: { milk: { oat: 1 }, extras: { shot: 1 } } })]
    expect(totalOf(lines)).toBe(3 * (380 + 50 + 100))
  })

  it('says which groups still want a choice', () => {
    expect(openGroups(line()).map(({ id }) => id)).toEqual(['milk'])
    expect(openGroups(line({ chosen: { milk: { cow: 1 } } }))).toEqual([])
  })

  it('changes the one choice of a group of one, and takes no more than a group allows', () => {
    const oat = toggleOption(milk, {}, 'oat')
    expect(toggleOption(milk, oat, 'cow')).toEqual({ milk: { cow: 1 } })
    expect(toggleOption(milk, oat, 'oat')).toEqual({ milk: {} })
    const full = toggleOption(extras, toggleOption(extras, {}, 'shot'), 'syrup')
    expect(toggleOption(extras, full, 'ice')).toEqual(full)
  })

  it('takes a line away at none and stops at 99', () => {
    const draft = addLine(emptyDraft, line())
    expect(setQuantity(draft, 'a', 0).lines).toEqual([])
    expect(setQuantity(draft, 'a', 1000).lines[0]?.quantity).toBe(99)
  })

  it('keeps the place of a line that is changed', () => {
    const draft = addLine(addLine(emptyDraft, line()), line({ key: 'b', note: 'second' }))
    expect(putLine(draft, line({ note: 'changed' })).lines.map(({ note }) => note)).toEqual([
      'changed',
      'second',
    ])
  })

  it('sends what the API takes: the menu’s price along, and nothing that the service has not', () => {
    const draft = {
      ...emptyDraft,
      serviceType: 'takeaway' as const,
      tableId: 'table-1',
      guests: '4',
      name: ' Zoë ',
      lines: [line({ chosen: { milk: { oat: 1 } }, note: ' ' })],
    }
    expect(newOrderOf(draft, 'business', true)).toEqual({
      business_id: 'business',
      service_type: 'takeaway',
      table_id: null,
      guest_count: null,
      customer_name: 'Zoë',
      customer_phone: null,
      notes: null,
      accept: true,
      lines: [
        {
          menu_item_id: 'item-1',
          quantity: 1,
          unit_price: 380,
          modifiers: [{ group_id: 'milk', option_id: 'oat', quantity: 1 }],
          note: null,
        },
      ],
    })
  })

  it('is made of an order, naming what the menu has no more', () => {
    const modifiers = [{ group_id: 'milk', option_id: 'oat', name: 'Oat', quantity: 1, price: 50 }]
    const order = exampleOrder({
      lines: [
        exampleLine({ id: 'kept', quantity: 2, modifiers }),
        exampleLine({ id: 'gone', menu_item_id: 'deleted', name: 'Soup of last week' }),
      ],
    })
    const { draft, gone } = draftOfOrder(order, [coffee])
    expect(gone).toEqual(['Soup of last week'])
    expect(bodyLinesOf(draft.lines)).toMatchObject([
      {
        menu_item_id: 'item-1',
        quantity: 2,
        modifiers: [{ group_id: 'milk', option_id: 'oat', quantity: 1 }],
      },
    ])
  })
})
