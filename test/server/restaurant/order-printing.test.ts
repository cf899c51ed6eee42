import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { advanceOrder, undoStep } from '#server/features/restaurant/advance-order.ts'
import { changeOrder } from '#server/features/restaurant/change-order.ts'
import { eventsOf } from '#server/features/restaurant/orders-store.ts'
import { changeSettingsOf } from '#server/features/restaurant/settings.ts'
import { removeStation, updateStation } from '#server/features/restaurant/stations-store.ts'
import type { OrderIntentRow } from '#server/features/restaurant/table.ts'
import { databases } from '#test/support/databases.ts'
import { morning, openKitchen, type Kitchen } from './kitchen.ts'
import { refusalOf } from './shop.ts'

describe.each(databases)('what an order prints, on %s', (_name, open) => {
  let own: Kitchen
  let soup: string
  let beer: string
  beforeAll(async () => {
    own = await openKitchen(open)
    soup = own.soup.id
    beer = own.beer.id
  })
  afterAll(() => own.database.close())
  beforeEach(() => own.print.take())

  const accepted = (...lines: [id: string, quantity: number][]) =>
    own.place(
      lines.map(([menu_item_id, quantity]) => ({ menu_item_id, quantity })),
      { accept: true },
    )
  const step = (row: OrderIntentRow, to?: OrderIntentRow['status'], now = morning) =>
    advanceOrder(own.db, row, { to, by: 'Ada', now }, own.print)
  const undo = (row: OrderIntentRow, now = morning) => undoStep(own.db, row, { by: 'Ada', now }, own.print)
  const change = (row: OrderIntentRow, body: Parameters<typeof changeOrder>[2]) =>
    changeOrder(own.db, row, body, own.print, morning)

  it('goes to the station of each item, and to the default one without', async () => {
    const { business_day, number } = await accepted([soup, 2], [beer, 1])
    expect(own.print.jobs.map(({ ticket }) => ticket.order_number)).toEqual([String(number), String(number)])
    expect(own.print.jobs[0]).toMatchObject({
      businessDay: business_day,
      station: { name: 'Kitchen', prefix: 'K', afterDoubt: 'reprint', holdAfterMinutes: 30 },
      ticket: {
        shop: { logo: null },
        total: null,
        timezone: 'Europe/Berlin',
        accepted_at: expect.any(String) as string,
      },
    })
    expect(own.print.take()).toEqual(['kitchen Kitchen@1.1: 2 SOUP', 'kitchen Bar@1.1: 1 Beer'])
  })

  it('prints nothing before it is accepted, and each thing once', async () => {
    const row = await own.place([{ menu_item_id: soup, quantity: 1 }])
    const waiting = await change(row, { lines: [{ menu_item_id: soup, quantity: 3 }] })
    expect([waiting.revision, waiting.total, own.print.take()]).toEqual([2, 1950, []])
    const ready = await step(await step(await step(waiting)))
    expect([ready.status, own.print.jobs.length]).toEqual(['ready', 1])
    // The first paper of an order is no change, however often it was changed before.
    expect(own.print.take()).toEqual(['kitchen Kitchen@2.1: 3 SOUP'])
  })

  it('prints a change where it concerns a station, a VOID where nothing is left, and keeps prices as taken', async () => {
    const row = await accepted([soup, 1])
    own.print.take()
    await own.db
      .updateTable('menu_items')
      .set({ price: 999, is_available: 0 })
      .where('id', '=', soup)
      .execute()
    const [kept] = [soup].map((menu_item_id) => ({ menu_item_id, quantity: 1 }))
    const more = await change(row, { lines: [kept!, { menu_item_id: beer, quantity: 2 }] })
    expect([more.revision, more.total]).toEqual([2, 650 + 800])
    expect(own.print.take()).toEqual(['kitchen Bar@2.1: 2 Beer'])
    const dearer = change(more, { lines: [{ menu_item_id: soup, quantity: 2 }] })
    expect((await refusalOf(dearer)).errors).toEqual({
      'lines.0.quantity': ['No more of Soup can be had: it is not available at the moment.'],
    })
    await own.db
      .updateTable('menu_items')
      .set({ price: 650, is_available: 1 })
      .where('id', '=', soup)
      .execute()
    const less = await change(more, { lines: [{ menu_item_id: beer, quantity: 1 }] })
    expect(own.print.take()).toEqual(['kitchen Bar@3.1 changed: 1 Beer', 'void Kitchen@3.1: 1 SOUP'])
    const noted = await change(less, { notes: 'nut allergy' })
    expect([noted.revision, own.print.take()]).toEqual([4, ['kitchen Bar@4.1 changed: 1 Beer']])
    const same = await change(noted, { customer_name: null, lines: [{ menu_item_id: beer, quantity: 1 }] })
    expect([same.revision, own.print.take()]).toEqual([4, []])
  })

  it('is voided by a cancellation, and printed again when that is taken back', async () => {
    const row = await accepted([soup, 1], [beer, 1])
    own.print.take()
    const cancelled = await step(row, 'cancelled')
    expect(own.print.take()).toEqual(['void Kitchen@2.1: 1 SOUP', 'void Bar@2.1: 1 Beer'])
    const back = await undo(cancelled)
    expect([back.status, back.closed_at, back.revision]).toEqual(['accepted', null, 3])
    expect(own.print.take()).toEqual([
      'kitchen Kitchen@3.1 changed: 1 SOUP',
      'kitchen Bar@3.1 changed: 1 Beer',
    ])
  })

  it('is voided when its acceptance is taken back, and printed by the next one', async () => {
    const row = await accepted([soup, 1])
    own.print.take()
    const back = await undo(row, morning + 9_000)
    expect([back.status, back.accepted_at]).toEqual(['received', null])
    expect(own.print.jobs[0]?.ticket.accepted_at).toBe(row.accepted_at)
    expect(own.print.take()).toEqual(['void Kitchen@2.1: 1 SOUP'])
    expect((await refusalOf(undo(back, morning + 9_000))).errors).toEqual({
      undo: ['There is no step of this order to take back.'],
    })
    const again = await step(back, 'accepted', morning + 20_000)
    // Not as if it were the first: an earlier paper may lie in the kitchen.
    expect(own.print.take()).toEqual(['kitchen Kitchen@2.1 changed: 1 SOUP'])
    expect((await refusalOf(undo(again, morning + 31_000))).errors?.['undo']?.[0]).toContain('ten seconds')
    const history = await eventsOf(own.db, [row.id])
    expect(history.map(({ from_status, to_status }) => [from_status, to_status])).toEqual([
      [null, 'received'],
      ['received', 'accepted'],
      ['accepted', 'received'],
      ['received', 'accepted'],
    ])
  })

  it('prints the whole order at a pass, in copies, and the guest’s ticket with prices where wanted', async () => {
    const { db, businessId, bar } = own
    const pass = await updateStation(db, bar, { prints_whole_order: true, copies: 2 }, morning)
    const wish = {
      guest_ticket_station_id: bar.id,
      ticket_qr_url: 'https://example.com/',
      ticket_lines: ['Main St 1'],
    }
    await changeSettingsOf(db, businessId, wish, morning)
    await accepted([soup, 1])
    expect(own.print.jobs.at(-1)?.ticket).toMatchObject({
      kind: 'guest',
      total: 650,
      shop: { lines: ['Main St 1'] },
      qr: { text: 'https://example.com/' },
    })
    expect(new Set(own.print.jobs.map(({ dedupeKey }) => dedupeKey)).size).toBe(4)
    expect(own.print.take()).toEqual([
      'kitchen Kitchen@1.1: 1 SOUP',
      'kitchen Bar@1.1: 1 SOUP',
      'kitchen Bar@1.2: 1 SOUP',
      'guest Bar@1.1: 1 Soup',
    ])
    await updateStation(db, pass, { prints_whole_order: false, copies: 1 }, morning)
    await changeSettingsOf(db, businessId, { guest_ticket_station_id: null }, morning)
  })

  it('leaves nothing out when a station is gone: its items go to the default one', async () => {
    const waiting = await own.place([{ menu_item_id: beer, quantity: 1 }])
    await removeStation(own.db, own.bar, morning)
    await step(waiting)
    expect(own.print.take()).toEqual(['kitchen Kitchen@1.1: 1 Beer'])
    await removeStation(own.db, own.kitchen, morning)
    await accepted([soup, 1])
    expect(own.print.take()).toEqual(['kitchen -@1.1: 1 SOUP'])
  })

  it('is not printed, numbered or kept where its transaction fails', async () => {
    const before = await own.db.selectFrom('order_intents').select('number').execute()
    const failing = { enqueue: () => Promise.reject(new Error('disk')), wake: () => {} }
    const placing = own.place([{ menu_item_id: soup, quantity: 1 }], { accept: true, print: failing })
    await expect(placing).rejects.toThrow('disk')
    const next = await own.place([{ menu_item_id: soup, quantity: 1 }])
    const numbers = [...before.map(({ number }) => number), next.number].toSorted((a, b) => a - b)
    expect(numbers).toEqual(numbers.map((_, at) => at + 1))
  })
})
