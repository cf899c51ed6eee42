import { createMenuItem, type MenuItem } from '#contract/menu-items.ts'
import {
  advanceOrderIntent,
  createOrderIntent,
  type NewOrderIntent,
  type OrderIntent,
} from '#contract/order-intents.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { createStation, type Station } from '#contract/stations.ts'
import { createTable, type DiningTable } from '#contract/tables.ts'
import { ApiError, type FieldErrors } from '#contract/errors.ts'
import type { TestServer } from '#test/support/server.ts'

/** A small restaurant: a kitchen (the default station), a bar, a table, a dish, a drink and one that has run out. */
export interface Shop {
  kitchen: Station
  bar: Station
  table: DiningTable
  soup: MenuItem
  coffee: MenuItem
  cake: MenuItem
}

export async function openShop({ window }: TestServer): Promise<Shop> {
  const station = async (body: BodyOf<typeof createStation>) =>
    (await window.call(createStation, { body })).station
  const item = async (body: BodyOf<typeof createMenuItem>) =>
    (await window.call(createMenuItem, { body })).menu_item
  const kitchen = await station({ name: 'Kitchen' })
  const bar = await station({ name: 'Bar', copies: 2 })
  return {
    kitchen,
    bar,
    table: (await window.call(createTable, { body: { name: '12', area: 'Garden' } })).table,
    soup: await item({ name: 'Soup', price: 650, allergens: ['celery', 'milk'] }),
    coffee: await item({ name: 'Coffee', price: 300, station_id: bar.id, modifier_groups: [milk, extras] }),
    cake: await item({ name: 'Cake', price: 420, is_available: false }),
  }
}

export const milk = {
  id: 'milk',
  name: 'Which milk?',
  min: 1,
  max: 1,
  options: [
    { id: 'cow', name: 'Cow', price: 0, is_available: true, allergens: ['milk' as const] },
    { id: 'oat', name: 'Oat', price: 50, is_available: true, allergens: ['gluten' as const] },
    { id: 'soy', name: 'Soy', price: 40, is_available: false },
  ],
}

const extras = {
  id: 'extras',
  name: 'Extras',
  min: 0,
  max: 3,
  options: [
    { id: 'shot', name: 'Shot', price: 80, is_available: true },
    { id: 'less', name: 'Half size', price: -400, is_available: true },
  ],
}

export const withOat = [{ group_id: 'milk', option_id: 'oat' }]

export async function placeAt(server: TestServer, body: NewOrderIntent): Promise<OrderIntent> {
  return (await server.window.call(createOrderIntent, { body })).order_intent
}

export async function advance(
  server: TestServer,
  id: string,
  body: BodyOf<typeof advanceOrderIntent> = {},
): Promise<OrderIntent> {
  return (await server.window.call(advanceOrderIntent, { params: { id }, body })).order_intent
}

/** The status and sentences of a call that is refused. */
export async function refusalOf(
  work: Promise<unknown>,
): Promise<{ status: number; message: string; errors: FieldErrors | undefined }> {
  try {
    await work
  } catch (error) {
    if (error instanceof ApiError) {
      const { status, message, errors } = error
      return { status, message, errors }
    }
    throw error
  }
  throw new Error('It was not refused')
}
