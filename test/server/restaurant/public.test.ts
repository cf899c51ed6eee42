import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createClient, type Client } from '#contract/client.ts'
import type { AppEvent } from '#contract/events.ts'
import { createMenuItem, changeMenuItem, type MenuItem } from '#contract/menu-items.ts'
import { advanceOrderIntent, listOrderIntents } from '#contract/order-intents.ts'
import {
  showPublicMenu,
  showPublicOrder,
  submitOrderIntent,
  submitServiceRequest,
} from '#contract/public-restaurant.ts'
import type { RcaptchaForm } from '#contract/rcaptcha.ts'
import { changeRestaurantSettings } from '#contract/restaurant-settings.ts'
import { listServiceRequests, resolveServiceRequest } from '#contract/service-requests.ts'
import { changeTable, createTable, deleteTable, type DiningTable } from '#contract/tables.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { earnToken } from '#test/support/solve-challenge.ts'

let now = 0
let server: TestServer
let guest: Client
let soup: MenuItem
let table: DiningTable
const events: AppEvent[] = []

beforeEach(async () => {
  now = Date.parse('2026-11-23T12:00:00Z')
  server = await startTestServer({ clock: () => now })
  server.server.context.events.listen((event) => events.push(event))
  guest = createClient({ baseUrl: server.server.url })
  const { window } = server
  const item = {
    name: 'Tomato soup',
    kitchen_name: 'TOM SP',
    price: 650,
    category: 'Starters',
    allergens: ['milk' as const, 'celery' as const],
    pos_refs: { square: 'SECRET-REF' },
    modifier_groups: [
      {
        id: 'bread',
        name: 'Bread',
        min: 1,
        max: 1,
        options: [
          { id: 'white', name: 'White', price: 0, is_available: true, allergens: ['gluten' as const] },
          { id: 'none', name: 'Without', price: -50, is_available: true },
        ],
      },
    ],
  }
  soup = (await window.call(createMenuItem, { body: item })).menu_item
  table = (await window.call(createTable, { body: { name: '7', area: 'Garden' } })).table
  events.length = 0
})
afterEach(() => server[Symbol.asyncDispose]())

const token = (form: RcaptchaForm = 'order_intent') => earnToken(server.server.url, form)
const lines = () => [
  {
    menu_item_id: soup.id,
    quantity: 2,
    unit_price: 650,
    modifiers: [{ group_id: 'bread', option_id: 'white' }],
  },
]
const order = async (more: object = {}, headers: Record<string, string> = {}) => {
  const body = { rcaptcha_token: await token(), table_code: table.code, lines: lines(), ...more }
  return (await guest.call(submitOrderIntent, { body, headers } as never)) as {
    order_intent: { id: string; number: number; status: string; total: number; receipt_token: string }
  }
}
const callFor = async (kind: 'waiter' | 'bill', more: object = {}) => {
  const body = { rcaptcha_token: await token('service_request'), table_code: table.code, kind, ...more }
  return (await guest.call(submitServiceRequest, { body })).service_request
}
const stored = async () => (await server.window.call(listOrderIntents)).order_intents.data
const calls = async () => (await server.window.call(listServiceRequests)).service_requests.data

