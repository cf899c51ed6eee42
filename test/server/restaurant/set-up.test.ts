import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import {
  changeMenuItem,
  createMenuItem,
  deleteMenuItem,
  findMenuItem,
  listMenuItems,
} from '#contract/menu-items.ts'
import { createOrderIntent, findOrderIntent } from '#contract/order-intents.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { changeRestaurantSettings, showRestaurantSettings } from '#contract/restaurant-settings.ts'
import { changeStation, createStation, deleteStation, listStations } from '#contract/stations.ts'
import { changeTable, createTable, deleteTable, listTables } from '#contract/tables.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { milk, openShop, placeAt, refusalOf, type Shop } from './shop.ts'

let server: TestServer
let shop: Shop
beforeAll(async () => {
  server = await startTestServer()
  shop = await openShop(server)
})
afterAll(() => server[Symbol.asyncDispose]())

describe('the menu', () => {
  it('comes by category, those without one last, and is searched whatever the case and accents', async () => {
    const names = ['Crème brûlée', 'Éclair']
    for (const name of names) {
      await server.window.call(createMenuItem, { body: { name, price: 500, category: 'Desserts' } })
    }
    const { menu_items } = await server.window.call(listMenuItems, { query: {} })
    expect(menu_items.data.map(({ name }) => name)).toEqual([...names, 'Soup', 'Coffee', 'Cake'])
    const found = await server.window.call(listMenuItems, { query: { search: 'CREME' } })
    expect(found.menu_items.data.map(({ name }) => name)).toEqual(['Crème brûlée'])
    const desserts = await server.window.call(listMenuItems, { query: { category: 'Desserts', per_page: 1 } })
    expect([desserts.menu_items.total, desserts.menu_items.data.length]).toEqual([2, 1])
  })

  it('refuses choices that no guest could make', async () => {
    const groups = [
      { ...milk, min: 3, max: 2 },
      { ...milk, options: [milk.options[0]!, milk.options[0]!] },
    ]
    const body = { name: 'Tea', price: 200, modifier_groups: groups, station_id: 'nothing' }
    expect((await refusalOf(server.window.call(createMenuItem, { body }))).errors).toEqual({
      station_id: ['The selected station id is invalid.'],
      'modifier_groups.0.max': ['"Which milk?" cannot ask for at least 3 and at most 2.'],
      'modifier_groups.1.id': ['Two groups have the id "milk". Give each its own.'],
      'modifier_groups.1.options.1.id': [
        'Two options of "Which milk?" have the id "cow". Give each its own.',
      ],
    })
  })

  it('is changed under If-Match, and orders keep an item that was taken off', async () => {
    const { menu_item } = await server.window.call(createMenuItem, { body: { name: 'Pie', price: 300 } })
    const params = { id: menu_item.id }
    const first = await server.fetch(`/api/restaurant/menu-items/${menu_item.id}`)
    const order = await placeAt(server, { lines: [{ menu_item_id: menu_item.id, quantity: 1 }] })
    await server.window.call(changeMenuItem, { params, body: { price: 350 } })
    const stale = await server.fetch(`/api/restaurant/menu-items/${menu_item.id}`, {
      method: 'DELETE',
      headers: { 'If-Match': first.headers.get('etag') ?? '' },
    })
    expect(stale.status).toBe(412)
    await server.window.call(deleteMenuItem, { params })
    expect(await refusalOf(server.window.call(findMenuItem, { params }))).toMatchObject({ status: 404 })
    const kept = await server.window.call(findOrderIntent, { params: { id: order.id } })
    expect(kept.order_intent).toMatchObject({ total: 300, lines: [{ name: 'Pie', unit_price: 300 }] })
  })
})

describe('stations', () => {
  it('have one default, the first, which passes on when it is removed', async () => {
    const body = { name: 'Terrace', is_default: true }
    const { station } = await server.window.call(createStation, { body })
    const defaults = async () =>
      (await server.window.call(listStations, {})).stations.data
        .filter(({ is_default }) => is_default)
        .map(({ name }) => name)
    expect([station.prefix, await defaults()]).toEqual(['T', ['Terrace']])
    await server.window.call(deleteStation, { params: { id: station.id } })
    expect(await defaults()).toEqual(['Kitchen'])
    expect(shop.kitchen.prefix).toBe('K')
    expect((await server.window.call(createStation, { body: { name: 'Küche' } })).station.prefix).toBe('KU')
  })

  it('take printers of this device alone', async () => {
    const change = { params: { id: shop.bar.id }, body: { printer_ids: ['nothing'] } }
    expect((await refusalOf(server.window.call(changeStation, change))).errors).toEqual({
      'printer_ids.0': ['This printer is not set up on this device.'],
    })
  })
})

