import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import { createMenuItem } from '#contract/menu-items.ts'
import {
  advanceOrderIntent,
  changeOrderIntent,
  createOrderIntent,
  findOrderIntent,
  listOrderIntents,
  watchRestaurant,
} from '#contract/order-intents.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import type { AppEvent } from '#contract/events.ts'
import { listServiceRequests, resolveServiceRequest } from '#contract/service-requests.ts'
import { listTokens, revokeToken } from '#contract/tokens.ts'
import { insertOrder } from '#server/features/restaurant/orders-store.ts'
import { placeServiceRequest } from '#server/features/restaurant/service-requests-store.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { advance, openShop, placeAt, refusalOf, withOat, type Shop } from './shop.ts'

let server: TestServer
let shop: Shop
beforeAll(async () => {
  server = await startTestServer()
  shop = await openShop(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const soup = () => [{ menu_item_id: shop.soup.id, quantity: 1 }]
const coffee = () => [{ menu_item_id: shop.coffee.id, quantity: 1, modifiers: withOat }]
const list = async (query: QueryOf<typeof listOrderIntents>) =>
  (await server.window.call(listOrderIntents, { query })).order_intents
const numbers = async (query: QueryOf<typeof listOrderIntents>) =>
  (await list(query)).data.map(({ number }) => number)

describe('the list of orders', () => {
  it('has open ones oldest first, the others newest first, with what happened to each', async () => {
    await placeAt(server, { lines: soup(), customer_name: 'Zoë Łukasik', table_id: shop.table.id })
    await placeAt(server, { lines: coffee(), accept: true })
    const { id } = await placeAt(server, { lines: [...soup(), ...coffee()] })
    await advance(server, id, { to: 'rejected', note: 'closed' })
    expect(await numbers({ status: 'open' })).toEqual([1, 2])
    expect(await numbers({})).toEqual([3, 2, 1])
    expect(await numbers({ status: 'rejected' })).toEqual([3])
    const [newest] = (await list({})).data
    expect(newest?.history.at(-1)).toMatchObject({
      from: 'received',
      to: 'rejected',
      note: 'closed',
      by: 'Owner',
    })
    expect(await numbers({ business_day: newest!.business_day })).toEqual([3, 2, 1])
    expect(await numbers({ business_day: '2020-01-01' })).toEqual([])
  })

  it('finds by number, table, customer and item, whatever the case and accents', async () => {
    expect(await numbers({ search: 'zoe' })).toEqual([1])
    expect(await numbers({ search: 'SOUP' })).toEqual([3, 1])
    expect(await numbers({ search: '12' })).toEqual([1])
    expect(await numbers({ search: '#2' })).toEqual([2])
    expect(await numbers({ search: '%' })).toEqual([])
    expect(await numbers({ search: 'soup', status: 'open' })).toEqual([1])
  })

  it('shows a station what is for it', async () => {
    expect(await numbers({ station_id: shop.bar.id })).toEqual([3, 2])
    expect(await numbers({ station_id: shop.kitchen.id, status: 'open' })).toEqual([1])
    expect(await numbers({ station_id: 'nothing' })).toEqual([])
  })
})

describe('an order that is changed', () => {
  it('is seen once somebody says so, and closed orders stay as they are', async () => {
    const token = await server.withToken(['restaurant:write', 'restaurant:read'])
    const order = await placeAt(server, { lines: soup() })
    const params = { id: order.id }
    const body = { lines: soup(), accept: true }
    const taken = await token.call(createOrderIntent, { body })
    expect(taken.order_intent).toMatchObject({ status: 'accepted', source: 'api', acknowledged_at: null })
    const unseen = await token.call(changeOrderIntent, { params, body: { acknowledged: false } })
    expect(unseen.order_intent.acknowledged_at).toBeNull()
    const ended = await token.call(advanceOrderIntent, { params, body: { to: 'cancelled' } })
    expect(ended.order_intent.history.at(-1)?.by).toBe('Test')
    const late = server.window.call(changeOrderIntent, { params, body: { lines: soup() } })
    expect(await refusalOf(late)).toMatchObject({
      status: 409,
      message: `Order ${order.number} is cancelled: what was ordered can no longer be changed.`,
    })
  })

  it('is refused under an old If-Match, and its money never runs over', async () => {
    const order = await placeAt(server, { lines: soup() })
    const path = `/api/restaurant/order-intents/${order.id}`
    const etag = (await server.fetch(path)).headers.get('etag') ?? ''
    const patch = (body: object) =>
      server.fetch(path, {
        method: 'PATCH',
        headers: { 'If-Match': etag, 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect([(await patch({ guest_count: 2 })).status, (await patch({ guest_count: 3 })).status]).toEqual([
      200, 412,
    ])
    const body = { name: 'Palace', price: 1_000_000_000 }
    const { menu_item } = await server.window.call(createMenuItem, { body })
    const many = Array.from({ length: 200 }, () => ({ menu_item_id: menu_item.id, quantity: 99 }))
    expect((await refusalOf(placeAt(server, { lines: many }))).errors).toEqual({
      lines: ['One order cannot come to more than €20,000,000.00. Split it into several.'],
    })
  })
})

describe('calls for service', () => {
  it('come open ones oldest first, are answered once, and can be opened again', async () => {
    const { db } = server.server.context.database
    const at = Date.now()
    const call = (kind: 'waiter' | 'bill' | 'water', now: number) =>
      placeServiceRequest(db, { businessId: shop.soup.business_id, table: shop.table, kind, note: null, now })
    const first = await call('waiter', at)
    await call('bill', at + 1)
    await call('water', at + 2)
    const kinds = async (query: QueryOf<typeof listServiceRequests> = {}) =>
      (await server.window.call(listServiceRequests, { query })).service_requests.data.map(({ kind }) => kind)
    const resolve = (undo: boolean) =>
      server.window.call(resolveServiceRequest, { params: { id: first.id }, body: { undo } })
    const answered = (await resolve(false)).service_request
    expect(answered).toMatchObject({ status: 'resolved', resolved_by: 'Owner', table: '12' })
    expect((await resolve(false)).service_request).toEqual(answered)
    expect(await kinds()).toEqual(['bill', 'water', 'waiter'])
    expect(await kinds({ per_page: 1, page: 3 })).toEqual(['waiter'])
    expect(await kinds({ status: 'open' })).toEqual(['bill', 'water'])
    expect((await resolve(true)).service_request).toMatchObject({ status: 'open', resolved_by: null })
  })
})

describe('the stream of events', () => {
  it('tells of the caller’s own business, and of nothing else', async () => {
    const { business } = await server.window.call(createBusiness, { body: { name: 'Next door' } })
    const mine = await server.withToken(['restaurant:read'], { business_id: shop.soup.business_id })
    const theirs = await server.withToken(['restaurant:read'], { business_id: business.id })
    const stop = new AbortController()
    const streams = await Promise.all(
      [mine, theirs].map((client) => client.request(watchRestaurant, { signal: stop.signal })),
    )
    const heard = streams.map(eventsIn)
    const { id } = await placeAt(server, { lines: soup() })
    await server.makeToken(['links:read'])
    await expect
      .poll(() => heard[0])
      .toEqual([
        { type: 'order_intents.changed', business_id: shop.soup.business_id, id, status: 'received' },
      ])
    expect(heard[1]).toEqual([])
    stop.abort()
  })

  it('ends when its token is revoked', async () => {
    const client = await server.withToken(['restaurant:read'])
    const response = await client.request(watchRestaurant, {})
    const ended = response.text().then(
      () => 'ended',
      () => 'ended',
    )
    const { tokens } = await server.window.call(listTokens, {})
    await server.window.call(revokeToken, { params: { id: tokens.data[0]!.id } })
    expect(await Promise.race([ended, setTimeout(5000, 'goes on')])).toBe('ended')
  })
})

describe('a long evening', () => {
  it('has five hundred open orders among thousands, listed in no time', async () => {
    const { db } = server.server.context.database
    const { order_intent } = await server.window.call(findOrderIntent, {
      params: { id: (await list({ search: 'zoe' })).data[0]!.id },
    })
    const { history: _, table: __, lines, ...order } = order_intent
    await db.transaction().execute(async (trx) => {
      for (let at = 0; at < 5000; at++) {
        const row = {
          ...order,
          id: `0192d3c4-0000-7000-8000-${String(at).padStart(12, '0')}`,
          number: 1000 + at,
          status: at % 10 === 0 ? ('accepted' as const) : ('served' as const),
          table_name: null,
          lines: JSON.stringify(lines),
          ready_at: null,
          receipt_hash: null,
          deleted_at: null,
        }
        await insertOrder(trx, row, 'Ada')
      }
    })
    const started = performance.now()
    const pages = await Promise.all(
      [1, 2, 3, 4, 5].map((page) => list({ status: 'open', per_page: 100, page })),
    )
    const took = performance.now() - started
    expect(pages.map(({ data }) => data.length)).toEqual([100, 100, 100, 100, 100])
    expect(pages[0]!.total).toBeGreaterThanOrEqual(500)
    // Far more than it takes (well under 100 ms on a quiet machine), as tests share theirs.
    expect(took).toBeLessThan(3000)
  })
})

/** What a stream tells, as it comes. */
function eventsIn(response: Response): AppEvent[] {
  const events: AppEvent[] = []
  const read = async () => {
    const decoder = new TextDecoder()
    for await (const chunk of response.body!) {
      const text = decoder.decode(chunk as Uint8Array, { stream: true })
      for (const [, data = ''] of text.matchAll(/^data: (.*)$/gm)) events.push(JSON.parse(data) as AppEvent)
    }
  }
  read().catch(() => undefined)
  return events
}
