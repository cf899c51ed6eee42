import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '#contract/endpoints.ts'
import { changeSettings } from '#contract/device.ts'
import { buildQuery, type QueryValue } from '#contract/query.ts'
import { previewQrLinkImport } from '#contract/imports.ts'
import { createQrLink } from '#contract/qr-links.ts'
import { faultOf } from '#test/support/answer-fault.ts'
import { arbitraryFor } from '#test/support/arbitrary-input.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

/** Requests in all; more with QRSCAN_FUZZ. */
const requests = Number(process.env['QRSCAN_FUZZ'] ?? 3000)

type AnyEndpoint = (typeof endpoints)[number]

/** Streams never end, and ending its own session would leave the rest of the run signed out. */
const tested = endpoints.filter(
  ({ name, produces }) => name !== 'logout' && !produces?.includes('text/event-stream'),
)

let server: TestServer
let tokens: string[]
let ids: string[]

beforeAll(async () => {
  server = await startTestServer()
  const names = ['token-api', 'exports', 'auth', 'admin-writes', 'public-forms', 'rcaptcha'] as const
  const throttles = Object.fromEntries(names.map((name) => [name, 1_000_000]))
  await server.window.call(changeSettings, { body: { throttles } })
  tokens = [server.bearer, await server.makeToken(['*']), await server.makeToken(['links:read']), 'wrong']
  const { qr_link } = await server.window.call(createQrLink, {
    body: { destination_url: 'https://example.com/' },
  })
  const text = 'slug,destination_url\na,https://example.com\nb,x'
  const { import: checked } = await server.window.call(previewQrLinkImport, { body: { text } })
  ids = [qr_link.id, checked.id, qr_link.business_id, 'nothing', '%00', 'x'.repeat(250)]
})
afterAll(() => server[Symbol.asyncDispose]())

interface Sent {
  token: string
  params: Record<string, string>
  query: Record<string, QueryValue>
  body: unknown
  type: string
  key: string | undefined
}

function requestsFor(endpoint: AnyEndpoint): fc.Arbitrary<Sent> {
  return fc.record({
    token: fc.constantFrom(...tokens, ...tokens.slice(0, 2), ...tokens.slice(0, 2)),
    params: fc.record({
      id: fc.constantFrom(...ids),
      token: fc.constantFrom(...ids, 'x'.repeat(32)),
      row: fc.constantFrom('1', '2', '0', '-1', '99', 'x', '1e9'),
    }),
    query: arbitraryFor((endpoint.query ?? { type: 'object' }) as object) as fc.Arbitrary<
      Record<string, QueryValue>
    >,
    body: arbitraryFor((endpoint.body ?? { type: 'object' }) as object),
    type: fc.constantFrom(
      'application/json',
      'application/json',
      'application/json',
      'text/csv',
      'text/plain',
      'x/y',
      '',
    ),
    key: fc.option(fc.constantFrom('a', 'b', 'c'.repeat(300)), { nil: undefined, freq: 6 }),
  })
}

async function send(endpoint: AnyEndpoint, sent: Sent): Promise<Response> {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(sent.params[name] ?? ''),
  )
  const isObject = typeof sent.query === 'object' && sent.query !== null && !Array.isArray(sent.query)
  const headers: Record<string, string> = { Authorization: `Bearer ${sent.token}` }
  if (sent.type !== '' && endpoint.method !== 'GET') headers['Content-Type'] = sent.type
  if (sent.key !== undefined) headers['Idempotency-Key'] = `${endpoint.name}-${sent.key}`
  const body = endpoint.method === 'GET' ? {} : { body: JSON.stringify(sent.body) ?? '' }
  const query = isObject ? buildQuery(sent.query) : ''
  return fetch(`${server.server.url}${path}?${query}`, {
    method: endpoint.method,
    headers,
    redirect: 'manual',
    ...body,
  })
}

describe('any request, however wrong', () => {
  it.each(tested.map((endpoint) => [endpoint.name, endpoint] as const))(
    '%s answers as documented',
    { timeout: 120_000 },
    async (_name, endpoint) => {
      const property = fc.asyncProperty(requestsFor(endpoint), async (sent) => {
        expect(await faultOf(endpoint, await send(endpoint, sent))).toBeUndefined()
      })
      await fc.assert(property, { numRuns: Math.ceil(requests / tested.length), endOnFailure: true })
    },
  )

  it('would be caught answering anything else', async () => {
    const endpoint = tested.find(({ name }) => name === 'findQrLink') as AnyEndpoint
    const json = { headers: { 'Content-Type': 'application/json' } }
    expect(await faultOf(endpoint, new Response('{"message":"x"}', { status: 418, ...json }))).toContain(
      '418',
    )
    expect(await faultOf(endpoint, new Response('{"message":"x"}', { status: 500, ...json }))).toContain(
      '500',
    )
    expect(await faultOf(endpoint, new Response('{"qr_link":{}}', { status: 200, ...json }))).toContain(
      'required',
    )
    const stack = '{"message":"x at run (/app/run.js:1)"}'
    expect(await faultOf(endpoint, new Response(stack, { status: 404, ...json }))).toContain('too much')
  })
})
