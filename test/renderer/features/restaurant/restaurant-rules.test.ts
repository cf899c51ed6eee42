import { describe, expect, it } from 'vitest'
import { readBoardPreferences } from '#renderer/features/restaurant/board-preferences.ts'
import { addDays, businessDayOf, isDay } from '#renderer/features/restaurant/business-day.ts'
import { DoubleTouch } from '#renderer/features/restaurant/double-touch.ts'
import { categoriesOf, itemsFound } from '#renderer/features/restaurant/menu-search.ts'
import { minutesSince, toneOfAge } from '#renderer/features/restaurant/order-age.ts'
import { readBoardSearch, readOrdersSearch } from '#renderer/features/restaurant/order-search.ts'
import { stuckTickets } from '#renderer/features/restaurant/print-trouble-bar.tsx'
import { ticketStatesOf } from '#renderer/features/restaurant/use-board-tickets.ts'
import { exampleItem } from './example-orders.ts'

describe('an order’s age', () => {
  const limits = { amber_after_minutes: 10, red_after_minutes: 20 }

  it.each([
    [0, 'calm'],
    [9, 'calm'],
    [10, 'warn'],
    [19, 'warn'],
    [20, 'bad'],
  ])('of %i minutes looks %s', (minutes, tone) => {
    expect(toneOfAge(minutes, limits)).toBe(tone)
  })

  it('is whole minutes, and none where another clock runs ahead', () => {
    const now = Date.parse('2026-11-23T10:00:00Z')
    expect(minutesSince('2026-11-23T09:58:01.000000Z', now)).toBe(1)
    expect(minutesSince('2026-11-23T10:00:30.000000Z', now)).toBe(0)
  })
})

describe('the business day', () => {
  const night = Date.parse('2026-11-24T01:30:00Z')

  it('goes on after midnight where the day starts later, in the zone of the business', () => {
    expect(businessDayOf(night, 'Europe/Berlin', 4)).toBe('2026-11-23')
    expect(businessDayOf(night, 'Europe/Berlin', 0)).toBe('2026-11-24')
    expect(businessDayOf(night, 'America/New_York', 4)).toBe('2026-11-23')
  })

  it('is counted over the ends of months and years', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
    expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
    expect(isDay('2026-02-30')).toBe(false)
    expect(isDay('2026-2-3')).toBe(false)
  })
})

describe('what a device keeps of its board', () => {
  it('is read back, and what makes no sense in it counts as never chosen', () => {
    const kept = { view: 'kitchen', stations: ['bar'], tune: 'alarm', volume: 35, keepAwake: false }
    expect(readBoardPreferences(JSON.stringify(kept))).toEqual(kept)
    const usual = { view: 'counter', stations: [], tune: 'bell', volume: 70, keepAwake: true }
    for (const text of [null, 'nonsense', '[1]', '{"volume":900,"tune":"gong","stations":"bar"}'])
      expect(readBoardPreferences(text)).toEqual(usual)
  })
})

describe('the addresses of the restaurant', () => {
  it('leave out what makes no sense', () => {
    expect(readOrdersSearch({ day: '2026-11-23', status: 'open', page: 2, search: 12, order: 'o' })).toEqual({
      day: '2026-11-23',
      status: 'open',
      page: 2,
      search: '12',
      order: 'o',
    })
    expect(readOrdersSearch({ day: 'yesterday', status: 'eaten', page: -1, search: {} })).toEqual({})
    expect(readBoardSearch({ order: 7 })).toEqual({})
  })
})

describe('the menu in order entry', () => {
  const menu = [
    exampleItem({ id: 'a', name: 'Café crème' }),
    exampleItem({ id: 'b', name: 'Soup', category: null, kitchen_name: 'SUPPE' }),
  ]

  it('is found by words without accents, over all categories', () => {
    expect(itemsFound(menu, 'cafe creme', 'Other').map(({ id }) => id)).toEqual(['a'])
    expect(itemsFound(menu, 'suppe', undefined).map(({ id }) => id)).toEqual(['b'])
    expect(itemsFound(menu, '', 'Coffee').map(({ id }) => id)).toEqual(['a'])
    expect(categoriesOf(menu)).toEqual(['Coffee', ''])
  })
})

describe('what cards say of tickets', () => {
  it('is the state that most needs to be known', () => {
    const job = (order_intent_id: string | null, state: 'held' | 'printed' | 'superseded' | 'sent') =>
      ({ kind: 'kitchen', order_intent_id, state }) as const
    expect(
      ticketStatesOf([
        job('a', 'printed'),
        job('a', 'held'),
        job('b', 'sent'),
        job('c', 'superseded'),
        job(null, 'held'),
      ]),
    ).toEqual({ a: 'held', b: 'printed' })
  })

  it('counts a ticket as stuck once it waits longer than its turn takes', () => {
    const now = Date.parse('2026-11-23T10:00:00Z')
    const trouble = { held: 1, waiting: 2, printers: [] }
    expect(stuckTickets({ ...trouble, oldest_at: '2026-11-23T09:59:55.000000Z' }, now)).toBe(1)
    expect(stuckTickets({ ...trouble, oldest_at: '2026-11-23T09:59:30.000000Z' }, now)).toBe(3)
  })
})

describe('two quick touches', () => {
  it('are one where they meet, and two at two places or with time between them', () => {
    const touches = new DoubleTouch()
    const touch = (what: string, y: number, at: number) => touches.isSecond({ what, x: 100, y, at })
    expect(touch('a', 100, 1_000)).toBe(false)
    expect(touch('b', 104, 1_200)).toBe(true)
    expect(touch('c', 400, 1_300)).toBe(false)
    expect(touch('c', 400, 1_400)).toBe(false)
    expect(touch('d', 400, 2_000)).toBe(false)
  })
})
