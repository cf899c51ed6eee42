import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { advanceOrder } from '#server/features/restaurant/advance-order.ts'
import { listOrders, type OrderFilter } from '#server/features/restaurant/orders-list.ts'
import {
  acknowledgeOrder,
  handoffsOf,
  presentHandoffs,
  type HandoffFilter,
} from '#server/features/restaurant/pos-handoff-store.ts'
import {
  listServiceRequestRows,
  placeServiceRequest,
  resolveServiceRequestRow,
} from '#server/features/restaurant/service-requests-store.ts'
import { changeSettingsOf, settingsOf } from '#server/features/restaurant/settings.ts'
import {
  defaultStation,
  insertStation,
  liveStations,
  removeStation,
} from '#server/features/restaurant/stations-store.ts'
import type { OrderIntentRow } from '#server/features/restaurant/table.ts'
import { databases } from '#test/support/databases.ts'
import { morning, openKitchen, type Kitchen } from './kitchen.ts'
import { refusalOf } from './shop.ts'

describe.each(databases)('the restaurant’s stores on %s', (_name, open) => {
  let own: Kitchen
  let soup: OrderIntentRow
  let beer: OrderIntentRow
  beforeAll(async () => {
    own = await openKitchen(open)
    const order = { customer_name: 'Zoë 100%_\\', lines: [{ menu_item_id: own.soup.id, quantity: 1 }] }
    soup = await own.place([], { order })
    const table = { id: 'x', name: 'Terrace 4' }
    beer = await own.place([{ menu_item_id: own.beer.id, quantity: 2 }], { table, now: morning + 1000 })
  })
  afterAll(() => own.database.close())

  const found = async (filter: Partial<OrderFilter>) => {
    const whole: OrderFilter = {
      businessIds: [own.businessId],
      status: undefined,
      stationId: undefined,
      businessDay: undefined,
      search: undefined,
      today: '2026-11-23',
      ...filter,
    }
    const { total, rows } = await listOrders(own.db, whole, { limit: 10, offset: 0 })
    expect(total).toBe(rows.length)
    return rows.map(({ number }) => number)
  }

  it('find orders by state, day, station and text, wildcards meaning themselves', async () => {
    expect(await found({})).toEqual([2, 1])
    expect(await found({ status: 'open' })).toEqual([1, 2])
    expect(await found({ status: 'served' })).toEqual([])
    expect(await found({ businessDay: '2026-11-23' })).toEqual([2, 1])
    expect(await found({ stationId: own.bar.id })).toEqual([2])
    expect(await found({ stationId: own.kitchen.id })).toEqual([1])
    for (const search of ['ZOE', '100%', '%_\\', 'soup', '#1', '1'])
      expect(await found({ search })).toEqual([1])
    expect(await found({ search: 'terrace' })).toEqual([2])
    expect(await found({ search: '0%0' })).toEqual([])
    expect(await found({ search: 'soup', today: '2027-11-23' })).toEqual([1])
    expect(await found({ businessIds: [] })).toEqual([])
    expect(await found({ businessIds: [own.businessId, 'other'] })).toEqual([2, 1])
  })

  it('let one of two take a step, where both have read the same row', async () => {
    const step = { by: 'Ada', now: morning + 2000 }
    const next = await advanceOrder(own.db, soup, step, own.print)
    expect(await refusalOf(advanceOrder(own.db, soup, step, own.print))).toMatchObject({ status: 409 })
    expect(next.status).toBe('accepted')
  })

  it('hand orders to tills in the sequence of their changes, less what is acknowledged', async () => {
    const pending = async (more: Partial<HandoffFilter> = {}) => {
      const filter = {
        after: undefined,
        status: undefined,
        pending: true,
        profile: 'square' as const,
        ...more,
      }
      const all = handoffsOf(own.db, { businessIds: [own.businessId], ...filter })
      return all.selectAll().orderBy('change_seq').execute()
    }
    expect((await pending()).map(({ number }) => number)).toEqual([2, 1])
    expect((await pending({ after: beer.change_seq })).map(({ number }) => number)).toEqual([1])
    const by = { profile: 'square' as const, externalRef: undefined, now: morning }
    await acknowledgeOrder(own.db, beer, by)
    await acknowledgeOrder(own.db, beer, { ...by, externalRef: 'S-1', now: morning + 5000 })
    const kept = await own.db.selectFrom('pos_acknowledgements').selectAll().execute()
    expect(kept).toEqual([
      {
        order_intent_id: beer.id,
        profile: 'square',
        revision: 1,
        external_ref: 'S-1',
        acknowledged_at: '2026-11-23T08:30:00.000000Z',
      },
    ])
    expect((await pending()).map(({ number }) => number)).toEqual([1])
    expect((await pending({ profile: 'clover' })).length).toBe(2)
    const [handed] = await presentHandoffs(own.db, [beer], 'square')
    expect(handed).toMatchObject({ acknowledged_at: kept[0]?.acknowledged_at, table: 'Terrace 4' })
  })

  it('keep calls for service, settings and one default station', async () => {
    const call = { businessId: own.businessId, table: null, kind: 'help' as const, note: null }
    const first = await placeServiceRequest(own.db, { ...call, now: morning })
    await placeServiceRequest(own.db, { ...call, now: morning + 1 })
    await resolveServiceRequestRow(own.db, first, { by: 'Ada', now: morning + 2, note: 'done' })
    const { total, rows } = await listServiceRequestRows(own.db, [own.businessId], undefined, {
      limit: 10,
      offset: 0,
    })
    expect([total, rows.map(({ status, note }) => [status, note])]).toEqual([
      2,
      [
        ['open', null],
        ['resolved', 'done'],
      ],
    ])
    await changeSettingsOf(own.db, own.businessId, { auto_accept: true }, morning)
    await changeSettingsOf(own.db, own.businessId, { day_starts_at: 0 }, morning)
    expect(await settingsOf(own.db, own.businessId)).toMatchObject({ auto_accept: true, day_starts_at: 0 })
    const input = { name: 'Pass', is_default: true, sort: 2 }
    const pass = await insertStation(own.db, own.businessId, input, morning)
    const defaultName = async () => defaultStation(await liveStations(own.db, own.businessId))?.name
    expect(await defaultName()).toBe('Pass')
    await removeStation(own.db, pass, morning)
    expect(await defaultName()).toBe('Kitchen')
  })
})
