import { request } from 'node:http'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import { changeSettings } from '#contract/device.ts'
import {
  changeQrLink,
  createQrLink,
  deleteQrLink,
  findQrLink,
  listQrLinkScans,
  restoreQrLink,
  showQrLinkAnalytics,
  type NewQrLink,
} from '#contract/qr-links.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const destination_url = 'https://example.com/menu'

interface Answer {
  status: number
  location: string | undefined
  type: string | undefined
  headers: Record<string, unknown>
  body: string
}

/** What a phone sends: no token, no browser's own headers. */
function scan(server: TestServer, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.server
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => {
        const { location, 'content-type': type } = response.headers
        resolve({ status: response.statusCode ?? 0, location, type, headers: response.headers, body })
      })
    })
    sent.once('error', reject).end()
  })
}

/** The first answer comes from the database, the second from memory: both ways must agree. */
async function scanTwice(server: TestServer, path: string): Promise<Answer> {
  const { headers: _first, ...first } = await scan(server, path)
  const { headers, ...second } = await scan(server, path)
  expect(second).toEqual(first)
  return { headers, ...second }
}

async function add(server: TestServer, link: Partial<NewQrLink>) {
  return (await server.window.call(createQrLink, { body: { destination_url, ...link } })).qr_link
}

const countOf = async (server: TestServer, id: string) =>
  (await server.window.call(findQrLink, { params: { id } })).qr_link.scan_count

