import { describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import { createClient } from '#contract/client.ts'
import { changeSettings } from '#contract/device.ts'
import { changeQrLink, createQrLink, deleteQrLink, findQrLink, listQrLinks } from '#contract/qr-links.ts'
import { createToken, listTokens, revokeToken } from '#contract/tokens.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const destination_url = 'https://example.com/menu'

async function json(response: Response): Promise<unknown> {
  return response.json()
}

function bearer(token: string): RequestInit {
  return { headers: { Authorization: `Bearer ${token}` } }
}

describe('a list', () => {
  it('is the 13-field paginator under its key, and its links keep the other parameters', async () => {
    await using server = await startTestServer()
    for (const slug of ['one', 'two', 'three']) {
      await server.window.call(createQrLink, { body: { slug, destination_url } })
    }
    const response = await server.fetch('/api/qr-links?per_page=1&page=2&search=e&sort=slug')
    expect(response.headers.get('content-type')).toBe('application/json')
    const body = (await json(response)) as { qr_links: Record<string, unknown> }
    expect(Object.keys(body)).toEqual(['qr_links'])
    expect(Object.keys(body.qr_links)).toEqual([
      'current_page',
      'data',
      'first_page_url',
      'from',
      'last_page',
      'last_page_url',
      'links',
      'next_page_url',
      'path',
      'per_page',
      'prev_page_url',
      'to',
      'total',
    ])
    const base = `${server.server.url}/api/qr-links`
    expect(body.qr_links).toMatchObject({
      current_page: 2,
      total: 3,
      per_page: 1,
      path: base,
      prev_page_url: `${base}?per_page=1&search=e&sort=slug&page=1`,
    })
  })

  it('takes 1 to 100 a page, and any page that is no number for the first', async () => {
    await using server = await startTestServer()
    const over = await server.fetch('/api/qr-links?per_page=101')
    expect(over.status).toBe(422)
    expect(await json(over)).toEqual({
      message: 'The per page field must not be greater than 100.',
      errors: { per_page: ['The per page field must not be greater than 100.'] },
    })
    for (const page of ['abc', '-1', '0', '1e1', '99999999999999999999']) {
      const body = await json(await server.fetch(`/api/qr-links?page=${page}`))
      expect(body).toMatchObject({ qr_links: { current_page: 1, from: null, last_page: 1 } })
    }
    expect(await json(await server.fetch('/api/qr-links?page=7'))).toMatchObject({
      qr_links: { current_page: 7, data: [] },
    })
  })
})

describe('validation', () => {
  it('answers 422 with the first sentence, how many more, and all of them by field; nothing is saved', async () => {
    await using server = await startTestServer()
    const body = JSON.stringify({
      slug: 'api',
      destination_url: 'http://10.0.0.1',
      tags: [''],
      is_active: 'perhaps',
    })
    const headers = { 'Content-Type': 'application/json' }
    const refused = await server.fetch('/api/qr-links', { method: 'POST', body, headers })
    expect(refused.status).toBe(422)
    const { message, errors } = (await json(refused)) as { message: string; errors: Record<string, string[]> }
    expect(Object.keys(errors).toSorted()).toEqual(['destination_url', 'is_active', 'slug', 'tags.0'])
    expect(message).toMatch(/ \(and 3 more errors\)$/)
    expect((await server.window.call(listQrLinks)).qr_links.total).toBe(0)
  })

  it('says where a body stops being JSON, and takes no other type', async () => {
    await using server = await startTestServer()
    const post = (body: string, type: string) =>
      server.fetch('/api/qr-links', { method: 'POST', body, headers: { 'Content-Type': type } })
    const broken = await post('{\n  "slug": oops\n}', 'application/json')
    expect(broken.status).toBe(400)
    expect(await json(broken)).toEqual({
      message: 'The request body is not valid JSON: it breaks at line 2, column 11.',
    })
    expect((await post('slug=a', 'application/x-www-form-urlencoded')).status).toBe(415)
    expect((await post(`{"notes":"${'x'.repeat(1024 * 1024)}"}`, 'application/json')).status).toBe(413)
  })
})

describe('who is calling', () => {
  it('gets one constant 401 for a missing, malformed, unknown, revoked or expired token', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z')
    await using server = await startTestServer({ clock: () => now })
    const expired = await server.makeToken(['links:read'], { expires_at: '2026-11-23T10:00:00Z' })
    const revoked = await server.makeToken(['links:read'])
    const { tokens } = await server.window.call(listTokens)
    const gone = tokens.data.find(({ last_four }) => revoked.endsWith(last_four))
    await server.window.call(revokeToken, { params: { id: gone?.id ?? '' } })
    expect((await fetch(`${server.server.url}/api/qr-links`, bearer(expired))).status).toBe(200)
    now += 2 * 60 * 60 * 1000
    const answers = await Promise.all(
      [undefined, 'nonsense', `${'0'.repeat(8)}|qrs_x`, revoked, expired].map((token) =>
        fetch(`${server.server.url}/api/qr-links`, token === undefined ? {} : bearer(token)),
      ),
    )
    for (const answer of answers) {
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toBeNull()
      expect(answer.headers.get('x-ratelimit-limit')).toBeNull()
      expect(await answer.text()).toBe('{"message":"Unauthenticated."}')
    }
  })

  it('is held to scope and business: 403 for the first, 404 for a row of another', async () => {
    await using server = await startTestServer()
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    const { qr_link } = await server.window.call(createQrLink, { body: { slug: 'mine', destination_url } })
    const reader = await server.withToken(['links:read'])
    await expect(reader.call(createQrLink, { body: { destination_url } })).rejects.toMatchObject({
      status: 403,
      message: 'Invalid ability provided.',
    })
    const other = await server.withToken(['links:read', 'links:write'], { business_id: business.id })
    await expect(other.call(findQrLink, { params: { id: qr_link.id } })).rejects.toMatchObject({
      status: 404,
    })
    expect((await other.call(listQrLinks)).qr_links.total).toBe(0)
    const foreign = { destination_url, business_id: qr_link.business_id }
    await expect(other.call(createQrLink, { body: foreign })).rejects.toMatchObject({ status: 403 })
    const made = await other.call(createQrLink, { body: { slug: 'mine', destination_url } })
    expect(made.qr_link.business_id).toBe(business.id)
  })

  it('learns of an unknown row before a missing scope, and of both before wrong input', async () => {
    await using server = await startTestServer()
    const { qr_link } = await server.window.call(createQrLink, { body: { destination_url } })
    const reader = await server.withToken(['links:read'])
    const change = (id: string) => reader.call(changeQrLink, { params: { id }, body: { slug: '!' } })
    await expect(change('nothing')).rejects.toMatchObject({ status: 404, message: 'Not Found' })
    await expect(change(qr_link.id)).rejects.toMatchObject({ status: 403 })
  })

  it('sees a new token’s secret once, and cannot make one that may do more than itself', async () => {
    await using server = await startTestServer()
    const body = { name: 'Script', kind: 'api' as const, scopes: ['links:read' as const] }
    const headers = { 'Idempotency-Key': 'make-one' }
    const made = await server.window.call(createToken, { body, headers })
    expect(made.plain_text_token).toMatch(/^[0-9a-f-]{36}\|qrs_[A-Za-z0-9]{40}[0-9a-f]{8}$/)
    await expect(server.window.call(createToken, { body, headers })).rejects.toMatchObject({ status: 409 })
    const { tokens } = await server.window.call(listTokens)
    expect(tokens.total).toBe(1)
    expect(JSON.stringify(tokens)).not.toContain(made.plain_text_token.slice(40))
    const maker = await server.withToken(['tokens:write'])
    await expect(maker.call(createToken, { body })).rejects.toMatchObject({ status: 403 })
  })
})

