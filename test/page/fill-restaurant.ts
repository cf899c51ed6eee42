import { createClient } from '#contract/client.ts'
import { createMenuItem } from '#contract/menu-items.ts'
import { createOrderIntent } from '#contract/order-intents.ts'
import { createStation } from '#contract/stations.ts'
import { createTable } from '#contract/tables.ts'
import { createToken } from '#contract/tokens.ts'

/** Names that break a layout if any do: a German compound, Arabic, Chinese. */
const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänsschnitzel'
const arabic = 'شاورما دجاج مع الثوم والبطاطا المقلية'
const chinese = '宫保鸡丁配白米饭'

/** A restaurant with something on every screen; two of its orders wait to be seen. */
export async function fillRestaurant(baseUrl: string, session: string): Promise<void> {
  const api = createClient({ baseUrl, token: () => session })
  const bar = (await api.call(createStation, { body: { name: 'Bar', prefix: 'B' } })).station
  await api.call(createStation, { body: { name: longWord, prefix: 'K', is_default: true } })
  const table = (await api.call(createTable, { body: { name: arabic } })).table
  const milk = {
    id: 'milk',
    name: 'Which milk?',
    min: 1,
    max: 1,
    options: [
      { id: 'oat', name: 'Oat', price: 50, is_available: true },
      { id: 'soy', name: 'Soy', price: 50, is_available: false },
    ],
  }
  const names = ['Pizza', longWord, arabic, chinese]
  const ids: string[] = []
  for (const name of names) {
    const body = { name, price: 1290, category: 'Food', allergens: ['gluten' as const, 'milk' as const] }
    ids.push((await api.call(createMenuItem, { body })).menu_item.id)
  }
  const espresso = { name: 'Espresso', price: 280, category: 'Drinks', station_id: bar.id }
  await api.call(createMenuItem, { body: { ...espresso, modifier_groups: [milk] } })
  await api.call(createMenuItem, { body: { name: 'Negroni', price: 950, is_available: false } })
  const lines = ids.map((menu_item_id) => ({ menu_item_id, quantity: 2, note: longWord }))
  const order = { table_id: table.id, customer_name: chinese, notes: arabic, lines }
  for (const accept of [true, false]) await api.call(createOrderIntent, { body: { ...order, accept } })
  const scopes = ['restaurant:read' as const, 'restaurant:write' as const]
  const { plain_text_token } = await api.call(createToken, { body: { name: 'Till 2', kind: 'api', scopes } })
  const till = createClient({ baseUrl, token: () => plain_text_token })
  for (let made = 0; made < 2; made += 1) await till.call(createOrderIntent, { body: order })
}