describe('a code', () => {
  it('leads to its destination with a 302 that nobody keeps', async () => {
    await using server = await startTestServer()
    await add(server, { slug: 'menu' })
    for (const _way of ['database', 'memory']) {
      const { headers, status, body } = await scan(server, '/r/menu')
      expect([status, body]).toEqual([302, ''])
      expect(headers).toMatchObject({
        location: destination_url,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-ratelimit-limit': '600',
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      expect(headers).not.toHaveProperty('set-cookie')
    }
    expect(await scan(server, '/r/MENU')).toMatchObject({ status: 302 })
    expect(await scan(server, '/r/menu/')).toMatchObject({ status: 302 })
    expect(await scan(server, '/r/%6denu?utm=1')).toMatchObject({ status: 302, location: destination_url })
  })

  it('leads to addresses in any script, written as a header can carry them', async () => {
    await using server = await startTestServer()
    const destinations = {
      'https://example.com/ü?x=ä#ö': 'https://example.com/%C3%BC?x=%C3%A4#%C3%B6',
      'https://example.com/€/меню/菜单/🍋': `https://example.com/${encodeURI('€/меню/菜单/🍋')}`,
      'https://example.com/100%?q=%zz': 'https://example.com/100%?q=%zz',
    }
    for (const [index, [destination, expected]] of Object.entries(destinations).entries()) {
      const link = await add(server, { slug: `way-${index}`, destination_url: destination })
      expect(link.destination_url).toBe(destination)
      expect(await scanTwice(server, `/r/${link.slug}`)).toMatchObject({ status: 302, location: expected })
    }
  })

  it('that is unknown or not yet in use is 404, and one that has ended 410, with a page to read', async () => {
    let now = Date.parse('2026-11-23T09:00:00Z')
    await using server = await startTestServer({ clock: () => now })
    const { id } = await add(server, {
      slug: 'sale',
      starts_at: '2026-11-23T10:00:00Z',
      expires_at: '2026-11-23T11:00:00Z',
    })
    const status = async () => (await scanTwice(server, '/r/sale')).status
    expect(await status()).toBe(404)
    now = Date.parse('2026-11-23T10:00:00Z')
    expect(await status()).toBe(302)
    await server.window.call(changeQrLink, { params: { id }, body: { is_active: false } })
    expect(await status()).toBe(410)
    await server.window.call(changeQrLink, { params: { id }, body: { is_active: true } })
    expect(await status()).toBe(302)
    now = Date.parse('2026-11-23T11:00:00Z')
    expect(await status()).toBe(410)
    for (const path of ['/r/sale', '/r/nothing', '/r/%ff', '/r/%00', "/r/'--", `/r/${'x'.repeat(400)}`]) {
      const { status, type, body, headers } = await scan(server, path)
      expect([path, [400, 404, 410].includes(status)]).toEqual([path, true])
      if (status === 400) continue
      expect([path, type]).toEqual([path, 'text/html; charset=utf-8'])
      expect(body).toMatch(/<h1>This (code leads nowhere|link has ended)<\/h1>/)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
    }
  })

  it('of a deleted link is 410, leads on when restored, and to the new link when its slug was taken', async () => {
    await using server = await startTestServer()
    const params = { id: (await add(server, { slug: 'menu' })).id }
    expect((await scanTwice(server, '/r/menu')).status).toBe(302)
    await server.window.call(deleteQrLink, { params })
    expect((await scanTwice(server, '/r/menu')).status).toBe(410)
    await server.window.call(restoreQrLink, { params })
    expect((await scanTwice(server, '/r/menu')).status).toBe(302)
    await server.window.call(deleteQrLink, { params })
    await add(server, { slug: 'menu', destination_url: 'https://example.com/new' })
    expect(await scanTwice(server, '/r/menu')).toMatchObject({ location: 'https://example.com/new' })
  })

  it('that changed leads to the new place at once, also under its new slug', async () => {
    await using server = await startTestServer()
    const params = { id: (await add(server, { slug: 'old' })).id }
    await scanTwice(server, '/r/old')
    const body = { slug: 'fresh', destination_url: 'https://example.com/new' }
    await server.window.call(changeQrLink, { params, body })
    expect((await scanTwice(server, '/r/old')).status).toBe(404)
    expect(await scanTwice(server, '/r/fresh')).toMatchObject({ location: 'https://example.com/new' })
  })

  it('that two businesses have leads to the one that had it first', async () => {
    await using server = await startTestServer()
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    await add(server, { slug: 'menu' })
    await add(server, { slug: 'menu', business_id: business.id, destination_url: 'https://example.com/b' })
    expect(await scanTwice(server, '/r/menu')).toMatchObject({ location: destination_url })
  })
})

describe('scans', () => {
  it('are counted for every GET that led on, and for nothing else', async () => {
    await using server = await startTestServer()
    const { id } = await add(server, { slug: 'menu' })
    for (let n = 0; n < 5; n++) await scan(server, '/r/menu')
    expect(await scan(server, '/r/menu', {}, 'HEAD')).toMatchObject({
      status: 302,
      location: destination_url,
    })
    expect(await scan(server, '/r/menu', {}, 'POST')).toMatchObject({ status: 405 })
    expect(await scan(server, '/r/menu', { Origin: 'https://evil.test' })).toMatchObject({ status: 403 })
    expect(await scan(server, '/r/menu', { Host: 'evil.test' })).toMatchObject({ status: 421 })
    await server.window.call(changeQrLink, { params: { id }, body: { is_active: false } })
    await scan(server, '/r/menu')
    await expect.poll(() => countOf(server, id)).toBe(5)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(await countOf(server, id)).toBe(5)
  })

  it('keep the kind of device, the language and the referring host, and nothing of the person', async () => {
    await using server = await startTestServer()
    const { id } = await add(server, { slug: 'menu' })
    const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Secret-Agent'
    const from = {
      'User-Agent': iphone,
      'Accept-Language': 'de-CH,de;q=0.9',
      Referer: 'https://shop.example.com/private?u=7',
    }
    const agents = [
      'Mozilla/5.0 (Linux; Android 16)',
      'Mozilla/5.0 (Windows NT 10.0)',
      'Googlebot/2.1',
      'Fridge/1',
    ]
    await scan(server, '/r/menu', from)
    for (const agent of agents) await scan(server, '/r/menu', { 'User-Agent': agent })
    await expect.poll(() => countOf(server, id)).toBe(5)
    const { scans } = await server.window.call(listQrLinkScans, { params: { id } })
    expect(scans.data.map(({ device }) => device).toReversed()).toEqual([
      'ios',
      'android',
      'desktop',
      'bot',
      'other',
    ])
    expect(scans.data.at(-1)).toEqual({
      scanned_at: expect.stringMatching(/Z$/),
      device: 'ios',
      language: 'de',
      referrer_host: 'shop.example.com',
    })
    const { analytics } = await server.window.call(showQrLinkAnalytics, { params: { id } })
    expect(analytics).toMatchObject({ scans: 5, referrers: [{ name: 'shop.example.com', scans: 1 }] })
    expect(analytics.devices).toHaveLength(5)
  })

  it('survive an orderly end, the last one too', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-scans-'))
    const before = await startTestServer({ dataDir })
    const { id } = await add(before, { slug: 'menu' })
    const answers = await Promise.all(Array.from({ length: 250 }, () => scan(before, '/r/menu')))
    expect(answers.every(({ status }) => status === 302)).toBe(true)
    await before[Symbol.asyncDispose]()
    const after = await startTestServer({ dataDir })
    await expect.poll(() => countOf(after, id), { timeout: 5000 }).toBe(250)
    await after[Symbol.asyncDispose]()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('past the limit of one address are refused and not counted, in memory or not', async () => {
    await using server = await startTestServer()
    await server.window.call(changeSettings, { body: { throttles: { 'qr-redirects': 3 } } })
    const { id } = await add(server, { slug: 'menu' })
    const statuses = []
    for (let n = 0; n < 5; n++) statuses.push((await scan(server, '/r/menu')).status)
    expect(statuses).toEqual([302, 302, 302, 429, 429])
    expect((await scan(server, '/r/menu')).headers).toMatchObject({ 'retry-after': expect.any(String) })
    await expect.poll(() => countOf(server, id)).toBe(3)
  })
})