describe('throttles', () => {
  it('count a token by its own rate, and answer 429 until the window ends', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z')
    await using server = await startTestServer({ clock: () => now })
    const token = await server.makeToken(['links:read'], { rate_per_minute: 2 })
    const ask = () => fetch(`${server.server.url}/api/qr-links`, bearer(token))
    const first = await ask()
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual([
      '2',
      '1',
    ])
    await ask()
    now += 20_000
    const full = await ask()
    expect(full.status).toBe(429)
    expect(await full.text()).toBe('{"message":"Too Many Attempts."}')
    expect(full.headers.get('retry-after')).toBe('40')
    expect(Number(full.headers.get('x-ratelimit-reset'))).toBe(Date.parse('2026-11-23T09:01:00Z') / 1000)
    now += 40_000
    expect((await ask()).status).toBe(200)
  })

  it('can be set by the operator, and an unknown name is refused', async () => {
    await using server = await startTestServer()
    await server.window.call(changeSettings, { body: { throttles: { 'token-api': 1 } } })
    const token = await server.makeToken(['links:read'])
    const ask = () => fetch(`${server.server.url}/api/qr-links`, bearer(token))
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 429])
    const wrong = server.window.call(changeSettings, { body: { throttles: { 'no-such': 1 } } })
    await expect(wrong).rejects.toMatchObject({
      status: 422,
      errors: { 'throttles.no-such': expect.any(Array) },
    })
  })
})