describe('the menu', () => {
  it('is what a guest may know, and nothing of the staff’s', async () => {
    const { menu } = await guest.call(showPublicMenu, { query: { table_code: table.code } })
    expect(menu).toMatchObject({
      business: { name: 'My business', logo: null },
      table: { name: '7', area: 'Garden' },
      guests_may_order: true,
      items: [
        { id: soup.id, name: 'Tomato soup', price: 650, allergens: ['milk', 'celery'], is_available: true },
      ],
    })
    const text = JSON.stringify(menu)
    for (const secret of ['TOM SP', 'SECRET-REF', 'station', table.id, soup.business_id, table.code]) {
      expect(text).not.toContain(secret)
    }
  })

  it('shows what is sold out, and leaves out what was taken off', async () => {
    await server.window.call(changeMenuItem, { params: { id: soup.id }, body: { is_available: false } })
    const { menu } = await guest.call(showPublicMenu)
    expect(menu.items.map(({ is_available }) => is_available)).toEqual([false])
    expect(menu.table).toBeNull()
  })

  it('an unknown, unused, replaced or removed code is 404 with one sentence', async () => {
    const ask = (table_code: string) => guest.call(showPublicMenu, { query: { table_code } })
    const params = { id: table.id }
    const unknown = { status: 404, message: expect.stringContaining('ask the staff') }
    await expect(ask('nonsense')).rejects.toMatchObject(unknown)
    await server.window.call(changeTable, { params, body: { is_active: false } })
    await expect(ask(table.code)).rejects.toMatchObject(unknown)
    const changed = await server.window.call(changeTable, {
      params,
      body: { is_active: true, new_code: true },
    })
    await expect(ask(table.code)).rejects.toMatchObject(unknown)
    await ask(changed.table.code)
    await server.window.call(deleteTable, { params })
    await expect(ask(changed.table.code)).rejects.toMatchObject(unknown)
  })
})

describe('an order', () => {
  it('is on the staff’s list at once, waits for them, and open windows hear of it', async () => {
    const { order_intent } = await order({ notes: 'Quick please', customer_name: 'Ada' })
    expect(order_intent).toMatchObject({ number: 1, status: 'received', total: 1300 })
    const [kept] = await stored()
    expect(kept).toMatchObject({
      id: order_intent.id,
      source: 'guest',
      table: '7',
      notes: 'Quick please',
      customer_name: 'Ada',
      history: [{ from: null, to: 'received', by: 'guest' }],
    })
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'order_intents.changed', id: order_intent.id }),
    )
  })

  it('is accepted at once where the owner wants that', async () => {
    await server.window.call(changeRestaurantSettings, { body: { auto_accept: true } })
    expect((await order()).order_intent.status).toBe('accepted')
  })

  it('is refused with a sentence where guests may not order, and the token is kept', async () => {
    await server.window.call(changeRestaurantSettings, { body: { guests_may_order: false } })
    const rcaptcha_token = await token()
    await expect(order({ rcaptcha_token })).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('staff'),
    })
    await server.window.call(changeRestaurantSettings, { body: { guests_may_order: true } })
    await order({ rcaptcha_token })
  })

  it('wants a token of its own form that was not used: nothing is stored without', async () => {
    const used = await token()
    await order({ rcaptcha_token: used })
    const late = await token()
    const wrong = [used, 'forged', await token('service_request')]
    for (const rcaptcha_token of wrong) {
      const refused = order({ rcaptcha_token })
      await expect(refused).rejects.toMatchObject({
        status: 422,
        errors: { rcaptcha_token: [expect.any(String)] },
      })
    }
    now += 10 * 60_000
    await expect(order({ rcaptcha_token: late })).rejects.toMatchObject({ status: 422 })
    expect(await stored()).toHaveLength(1)
  })

  it('that is refused for what it says does not spend its token', async () => {
    const rcaptcha_token = await token()
    const wrong: [object, string][] = [
      [{ lines: [{ menu_item_id: 'nothing', quantity: 1 }] }, 'lines.0.menu_item_id'],
      [{ lines: [{ ...lines()[0], unit_price: 1 }] }, 'lines.0.unit_price'],
      [{ lines: [{ ...lines()[0], modifiers: [] }] }, 'lines.0.modifiers'],
      [{ lines: [] }, 'lines'],
      [{ notes: 'x'.repeat(10_001) }, 'notes'],
      [{ table_code: 'nonsense' }, 'table_code'],
    ]
    for (const [more, field] of wrong) {
      const errors = { [field]: [expect.any(String)] }
      await expect(order({ rcaptcha_token, ...more })).rejects.toMatchObject({ status: 422, errors })
    }
    expect(await stored()).toEqual([])
    await order({ rcaptcha_token })
  })

  it('sent twice under one key is one order with one answer', async () => {
    const body = JSON.stringify({ rcaptcha_token: await token(), table_code: table.code, lines: lines() })
    const send = () =>
      fetch(`${server.server.url}/api/public/restaurant/order-intents`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'one' },
        body,
      })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status, second.headers.get('idempotent-replayed')]).toEqual([
      201,
      201,
      'true',
    ])
    expect(await second.json()).toEqual(await first.json())
    expect(await stored()).toHaveLength(1)
  })

  it('of two that bring one token at the same moment, one is taken', async () => {
    const rcaptcha_token = await token()
    const both = await Promise.allSettled([order({ rcaptcha_token }), order({ rcaptcha_token })])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await stored()).toHaveLength(1)
  })
})

