import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeOrderIntent, type OrderIntent } from '#contract/order-intents.ts'
import { changeRestaurantSettings } from '#contract/restaurant-settings.ts'
import type { Ticket } from '#contract/ticket.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { openShop, placeAt, withOat, type Shop } from './shop.ts'

let server: TestServer
let shop: Shop
let order: OrderIntent
beforeAll(async () => {
  server = await startTestServer()
  shop = await openShop(server)
  const lines = [
    { menu_item_id: shop.soup.id, quantity: 2, note: 'no cream' },
    { menu_item_id: shop.coffee.id, quantity: 1, modifiers: withOat },
  ]
  order = await placeAt(server, {
    table_id: shop.table.id,
    guest_count: 2,
    lines,
    notes: 'window',
    accept: true,
  })
})
afterAll(() => server[Symbol.asyncDispose]())

const ask = (query: string) => server.fetch(`/api/restaurant/order-intents/${order.id}/ticket?${query}`)
const ticketFor = async (query: string) => ((await (await ask(query)).json()) as { ticket: Ticket }).ticket

describe('the ticket of an order', () => {
  it('is the guest’s, with prices and the shop’s head and foot, where no station is named', async () => {
    const body = {
      ticket_lines: ['Main St 1'],
      ticket_footer: 'Thank you',
      ticket_qr_url: 'https://example.com/',
    }
    await server.window.call(changeRestaurantSettings, { body })
    expect(await ticketFor('')).toMatchObject({
      kind: 'guest',
      order_number: '1',
      shop: { name: 'My business', lines: ['Main St 1'] },
      table: '12',
      guest_count: 2,
      total: 2 * 650 + 350,
      notes: 'window',
      qr: { text: 'https://example.com/' },
      footer: 'Thank you',
      lines: [
        { quantity: 2, name: 'Soup', note: 'no cream', allergens: ['milk', 'celery'], total: 1300 },
        { quantity: 1, name: 'Coffee', modifiers: [{ name: 'Oat', price: 50 }], allergens: ['gluten'] },
      ],
    })
  })

  it('is a station’s own items without prices, where one is named', async () => {
    const ticket = await ticketFor(`station_id=${shop.bar.id}`)
    expect(ticket).toMatchObject({ kind: 'kitchen', station: 'Bar', total: null, qr: null, revision: 1 })
    expect(ticket.lines.map(({ name }) => name)).toEqual(['Coffee'])
    const lines = [{ menu_item_id: shop.soup.id, quantity: 2, note: 'no cream' }]
    await server.window.call(changeOrderIntent, { params: { id: order.id }, body: { lines } })
    const none = await ask(`station_id=${shop.bar.id}`)
    expect([none.status, await none.text()]).toEqual([
      422,
      expect.stringContaining('nothing for this station'),
    ])
    expect((await ask('station_id=nothing')).status).toBe(422)
    expect((await ask('format=escpos&printer_id=nothing')).status).toBe(422)
  })

  it('carries the SHA-256 of its bytes as its ETag, in every width', async () => {
    for (const query of ['format=json', 'format=escpos&width=58', 'format=escpos&width=80']) {
      const response = await ask(query)
      const hash = createHash('sha256').update(Buffer.from(await response.arrayBuffer()))
      expect([response.status, response.headers.get('etag')]).toEqual([200, `"${hash.digest('hex')}"`])
    }
    const bytes = Buffer.from(await (await ask('format=escpos')).arrayBuffer())
    expect([bytes.subarray(0, 2).toString('hex'), bytes.includes('Soup')]).toEqual(['1b40', true])
  })
})
