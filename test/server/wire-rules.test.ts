import { createClient } from '#contract/client.ts'
import { createQrLink, deleteQrLink, findQrLink, listQrLinks, restoreQrLink } from '#contract/qr-links.ts'
import { createLaunchLink, logout, showMe } from '#contract/session.ts'
import { listTokens } from '#contract/tokens.ts'
import { describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const destination_url = 'https://example.com/menu'

const clientOf = (server: TestServer, token: string) =>
  createClient({ baseUrl: server.server.url, token: () => token })

/** What is kept of the answers under idempotency keys. */
async function keptAnswers(server: TestServer): Promise<(string | null)[]> {
  const rows = await server.server.context.database.db.selectFrom('idempotency_keys').select('body').execute()
  return rows.map(({ body }) => body)
}

describe('an idempotency key', () => {
  it('is free again after a refusal, so that the mended request goes through', async () => {
    await using server = await startTestServer()
    const headers = { 'Idempotency-Key': 'mend' }
    const send = (url: string) =>
      server.window.call(createQrLink, { body: { destination_url: url }, headers })
    await expect(send('http://10.0.0.1/')).rejects.toMatchObject({ status: 422 })
    expect((await send(destination_url)).qr_link.destination_url).toBe(destination_url)
  })

  it('is its caller’s own', async () => {
    await using server = await startTestServer()
    const [one, two] = [await server.withToken(['links:write']), await server.withToken(['links:write'])]
    const call = { body: { destination_url }, headers: { 'Idempotency-Key': 'same' } }
    const [first, second] = [await one.call(createQrLink, call), await two.call(createQrLink, call)]
    expect(first.qr_link.id).not.toBe(second.qr_link.id)
  })

  it('belongs to one address: the same body sent elsewhere is another request', async () => {
    await using server = await startTestServer()
    const made = [await server.window.call(createQrLink, { body: { destination_url } })]
    made.push(await server.window.call(createQrLink, { body: { destination_url } }))
    const headers = { 'Idempotency-Key': 'restore' }
    const restore = (id: string) => server.window.call(restoreQrLink, { params: { id }, headers })
    const ids = made.map(({ qr_link }) => qr_link.id)
    for (const id of ids) await server.window.call(deleteQrLink, { params: { id } })
    await restore(ids[0]!)
    await expect(restore(ids[1]!)).rejects.toMatchObject({ status: 422 })
  })

  it('of an answer with a secret keeps no secret', async () => {
    await using server = await startTestServer()
    const headers = { 'Idempotency-Key': 'launch' }
    const { launch_link } = await server.window.call(createLaunchLink, { headers })
    const code = new URL(launch_link.url).hash.slice(3)
    expect((await keptAnswers(server)).join()).not.toContain(code)
    await expect(server.window.call(createLaunchLink, { headers })).rejects.toMatchObject({ status: 409 })
  })

  it('that was answered before is told by a header, and counts as a call like any other', async () => {
    await using server = await startTestServer()
    const token = await server.makeToken(['links:write'], { rate_per_minute: 10 })
    const call = { body: { destination_url }, headers: { 'Idempotency-Key': 'again' } }
    const first = await clientOf(server, token).callWithHeaders(createQrLink, call)
    const again = await clientOf(server, token).callWithHeaders(createQrLink, call)
    expect([first.headers.get('idempotent-replayed'), again.headers.get('idempotent-replayed')]).toEqual([
      null,
      'true',
    ])
    expect(again.headers.get('content-type')).toBe('application/json')
    expect(again.headers.get('x-ratelimit-remaining')).toBe('8')
  })
})

describe('a token', () => {
  it('knows when it was last used, to the minute', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z')
    await using server = await startTestServer({ clock: () => now })
    const client = await server.withToken(['links:read'])
    const used = async () => (await server.window.call(listTokens)).tokens.data[0]?.last_used_at
    expect(await used()).toBeNull()
    await client.call(listQrLinks)
    expect(await used()).toBe('2026-11-23T09:00:00.000000Z')
    now += 59_000
    await client.call(listQrLinks)
    expect(await used()).toBe('2026-11-23T09:00:00.000000Z')
    now += 1000
    await client.call(listQrLinks)
    expect(await used()).toBe('2026-11-23T09:01:00.000000Z')
  })

  it('that signed out is of no use any more, nor is a window’s session', async () => {
    await using server = await startTestServer()
    for (const token of [await server.makeToken(['links:read']), server.bearer]) {
      const client = clientOf(server, token)
      expect((await client.call(showMe)).me.signed_in_with).toMatch(/api|window/)
      await client.call(logout)
      await expect(client.call(showMe)).rejects.toMatchObject({ status: 401 })
    }
  })
})

describe('an ETag', () => {
  it('stays while nothing changes, and If-Match takes any of several, or all', async () => {
    await using server = await startTestServer()
    const made = await server.window.callWithHeaders(createQrLink, { body: { destination_url } })
    const params = { id: made.data.qr_link.id }
    const etag = made.headers.get('etag') ?? ''
    const read = await server.window.callWithHeaders(findQrLink, { params })
    expect(read.headers.get('etag')).toBe(etag)
    const remove = (match: string) =>
      server.window.call(deleteQrLink, { params, headers: { 'If-Match': match } })
    for (const wrong of ['"other"', `W/${etag}`, etag.slice(1, -1), '']) {
      await expect(remove(wrong)).rejects.toMatchObject({ status: 412 })
    }
    await remove(`"other", ${etag}`)
    await server.window.call(restoreQrLink, { params })
    await expect(remove(etag)).rejects.toMatchObject({ status: 412 })
    await remove('*')
  })
})