describe('a receipt', () => {
  it('tells how the order stands, and nothing of who works on it', async () => {
    const { order_intent } = await order({ customer_name: 'Ada', notes: 'private' })
    const params = { token: order_intent.receipt_token }
    await server.window.call(advanceOrderIntent, {
      params: { id: order_intent.id },
      body: { to: 'accepted', note: 'for the cook' },
    })
    const { order_intent: seen } = await guest.call(showPublicOrder, { params })
    expect(Object.keys(seen).toSorted()).toEqual([
      'currency',
      'number',
      'placed_at',
      'status',
      'total',
      'updated_at',
    ])
    expect(seen).toMatchObject({ status: 'accepted', number: 1, total: 1300 })
  })

  it('opens with its whole token alone, of which a hash is kept', async () => {
    const { order_intent } = await order()
    const { receipt_token: whole, id } = order_intent
    const flipped = `${whole.startsWith('A') ? 'B' : 'A'}${whole.slice(1)}`
    for (const wrong of [flipped, whole.slice(0, -1), id, 'x'.repeat(32), '%00'.repeat(10)]) {
      await expect(guest.call(showPublicOrder, { params: { token: wrong } })).rejects.toMatchObject({
        status: 404,
      })
    }
    const row = await server.server.context.database.db.selectFrom('order_intents').selectAll().execute()
    expect(JSON.stringify(row)).not.toContain(whole)
  })
})

describe('a call for service', () => {
  it('of the same table that says the same within a minute is the first one', async () => {
    const first = await callFor('waiter')
    now += 59_000
    const second = await callFor('waiter')
    expect(second.id).toBe(first.id)
    expect(second.receipt_token).not.toBe(first.receipt_token)
    expect(await calls()).toHaveLength(1)
    expect(events.filter(({ type }) => type === 'service_requests.changed')).toHaveLength(1)
  })

  it('is a new one a minute later, of another kind, with new words, or once the first is answered', async () => {
    const { id } = await callFor('waiter')
    await callFor('bill')
    await callFor('waiter', { note: 'a high chair' })
    expect(await calls()).toHaveLength(3)
    await server.window.call(resolveServiceRequest, { params: { id }, body: {} })
    const latest = (await calls()).filter(({ status, kind }) => status === 'open' && kind === 'waiter')
    await server.window.call(resolveServiceRequest, { params: { id: latest[0]!.id }, body: {} })
    await callFor('waiter')
    expect(await calls()).toHaveLength(4)
    now += 60_000
    await callFor('waiter')
    expect(await calls()).toHaveLength(5)
  })

  it('from no table is never taken for another guest’s', async () => {
    await callFor('waiter', { table_code: null })
    await callFor('waiter', { table_code: null })
    expect(await calls()).toHaveLength(2)
  })

  it('wants a token of its own form', async () => {
    await expect(callFor('waiter', { rcaptcha_token: await token() })).rejects.toMatchObject({ status: 422 })
    expect(await calls()).toEqual([])
  })
})
