import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeMenuItem } from '#contract/menu-items.ts'
import { changeOrderIntent } from '#contract/order-intents.ts'
import { acknowledgePosHandoff, listPosHandoff } from '#contract/pos-handoff.ts'
import type { QueryOf } from '#contract/endpoint.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { advance, openShop, placeAt, refusalOf, withOat, type Shop } from './shop.ts'

let server: TestServer
let shop: Shop
let orderId: string
beforeAll(async () => {
  server = await startTestServer()
  shop = await openShop(server)
  const lines = [
    { menu_item_id: shop.coffee.id, quantity: 2, modifiers: withOat, note: 'hot' },
    { menu_item_id: shop.soup.id, quantity: 1 },
  ]
  const order = { table_id: shop.table.id, customer_name: '=cmd()', customer_phone: '+49 1', lines }
  orderId = (await placeAt(server, order)).id
})
afterAll(() => server[Symbol.asyncDispose]())

const handoff = async (query: QueryOf<typeof listPosHandoff> = {}) =>
  (await server.window.call(listPosHandoff, { query })).pos_handoff
const ack = (body: Parameters<typeof server.window.call<typeof acknowledgePosHandoff>>[1]) =>
  server.window.call(acknowledgePosHandoff, body)

describe('the handoff to a till', () => {
  it('gives orders in our own words, with a name that stays and a key for each revision', async () => {
    const { data } = await handoff()
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({
      id: orderId,
      ref: expect.stringMatching(/^[\x21-\x7e]{10,40}$/) as string,
      idempotency_id: expect.stringMatching(/^[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}$/) as string,
      status: 'received',
      table: '12',
      payment: { status: 'unpaid' },
      mapping: { complete: true, missing: [] },
      payload: null,
      total_minor: 2 * 350 + 650,
      lines: [
        {
          name: 'Coffee',
          quantity: '2.000',
          station: 'Bar',
          note: 'hot',
          modifiers: [{ group: 'Which milk?', name: 'Oat', unit_price_minor: 50 }],
        },
        { name: 'Soup', quantity: '1.000', station: null },
      ],
    })
  })

  it('goes on from a cursor, with what changed since and nothing twice', async () => {
    const [first] = (await handoff()).data
    const { id } = await placeAt(server, { lines: [{ menu_item_id: shop.soup.id, quantity: 1 }] })
    const [second, ...none] = (await handoff({ since: first!.cursor })).data
    expect([second?.id, none]).toEqual([id, []])
    expect((await handoff({ since: second!.cursor })).total).toBe(0)
    await advance(server, orderId)
    const changed = await handoff({ since: second!.cursor })
    expect(changed.data.map((order) => [order.id, order.status])).toEqual([[orderId, 'accepted']])
    expect((await handoff({ status: 'received' })).data.map((order) => order.id)).toEqual([id])
    expect((await refusalOf(handoff({ since: 'made up' }))).errors).toHaveProperty('since')
  })

  it('leaves out what a till has, until it is another revision; saying so twice changes nothing', async () => {
    const body = { profile: 'square' as const, external_ref: 'A1' }
    const first = await ack({ params: { id: orderId }, body })
    const again = await ack({ params: { id: orderId }, body: { profile: 'square' } })
    expect(again.pos_handoff.acknowledged_at).toBe(first.pos_handoff.acknowledged_at)
    const pending = async (profile: 'square' | 'clover') =>
      (await handoff({ profile, pending: true })).data.map(({ id }) => id)
    expect(await pending('square')).not.toContain(orderId)
    expect(await pending('clover')).toContain(orderId)
    const lines = [{ menu_item_id: shop.soup.id, quantity: 3 }]
    await server.window.call(changeOrderIntent, { params: { id: orderId }, body: { lines } })
    expect(await pending('square')).toContain(orderId)
    const early = ack({ params: { id: orderId }, body: { revision: 9 } })
    expect((await refusalOf(early)).errors).toEqual({
      revision: ['This order is in revision 2; there is no revision 9 of it yet.'],
    })
  })

  it('speaks each till’s own words, and names the items that a till cannot do without', async () => {
    const lines = [{ menu_item_id: shop.coffee.id, quantity: 2, modifiers: withOat }]
    const { id } = await placeAt(server, { lines, service_type: 'takeaway' })
    const since = (await handoff({ per_page: 100 })).data.at(-2)!.cursor
    const payloadFor = async (profile: NonNullable<QueryOf<typeof listPosHandoff>['profile']>) => {
      const [one] = (await handoff({ profile, since })).data
      return [one?.id === id, one?.mapping, one?.payload]
    }
    const lacking = { complete: false, missing: ['Coffee'] }
    expect(await payloadFor('square')).toMatchObject([
      true,
      lacking,
      {
        order: {
          line_items: [{ name: 'Coffee', quantity: '2', base_price_money: { amount: 300, currency: 'EUR' } }],
          fulfillments: [{ type: 'PICKUP' }],
        },
      },
    ])
    expect(await payloadFor('hubrise')).toMatchObject([
      true,
      lacking,
      {
        status: 'new',
        service_type: 'collection',
        items: [{ price: '3.00 EUR', options: [{ price: '0.50 EUR' }] }],
      },
    ])
    // One piece a line there; the choice without an id is in the price and in the note.
    const line = { name: 'Coffee', price: 350, note: 'Oat' }
    expect(await payloadFor('clover')).toMatchObject([
      true,
      lacking,
      { orderCart: { lineItems: [line, line] } },
    ])
    for (const profile of ['toast', 'simphony', 'lightspeed_k'] as const) {
      const { errors } = await refusalOf(handoff({ profile, since }))
      expect(errors?.['profile']).toEqual([
        `The till ${profile} needs an id of its own for: Coffee. Enter it with the item in the menu.`,
      ])
    }
    const guid = '0192d3c4-0000-7000-8000-000000000001'
    const pos_refs = { toast: guid, simphony: '1042', 'simphony:oat': '77', lightspeed_k: 'COF' }
    await server.window.call(changeMenuItem, { params: { id: shop.coffee.id }, body: { pos_refs } })
    const complete = { complete: true, missing: [] }
    const selections = [
      { item: { guid }, quantity: 2, modifiers: [{ selectionType: 'SPECIAL_REQUEST', price: 0.5 }] },
    ]
    expect(await payloadFor('toast')).toMatchObject([true, complete, { checks: [{ selections }] }])
    const menuItems = [{ menuItemId: 1042, unitPrice: 3, condiments: [{ condimentId: 77, unitPrice: 0.5 }] }]
    expect(await payloadFor('simphony')).toMatchObject([true, complete, { menuItems }])
    const items = [{ sku: 'COF', quantity: 2, customItemPrice: '3.50', note: 'Oat' }]
    expect(await payloadFor('lightspeed_k')).toMatchObject([true, complete, { items }])
  })

  it('comes as a spreadsheet, whole, with nothing that a spreadsheet would run', async () => {
    const response = await server.fetch('/api/restaurant/pos-handoff?format=csv')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const text = await response.text()
    const rows = text.split('\r\n')
    expect(rows[0]?.startsWith('order_id,revision,line_id,')).toBe(true)
    expect(rows).toHaveLength(1 + 3 + 1)
    expect(text).toContain(",'=cmd(),'+49 1,")
    expect(text).toContain(',Coffee,2,3.00,Oat x1 @0.50,,7.00,7.00,EUR')
  })
})
