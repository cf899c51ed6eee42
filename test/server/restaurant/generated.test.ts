import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changeSettings } from '#contract/device.ts'
import type { Endpoint } from '#contract/endpoint.ts'
import { endpoints } from '#contract/endpoints.ts'
import { buildQuery, type QueryValue } from '#contract/query.ts'
import { placeServiceRequest } from '#server/features/restaurant/service-requests-store.ts'
import { faultOf } from '#test/support/answer-fault.ts'
import { arbitraryFor } from '#test/support/arbitrary-input.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { openShop, placeAt } from './shop.ts'

/** Requests to each endpoint; more with QRSCAN_FUZZ. */
const runs = Number(process.env['QRSCAN_FUZZ'] ?? 40)

/** What takes things away comes last. */
const tested = endpoints
  .filter(({ tag, name }) => tag === 'Restaurant' && name !== 'watchRestaurant')
  .toSorted((a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'))

let server: TestServer
let ids: string[]
const statuses = new Set<number>()
/** Values that are right for fields of these names, so that requests get past the first check. */
let known: Record<string, fc.Arbitrary<unknown>>

beforeAll(async () => {
  server = await startTestServer()
  await server.window.call(changeSettings, { body: { throttles: { 'user-api': 1_000_000 } } })
  const { soup, coffee, kitchen, bar, table } = await openShop(server)
  const order = await placeAt(server, { lines: [{ menu_item_id: soup.id, quantity: 1 }] })
  const { id: call } = await placeServiceRequest(server.server.context.database.db, {
    businessId: soup.business_id,
    table,
    kind: 'bill',
    note: null,
    now: Date.now(),
  })
  ids = [soup.id, coffee.id, kitchen.id, bar.id, table.id, order.id, order.id, order.id, call, 'nothing']
  const line = fc.record({
    menu_item_id: fc.constantFrom(soup.id, coffee.id, 'nothing'),
    quantity: fc.integer({ min: 1, max: 99 }),
    note: fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
    modifiers: fc.array(
      fc.record({
        group_id: fc.constantFrom('milk', 'extras', '__proto__'),
        option_id: fc.constantFrom('oat', 'cow', 'shot', 'less', 'constructor'),
        quantity: fc.integer({ min: 1, max: 20 }),
      }),
      { maxLength: 4 },
    ),
  })
  known = {
    lines: fc.array(line, { minLength: 1, maxLength: 5 }),
    table_id: fc.constantFrom(table.id, null),
    station_id: fc.constantFrom(kitchen.id, bar.id, null),
    business_id: fc.constant(soup.business_id),
    day: fc.constantFrom(order.business_day, '0000-01-01', '9999-12-31', 'x'),
  }
})
afterAll(() => server[Symbol.asyncDispose]())

type Fields = Record<string, unknown>

/** Fields of a schema, each of the known ones right more often than not. */
function fieldsFor(schema: object | undefined): fc.Arbitrary<Fields> {
  const names = Object.keys((schema as { properties?: object } | undefined)?.properties ?? {})
  const right = Object.fromEntries(names.flatMap((name) => (known[name] ? [[name, known[name]]] : [])))
  return fc
    .tuple(arbitraryFor((schema ?? { type: 'object' }) as object), fc.record(right, { requiredKeys: [] }))
    .map(([any, good]) =>
      typeof any === 'object' && !Array.isArray(any) ? { ...any, ...(good as Fields) } : {},
    )
}

async function send(
  endpoint: Endpoint,
  id: string,
  day: string,
  query: Fields,
  body: Fields,
): Promise<Response> {
  const path = endpoint.path.replace('{id}', id).replace('{day}', day)
  const isGet = endpoint.method === 'GET'
  return server.fetch(`${path}?${buildQuery(query as Record<string, QueryValue>)}`, {
    method: endpoint.method,
    ...(!isGet && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  })
}

describe('any request to the restaurant, with ids that are there', () => {
  it.each(tested.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s answers as documented',
    { timeout: 120_000 },
    async (_name, endpoint) => {
      const id = fc.constantFrom(...ids)
      const sent = fc.tuple(id, known['day']!, fieldsFor(endpoint.query), fieldsFor(endpoint.body))
      const property = fc.asyncProperty(sent, async ([id, day, query, body]) => {
        const response = await send(endpoint as Endpoint, id, day as string, query, body)
        statuses.add(response.status)
        expect(await faultOf(endpoint as Endpoint, response)).toBeUndefined()
      })
      await fc.assert(property, { numRuns: runs, endOnFailure: true })
    },
  )

  it('got far enough to be taken, and to be refused in each way', () => {
    expect([...statuses]).toEqual(expect.arrayContaining([200, 201, 204, 404, 422]))
  })
})