describe('writing again', () => {
  it('gives the first answer to the same key, 422 for another body, also after a restart', async () => {
    const headers = { 'Idempotency-Key': 'order-7' }
    const body = { slug: 'seven', destination_url }
    await using server = await startTestServer()
    const first = await server.window.callWithHeaders(createQrLink, { body, headers })
    const again = await server.window.callWithHeaders(createQrLink, { body, headers })
    expect(again.data).toEqual(first.data)
    expect(again.status).toBe(201)
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
    const other = server.window.call(createQrLink, { body: { destination_url }, headers })
    await expect(other).rejects.toMatchObject({ status: 422, errors: { idempotency_key: expect.any(Array) } })
    expect((await server.window.call(listQrLinks)).qr_links.total).toBe(1)
  })

  it('lets twins that run at once do the work once', async () => {
    await using server = await startTestServer()
    const headers = { 'Idempotency-Key': 'twins' }
    const calls = Array.from({ length: 8 }, () =>
      server.window.call(createQrLink, { body: { destination_url }, headers }).then(
        () => 201,
        (error: { status: number }) => error.status,
      ),
    )
    const statuses = new Set(await Promise.all(calls))
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true)
    expect((await server.window.call(listQrLinks)).qr_links.total).toBe(1)
  })

  it('keeps an answer for seven days', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z')
    await using server = await startTestServer({ clock: () => now })
    const call = { body: { destination_url }, headers: { 'Idempotency-Key': 'week' } }
    const first = await server.window.call(createQrLink, call)
    now += 7 * 86_400_000 - 1000
    expect((await server.window.call(createQrLink, call)).qr_link.id).toBe(first.qr_link.id)
    now += 2000
    expect((await server.window.call(createQrLink, call)).qr_link.id).not.toBe(first.qr_link.id)
  })

  it('is refused with 412 when the thing was changed since it was read; scans do not count as a change', async () => {
    await using server = await startTestServer()
    const made = await server.window.callWithHeaders(createQrLink, {
      body: { slug: 'etag', destination_url },
    })
    const { id } = made.data.qr_link
    const headers = { 'If-Match': made.headers.get('etag') ?? '' }
    expect(headers['If-Match']).toMatch(/^"[^"]+"$/)
    await server.fetch('/r/etag')
    const changed = await server.window.callWithHeaders(changeQrLink, {
      params: { id },
      body: { title: 'A' },
      headers,
    })
    const late = server.window.call(changeQrLink, { params: { id }, body: { title: 'B' }, headers })
    await expect(late).rejects.toMatchObject({ status: 412 })
    await expect(server.window.call(deleteQrLink, { params: { id }, headers })).rejects.toMatchObject({
      status: 412,
    })
    const fresh = { 'If-Match': changed.headers.get('etag') ?? '' }
    expect(
      (await server.window.callWithHeaders(deleteQrLink, { params: { id }, headers: fresh })).status,
    ).toBe(204)
  })
})

describe('paths and methods', () => {
  it('answer 404, 405 with Allow, HEAD, OPTIONS and a trailing slash as Laravel does', async () => {
    await using server = await startTestServer()
    const ask = (path: string, method: string) => server.fetch(path, { method })
    const lost = await ask('/api/nowhere', 'GET')
    expect([lost.status, await json(lost)]).toEqual([
      404,
      { message: 'The route api/nowhere could not be found.' },
    ])
    const put = await ask('/api/qr-links', 'PUT')
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
    const known = await ask('/api/qr-links', 'OPTIONS')
    expect([known.status, known.headers.get('allow')]).toEqual([200, 'GET, HEAD, POST'])
    const head = await ask('/api/qr-links', 'HEAD')
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await ask('/api/qr-links/', 'GET')).status).toBe(200)
    expect((await ask('/API/qr-links', 'GET')).status).toBe(404)
  })

  it('carry a request id that the caller cannot choose', async () => {
    await using server = await startTestServer()
    const { headers } = await server.fetch('/api/me', { headers: { 'X-Request-Id': 'chosen' } })
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('the key survives a restart', () => {
  it('and so does the answer', async () => {
    const { mkdtempSync, rmSync } = await import('node:fs')
    const dataDir = mkdtempSync('/tmp/qrscan-restart-')
    const call = { body: { slug: 'kept', destination_url }, headers: { 'Idempotency-Key': 'restart' } }
    const makeIn = async (server: TestServer, token: string) =>
      createClient({ baseUrl: server.server.url, token: () => token }).call(createQrLink, call)
    const before = await startTestServer({ dataDir })
    const token = await before.makeToken(['links:write'])
    const first = await makeIn(before, token)
    await before[Symbol.asyncDispose]()
    const after = await startTestServer({ dataDir })
    expect(await makeIn(after, token)).toEqual(first)
    await after[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })
})
