import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeBusiness } from '#contract/businesses.ts'
import { showDaySummary } from '#contract/order-intents.ts'
import { businessDayOf, dayAway } from '#server/features/restaurant/business-day.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { advance, openShop, placeAt, refusalOf, type Shop } from './shop.ts'

describe('a business day', () => {
  const berlin = (time: string, startsAt: number) =>
    businessDayOf(Date.parse(time), 'Europe/Berlin', startsAt)

  it('starts at its hour on the wall clock, so a night belongs to its evening', () => {
    expect(berlin('2026-11-23T22:59:00Z', 0)).toBe('2026-11-23')
    expect(berlin('2026-11-23T23:00:00Z', 0)).toBe('2026-11-24')
    expect(berlin('2026-11-24T02:59:00Z', 4)).toBe('2026-11-23')
    expect(berlin('2026-11-24T03:00:00Z', 4)).toBe('2026-11-24')
    expect(berlin('2026-12-31T23:30:00Z', 4)).toBe('2026-12-31')
    expect(berlin('2027-01-01T02:30:00Z', 4)).toBe('2026-12-31')
  })

  it('keeps its hour when the clocks change', () => {
    expect(berlin('2026-03-29T01:59:00Z', 4)).toBe('2026-03-28')
    expect(berlin('2026-03-29T02:00:00Z', 4)).toBe('2026-03-29')
    expect(berlin('2026-10-25T02:59:00Z', 4)).toBe('2026-10-24')
    expect(berlin('2026-10-25T03:00:00Z', 4)).toBe('2026-10-25')
    expect([dayAway('2028-02-28', 1), dayAway('2026-01-01', -1)]).toEqual(['2028-02-29', '2025-12-31'])
  })
})

describe('a day in numbers', () => {
  let server: TestServer
  let shop: Shop
  let now = Date.parse('2026-11-23T08:00:00Z')
  beforeAll(async () => {
    server = await startTestServer({ clock: () => now })
    shop = await openShop(server)
    const id = shop.soup.business_id
    await server.window.call(changeBusiness, { params: { id }, body: { timezone: 'Europe/Berlin' } })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  const soup = (quantity: number) => [{ menu_item_id: shop.soup.id, quantity }]

  it('counts from one each day, without a gap where an order was refused', async () => {
    for (const number of [1, 2, 3]) {
      expect((await placeAt(server, { lines: soup(1) })).number).toBe(number)
      await refusalOf(placeAt(server, { lines: [{ menu_item_id: 'nothing', quantity: 1 }] }))
    }
    now += 24 * 3_600_000
    expect(await placeAt(server, { lines: soup(1) })).toMatchObject({ number: 1, business_day: '2026-11-24' })
  })

  it('sums what was sold, and the middle of the times', async () => {
    now = Date.parse('2026-11-25T11:00:00Z')
    for (const [toAccept, toReady] of [
      [10, 100],
      [20, 300],
      [60, 500],
    ] as const) {
      const placed = now
      const { id } = await placeAt(server, { lines: soup(2), guest_count: 3 })
      now = placed + toAccept * 1000
      await advance(server, id)
      await advance(server, id)
      now = placed + toReady * 1000
      await advance(server, id, { to: 'ready' })
      await advance(server, id)
    }
    const { id } = await placeAt(server, { lines: soup(9) })
    await advance(server, id, { to: 'cancelled' })
    await placeAt(server, { lines: soup(1) })
    const { day } = await server.window.call(showDaySummary, { params: { day: '2026-11-25' } })
    expect(day).toMatchObject({
      business_day: '2026-11-25',
      orders: 5,
      served: 3,
      cancelled: 1,
      rejected: 0,
      open: 1,
      total: 7 * 650,
      guests: 9,
      service_requests: 0,
      median_to_accept: 20,
      median_to_ready: 300,
      items: [{ name: 'Soup', quantity: 7, total: 7 * 650 }],
    })
    expect([day.hours.length, day.hours[0]?.hour, day.hours.find(({ hour }) => hour === 12)?.orders]).toEqual(
      [24, 4, 5],
    )
    const empty = await server.window.call(showDaySummary, { params: { day: '2020-01-01' } })
    expect(empty.day).toMatchObject({ orders: 0, median_to_accept: null, items: [] })
  })

  it('comes as a spreadsheet, one row a line', async () => {
    const response = await server.fetch('/api/restaurant/days/2026-11-25?format=csv')
    const rows = (await response.text()).split('\r\n')
    expect([response.headers.get('content-type'), rows.length]).toEqual([
      'text/csv; charset=utf-8',
      1 + 5 + 1,
    ])
    const wrong = await server.fetch('/api/restaurant/days/yesterday')
    expect([404, 422]).toContain(wrong.status)
  })
})