describe('tables', () => {
  it('have a code that cannot be guessed, and a new one when asked', async () => {
    const { table } = await server.window.call(createTable, { body: { name: 'Window' } })
    expect(table).toMatchObject({ code: expect.stringMatching(/^[\w-]{16}$/) as string, guest_url: null })
    const change = { params: { id: table.id }, body: { new_code: true, seats: 4 } }
    const { table: next } = await server.window.call(changeTable, change)
    expect([next.seats, next.code === table.code]).toEqual([4, false])
    await server.window.call(deleteTable, { params: { id: table.id } })
    const { tables } = await server.window.call(listTables, {})
    expect(tables.data.map(({ name }) => name)).toEqual(['12'])
  })

  it('show a code where it leads somewhere, and say what is missing where not', async () => {
    const image = `/api/restaurant/tables/${shop.table.id}/image`
    const none = await server.fetch(image)
    expect([none.status, await none.text()]).toEqual([422, expect.stringContaining('Open the guest page')])
    const link = { body: { destination_url: 'https://example.com/' } }
    const { qr_link } = await server.window.call(createQrLink, link)
    const change = { params: { id: shop.table.id }, body: { qr_link_id: qr_link.id } }
    const { table } = await server.window.call(changeTable, change)
    expect(table).toMatchObject({ code_url: qr_link.short_url, guest_url: null })
    const drawn = await server.fetch(`${image}?format=png&size=200`)
    expect([drawn.headers.get('content-type'), (await drawn.arrayBuffer()).byteLength > 100]).toEqual([
      'image/png',
      true,
    ])
    const wrong = { params: { id: shop.table.id }, body: { qr_link_id: 'x' } }
    expect((await refusalOf(server.window.call(changeTable, wrong))).status).toBe(422)
  })
})

describe('settings', () => {
  it('hold until they are changed, each by itself', async () => {
    const { restaurant_settings } = await server.window.call(showRestaurantSettings, {})
    expect(restaurant_settings).toMatchObject({
      guests_may_order: true,
      auto_accept: false,
      day_starts_at: 4,
    })
    const body = { amber_after_minutes: 5, locale: 'de-AT', guest_ticket_station_id: shop.bar.id }
    const changed = await server.window.call(changeRestaurantSettings, { body })
    expect(changed.restaurant_settings).toEqual({ ...restaurant_settings, ...body })
  })

  it('are refused where they make no sense', async () => {
    const body = {
      locale: 'no such language',
      logo: 'aGVsbG8=',
      red_after_minutes: 1,
      guest_ticket_station_id: 'nothing',
    }
    const { errors } = await refusalOf(server.window.call(changeRestaurantSettings, { body }))
    expect(Object.keys(errors ?? {})).toEqual([
      'locale',
      'logo',
      'red_after_minutes',
      'guest_ticket_station_id',
    ])
  })
})

describe('another business', () => {
  it('has nothing of this one to see, to change or to order', async () => {
    const { business } = await server.window.call(createBusiness, {
      body: { name: 'Next door', currency: 'JPY' },
    })
    const other = await server.withToken(['restaurant:read', 'restaurant:write'], {
      business_id: business.id,
    })
    const order = await placeAt(server, { lines: [{ menu_item_id: shop.soup.id, quantity: 1 }] })
    expect((await other.call(listMenuItems, {})).menu_items.total).toBe(0)
    expect((await other.call(listStations, {})).stations.total).toBe(0)
    const missing = await Promise.all([
      refusalOf(other.call(findMenuItem, { params: { id: shop.soup.id } })),
      refusalOf(other.call(changeTable, { params: { id: shop.table.id }, body: { name: 'x' } })),
      refusalOf(other.call(deleteStation, { params: { id: shop.bar.id } })),
      refusalOf(other.call(findOrderIntent, { params: { id: order.id } })),
    ])
    expect(missing.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const query = { business_id: shop.soup.business_id }
    expect((await refusalOf(other.call(listMenuItems, { query }))).status).toBe(403)
    const body = { lines: [{ menu_item_id: shop.soup.id, quantity: 1 }] }
    expect((await refusalOf(other.call(createOrderIntent, { body }))).errors).toHaveProperty([
      'lines.0.menu_item_id',
    ])
    const own = await other.call(createMenuItem, { body: { name: 'Ramen', price: 900 } })
    expect(own.menu_item).toMatchObject({ currency: 'JPY', business_id: business.id })
    const wrong = { lines: [{ menu_item_id: own.menu_item.id, quantity: 1, unit_price: 1000 }] }
    expect((await refusalOf(other.call(createOrderIntent, { body: wrong }))).message).toContain('costs ¥900')
  })

  it('and a token without the scope may do nothing', async () => {
    const reader = await server.withToken(['restaurant:read'])
    const links = await server.withToken(['links:read'])
    expect((await refusalOf(reader.call(createTable, { body: { name: 'x' } }))).status).toBe(403)
    expect((await refusalOf(links.call(listTables, {}))).status).toBe(403)
  })
})
