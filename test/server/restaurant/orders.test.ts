import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createOrderIntent,
  findOrderIntent,
  listOrderIntents,
  type NewOrderLine,
} from '#contract/order-intents.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { advance, openShop, placeAt, refusalOf, withOat, type Shop } from './shop.ts'

let server: TestServer
let shop: Shop
beforeAll(async () => {
  server = await startTestServer()
  shop = await openShop(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const refused = (...lines: NewOrderLine[]) =>
  refusalOf(server.window.call(createOrderIntent, { body: { lines } }))

describe('an order entered by hand', () => {
  it('is priced from the menu, keeps a copy of it and counts within the day', async () => {
    const lines = [
      { menu_item_id: shop.soup.id, quantity: 2, unit_price: 650, note: 'no cream' },
      {
        menu_item_id: shop.coffee.id,
        quantity: 3,
        modifiers: [...withOat, { group_id: 'extras', option_id: 'shot', quantity: 2 }],
      },
    ]
    const order = await placeAt(server, { table_id: shop.table.id, guest_count: 4, lines })
    expect(order).toMatchObject({
      number: 1,
      source: 'staff',
      status: 'received',
      service_type: 'dine_in',
      table: '12',
      currency: 'EUR',
      total: 2 * 650 + 3 * (300 + 50 + 160),
      revision: 1,
      acknowledged_at: expect.any(String) as string,
      history: [{ from: null, to: 'received', by: 'Owner' }],
    })
    expect(order.lines[1]).toMatchObject({
      name: 'Coffee',
      station_id: shop.bar.id,
      allergens: ['gluten'],
      modifiers: [
        { name: 'Oat', quantity: 1, price: 50 },
        { name: 'Shot', quantity: 2, price: 80 },
      ],
    })
    expect((await placeAt(server, { lines: [lines[0]!] })).number).toBe(2)
    const found = await server.window.call(findOrderIntent, { params: { id: order.id } })
    expect(found.order_intent).toEqual(order)
  })

  it('is refused in words where it does not fit the menu', async () => {
    const { soup, coffee, cake } = shop
    const { errors } = await refused(
      { menu_item_id: 'nothing', quantity: 1 },
      { menu_item_id: cake.id, quantity: 1 },
      { menu_item_id: soup.id, quantity: 1, unit_price: 600 },
      { menu_item_id: coffee.id, quantity: 1 },
      { menu_item_id: coffee.id, quantity: 1, modifiers: [...withOat, ...withOat] },
      {
        menu_item_id: coffee.id,
        quantity: 1,
        modifiers: [
          { group_id: 'x', option_id: 'y' },
          { group_id: 'milk', option_id: 'goat' },
          { group_id: 'milk', option_id: 'soy' },
        ],
      },
      {
        menu_item_id: coffee.id,
        quantity: 1,
        modifiers: [...withOat, { group_id: 'extras', option_id: 'less' }],
      },
    )
    expect(errors).toEqual({
      'lines.0.menu_item_id': ['This item is not on the menu any more. Load the menu again.'],
      'lines.1.menu_item_id': ['Cake is not available at the moment.'],
      'lines.2.unit_price': ['Soup costs €6.50 on the menu, not €6.00. Load the menu again.'],
      'lines.3.modifiers': ['Choose at least 1 of "Which milk?" for Coffee.'],
      'lines.4.modifiers': ['Choose at most 1 of "Which milk?" for Coffee.'],
      'lines.5.modifiers.0.group_id': ['Coffee has no such choice.'],
      'lines.5.modifiers.1.option_id': ['"Which milk?" of Coffee has no such option.'],
      'lines.5.modifiers.2.option_id': ['Soy is not available at the moment.'],
      'lines.6.modifiers': ['Coffee would cost less than nothing with these choices.'],
    })
    const { order_intents } = await server.window.call(listOrderIntents, { query: {} })
    expect(order_intents.total).toBe(2)
  })

  it('goes its way step by step, each once', async () => {
    const { id } = await placeAt(server, {
      lines: [{ menu_item_id: shop.soup.id, quantity: 1 }],
      accept: true,
    })
    expect((await advance(server, id)).status).toBe('preparing')
    const both = await Promise.allSettled([
      advance(server, id, { to: 'ready', if_status: 'preparing' }),
      advance(server, id, { to: 'ready', if_status: 'preparing' }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await refusalOf(advance(server, id, { if_status: 'preparing' }))).toMatchObject({
      status: 409,
      message: expect.stringContaining('is ready now, not preparing') as string,
    })
    expect(await refusalOf(advance(server, id, { to: 'accepted' }))).toMatchObject({
      status: 422,
      errors: {
        to: ['An order that is ready cannot become accepted. It can become served, rejected or cancelled.'],
      },
    })
  })
})
