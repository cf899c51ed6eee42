import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import { endpoints } from '#contract/endpoints.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { listTokens, revokeToken } from '#contract/tokens.ts'
import { faultOf } from '#test/support/answer-fault.ts'
import * as hostile from '#test/support/hostile-parts.ts'
import { openTestPostgres } from '#test/support/postgres.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

type AnyEndpoint = (typeof endpoints)[number]

/** Requests in all and on each database; more with QRSCAN_FUZZ. */
const requests = Number(process.env['QRSCAN_FUZZ'] ?? 3000)

/** Streams never end, and signing out would end the run. */
const tested = endpoints.filter(
  ({ name, produces }) => name !== 'logout' && !produces?.includes('text/event-stream'),
)

interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body: string | Buffer
  /** Whether the caller is nobody that the server knows. */
  unknown: boolean
}

/** Sends the bytes as they are. */
function send(port: number, { method, path, headers, body }: Sent): Promise<Response> {
  return new Promise((resolve, reject) => {
    const length = { 'Content-Length': Buffer.byteLength(body) }
    const options = {
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, ...length },
      agent: false,
    }
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.once('error', reject)
      answer.once('end', () => {
        const status = answer.statusCode ?? 0
        const empty = status === 204 || status === 304
        const lists = Object.entries(answer.headersDistinct) as [string, string[]][]
        const headers = lists.map(([name, values]): [string, string] => [name, values.join(', ')])
        resolve(new Response(empty ? null : Buffer.concat(chunks), { status, headers }))
      })
    })
    // A body that is too large is refused before all of it was sent.
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || error.code === 'ECONNRESET')
        resolve(Response.json({ message: '' }, { status: 413 }))
      else reject(error)
    })
    sent.end(body)
  })
}

describe.each([
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ database: await openTestPostgres() })],
])('a request that means harm, on %s', (_name, options) => {
  let server: TestServer
  let known: string[]
  let unknown: string[]
  let rows: string[]
  let now = Date.now()

  beforeAll(async () => {
    server = await startTestServer({ ...(await options()), clock: () => now })
    const fast = { rate_per_minute: 100_000 }
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    const expired = await server.makeToken(['*'], { expires_at: new Date(now + 60_000).toISOString() })
    now += 120_000
    const revoked = await server.makeToken(['*'])
    const { tokens } = await server.window.call(listTokens)
    await server.window.call(revokeToken, {
      params: { id: tokens.data.find(({ last_four }) => revoked.endsWith(last_four))!.id },
    })
    const good = await server.makeToken(['*'], fast)
    known = [
      `Bearer ${server.bearer}`,
      `Bearer ${good}`,
      `bearer   ${good}`,
      `Bearer ${await server.makeToken(['webhooks:read'], fast)}`,
      `Bearer ${await server.makeToken(['*'], { ...fast, business_id: business.id })}`,
    ]
    unknown = [
      '',
      'Bearer',
      'Bearer ',
      'Basic eDp5',
      'Bearer nonsense',
      'Bearer |',
      `Bearer ${'x'.repeat(5000)}`,
      ...[good.slice(0, -1), good.replace('|', '||'), revoked, expired].map((token) => `Bearer ${token}`),
      `Basic ${Buffer.from(good).toString('base64')}`,
      `Bearer 0190a0b0-0000-7000-8000-000000000000|${good.split('|')[1]}`,
    ]
    const { qr_link } = await server.window.call(createQrLink, {
      body: { destination_url: 'https://example.com/' },
    })
    rows = [qr_link.id, qr_link.business_id, business.id]
  }, 60_000)
  afterAll(() => server[Symbol.asyncDispose]())

  function requestsFor(endpoint: AnyEndpoint): fc.Arbitrary<Sent> {
    const pick = fc.constantFrom<string[]>
    return fc
      .record({
        who: fc.oneof({ weight: 3, arbitrary: pick(...known) }, { weight: 1, arbitrary: pick(...unknown) }),
        id: fc.oneof(pick(...rows), pick(...hostile.ids)),
        row: pick('1', '0', '-1', '1e9', 'x', '9007199254740993', '%00'),
        query: pick(...hostile.queries),
        type: fc.oneof({ weight: 2, arbitrary: pick('application/json') }, pick(...hostile.types)),
        body: fc.constantFrom(...hostile.bodies),
        key: fc.option(pick(...hostile.keys), { nil: undefined, freq: 6 }),
        match: fc.option(pick(...hostile.matches), { nil: undefined, freq: 6 }),
      })
      .map(({ who, id, row, query, type, body, key, match }) => ({
        method: endpoint.method,
        path: `${endpoint.path.replace('{id}', id).replace('{row}', row)}?${query}`,
        headers: {
          Host: `127.0.0.1:${server.server.port}`,
          Authorization: who,
          ...(endpoint.method !== 'GET' && { 'Content-Type': type }),
          ...(key !== undefined && { 'Idempotency-Key': key }),
          ...(match !== undefined && { 'If-Match': match }),
        },
        body: endpoint.method === 'GET' ? '' : body,
        unknown: unknown.includes(who) && endpoint.access !== 'public',
      }))
  }

  const runs = Math.ceil(requests / tested.length)
  const property = (endpoint: AnyEndpoint, port: number) =>
    fc.asyncProperty(requestsFor(endpoint), async (sent) => {
      const answer = await send(port, sent)
      const { status } = answer
      // An address that cannot be read comes before the question who is asking.
      if (sent.unknown) expect([400, 401, 404, 413]).toContain(status)
      expect(await faultOf(endpoint, answer)).toBeUndefined()
    })

  it.each(tested.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s refuses it as documented',
    { timeout: 120_000 },
    async (_name, endpoint) => {
      const options = { numRuns: runs, endOnFailure: true }
      await expect(fc.assert(property(endpoint, server.server.port), options)).resolves.toBeUndefined()
    },
  )

  it('would be caught getting an answer that nobody documented', async () => {
    const control = createServer((_request, response) => {
      response.writeHead(418, { 'Content-Type': 'application/json' }).end('{"message":"x"}')
    })
    await new Promise<void>((resolve) => control.listen(0, '127.0.0.1', resolve))
    const { port } = control.address() as AddressInfo
    const endpoint = tested.find(({ name }) => name === 'listQrLinks') as AnyEndpoint
    const verdict = await fc.check(property(endpoint, port), { numRuns: 50, endOnFailure: true })
    expect(verdict.failed).toBe(true)
    control.close()
  })

  it('by another method gets 405 with the methods that there are, and nothing is done', async () => {
    for (const { path } of tested) {
      const url = path.replace(/\{\w+\}/g, 'x')
      const methods = new Set(tested.filter((one) => one.path === path).map((one) => one.method as string))
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'TRACE']) {
        if (methods.has(method)) continue
        const headers = { Host: `127.0.0.1:${server.server.port}`, Authorization: known[0] ?? '' }
        const answer = await send(server.server.port, {
          method,
          path: url,
          headers,
          body: '',
          unknown: false,
        })
        const allow = answer.headers.get('allow')?.split(', ') ?? []
        // A fixed path may lie within a pattern: `/api/qr-links/facets` is no id, but DELETE takes it for one.
        if ([204, 404, 422].includes(answer.status)) continue
        expect([method, url, answer.status]).toEqual([method, url, 405])
        expect(allow).toEqual(expect.arrayContaining([...methods]))
        expect(Object.keys((await answer.json()) as object)).toEqual(['message'])
      }
    }
  })
})
