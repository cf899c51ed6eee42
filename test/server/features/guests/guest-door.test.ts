import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { BodyOf } from '#contract/endpoint.ts'
import { endpoints } from '#contract/endpoints.ts'
import { changeGuestAccess, showGuestAccess, type GuestAccess } from '#contract/guest-access.ts'
import { guestOrigin, hostNames, isHostName } from '#server/features/guests/addresses.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { rawGet, rawRequest } from './raw-request.ts'

const change = async ({ window }: TestServer, body: BodyOf<typeof changeGuestAccess>): Promise<GuestAccess> =>
  (await window.call(changeGuestAccess, { body })).guest_access

/** The port that guests use, of whatever host. */
const portOf = ({ url }: GuestAccess): number => Number(new URL(url ?? '').port)
const statusOf = (answer: string): number => Number(answer.split(' ', 2)[1])

describe('the guests’ door', () => {
  let server: TestServer
  let port: number
  beforeAll(async () => {
    server = await startTestServer()
    port = portOf(await change(server, { is_open: true, port: 0, host: 'menu.example.test' }))
  })
  afterAll(() => server[Symbol.asyncDispose]())

  it('has no route of the staff’s, whoever asks', async () => {
    const staff = endpoints.filter(({ access }) => access !== 'public')
    expect(staff.length).toBeGreaterThan(60)
    const signed = `Authorization: Bearer ${server.bearer}\r\nContent-Type: application/json\r\nContent-Length: 0\r\n`
    const found: string[] = []
    for (const { method, path } of staff) {
      const address = path.replace(/\{\w+\}/g, 'x')
      const head = `${method} ${address} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${signed}Connection: close\r\n\r\n`
      const status = statusOf(await rawRequest(port, head))
      if (status !== 404) found.push(`${method} ${path} ${status}`)
    }
    expect(found).toEqual([])
  }, 60_000)

  it('has no sign-in, redirect, document or file of the staff’s page', async () => {
    const paths = [
      '/api/local/session',
      '/api/openapi.json',
      '/api/me',
      '/r/menu',
      '/index.html',
      '/qr-links',
      '/assets/index.js',
      '/guest.html',
      '/t',
      '/t/a/b',
      '/../out/main/server.js',
      '/t/..%2f..%2fpackage.json',
      '/assets/%2e%2e/%2e%2e/renderer/index.html',
      '/.vite/manifest.json',
    ]
    const statuses = await Promise.all(
      paths.map(async (path) => [path, statusOf(await rawGet(port, path, `127.0.0.1:${port}`))]),
    )
    const wrong = statuses.filter(([path, status]) => status !== 404 && path !== '/t/..%2f..%2fpackage.json')
    expect(wrong).toEqual([])
    // A table's code may be any text; what comes is the page, whatever stands there.
    expect(await rawGet(port, '/t/..%2f..%2fpackage.json', `127.0.0.1:${port}`)).not.toContain(
      'devDependencies',
    )
  })

  it('answers to names of this machine and the chosen one, and to no other', async () => {
    const ask = async (host: string) => statusOf(await rawGet(port, '/api/public/nothing', host))
    for (const host of ['127.0.0.1', 'localhost', 'menu.example.test', 'MENU.example.TEST']) {
      expect([host, await ask(`${host}:${port}`)]).toEqual([host, 404])
    }
    const { addresses } = (await server.window.call(showGuestAccess)).guest_access
    for (const address of addresses.filter((one) => !one.includes(':'))) {
      expect(await ask(`${address}:${port}`)).toBe(404)
    }
    const foreign = [
      'evil.test',
      `evil.test:${port}`,
      '127.0.0.1',
      `127.0.0.1:${port + 1}`,
      `menu.example.test.evil.test:${port}`,
      `127.0.0.1.evil.test:${port}`,
      '',
    ]
    for (const host of foreign) expect([host, await ask(host)]).toEqual([host, 421])
    const twice = `GET /t/a HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.test\r\nConnection: close\r\n\r\n`
    expect([400, 421]).toContain(statusOf(await rawRequest(port, twice)))
  })

  it('takes nothing from another site and allows none to read', async () => {
    const host = `127.0.0.1:${port}`
    const foreign = await rawGet(port, '/api/public/restaurant/menu', host, 'Origin: https://evil.test\r\n')
    expect(statusOf(foreign)).toBe(403)
    expect(foreign.toLowerCase()).not.toContain('access-control-')
    const own = `POST /api/public/rcaptcha/challenge HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\n`
    const body = '{"form":"order_intent"}'
    const rest = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
    expect(statusOf(await rawRequest(port, own + rest))).toBe(201)
    expect(statusOf(await rawRequest(port, own.replaceAll(`http://${host}`, 'null') + rest))).toBe(403)
  })

  it('holds heads and bodies to the size inside, and lets a slow sender go', async () => {
    const host = `127.0.0.1:${port}`
    const long = await rawGet(port, '/t/a', host, `X-Long: ${'x'.repeat(20_000)}\r\n`)
    expect(statusOf(long)).toBe(431)
    const large = `POST /api/public/rcaptcha/challenge HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`
    const tooLarge = await rawRequest(port, `${large}Content-Length: 2000000\r\nConnection: close\r\n\r\n{`)
    expect(statusOf(tooLarge)).toBe(413)
    const started = Date.now()
    const slow = await rawRequest(port, 'GET /t/a HTTP/1.1\r\nHost: ')
    expect(statusOf(slow)).toBe(408)
    expect(Date.now() - started).toBeLessThan(6_000)
  }, 15_000)

  it('holds one address to a number of page loads, without holding the others', async () => {
    const ask = async () => (await fetch(`http://127.0.0.1:${port}/t/none`)).status
    const statuses = new Set<number>()
    for (let load = 0; load < 310; load++) statuses.add(await ask())
    expect(statuses.has(429)).toBe(true)
    const body = '{"form":"order_intent"}'
    const headers = { 'Content-Type': 'application/json' }
    const url = `http://127.0.0.1:${port}/api/public/rcaptcha/challenge`
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201)
  })
})

describe('opening and closing', () => {
  it('is off until the owner opens it, and wants the owner on this machine', async () => {
    await using server = await startTestServer()
    const { guest_access } = await server.window.call(showGuestAccess)
    expect(guest_access).toMatchObject({ is_open: false, url: null, problem: null, host: null, port: 8095 })
    const token = await server.withToken(['restaurant:write'])
    await expect(token.call(changeGuestAccess, { body: { is_open: true } })).rejects.toMatchObject({
      status: 403,
    })
  })

  it('closes at once, and a new port or host counts from then on', async () => {
    await using server = await startTestServer()
    const first = await change(server, { is_open: true, port: 0, host: '127.0.0.1' })
    const port = portOf(first)
    const named = await change(server, { host: 'tables.local' })
    expect(named.url).toBe(`http://tables.local:${port}`)
    expect(statusOf(await rawGet(port, '/api/x', `tables.local:${port}`))).toBe(404)
    const closed = await change(server, { is_open: false })
    expect(closed.url).toBeNull()
    await expect(rawGet(port, '/', `127.0.0.1:${port}`)).rejects.toThrow('ECONNREFUSED')
  })

  it('is open again after a restart, and closed with the app', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-door-'))
    const port = await freePort()
    {
      await using server = await startTestServer({ dataDir })
      await change(server, { is_open: true, port, host: '127.0.0.1' })
    }
    await expect(rawGet(port, '/', `127.0.0.1:${port}`)).rejects.toThrow('ECONNREFUSED')
    {
      await using server = await startTestServer({ dataDir })
      await expect
        .poll(async () => (await server.window.call(showGuestAccess)).guest_access.url)
        .not.toBeNull()
      expect(statusOf(await rawGet(port, '/api/x', `127.0.0.1:${port}`))).toBe(404)
    }
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('a port that is taken is said in a sentence, and the app starts all the same', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-door-'))
    const squatter = createServer().listen(0, '0.0.0.0')
    await once(squatter, 'listening')
    const { port } = squatter.address() as AddressInfo
    {
      await using server = await startTestServer({ dataDir })
      const taken = await change(server, { is_open: true, port, host: '127.0.0.1' })
      expect(taken).toMatchObject({
        is_open: true,
        url: null,
        problem: expect.stringContaining(String(port)),
      })
    }
    {
      await using server = await startTestServer({ dataDir })
      const read = async () => (await server.window.call(showGuestAccess)).guest_access.problem
      await expect.poll(read).toContain('in use')
      const moved = await change(server, { port: 0 })
      expect(moved).toMatchObject({ is_open: true, problem: null, url: expect.stringContaining('http://') })
    }
    squatter.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('takes a host name or an address, and nothing else for one', async () => {
    await using server = await startTestServer()
    for (const host of ['a b', 'http://x', 'x/y', 'x:80', '-x', 'x..y', '[::1]', 'x@y', 'ü']) {
      expect([host, isHostName(host)]).toEqual([host, false])
      await expect(change(server, { host })).rejects.toMatchObject({ status: 422 })
    }
    for (const host of ['menu.local', '192.168.1.20', 'MENU', 'fd00::1']) expect(isHostName(host)).toBe(true)
  })

  it('never takes the port of the staff’s own side', async () => {
    await using server = await startTestServer()
    const own = change(server, { is_open: true, port: server.server.port })
    await expect(own).rejects.toMatchObject({ status: 422, errors: { port: [expect.any(String)] } })
    expect((await server.window.call(showGuestAccess)).guest_access.is_open).toBe(false)
  })

  it('changes that come at the same moment are made one after the other', async () => {
    await using server = await startTestServer()
    const host = '127.0.0.1'
    await Promise.all(
      [true, false, true, false, true].map((is_open) => change(server, { is_open, port: 0, host })),
    )
    const { url } = (await server.window.call(showGuestAccess)).guest_access
    expect((await fetch(`${url}/api/x`)).status).toBe(404)
  })

  it('writes addresses as browsers do', () => {
    expect(guestOrigin('192.168.1.20', 80)).toBe('http://192.168.1.20')
    expect(guestOrigin('FD00::1', 8095)).toBe('http://[fd00::1]:8095')
    expect(hostNames(['menu.local'], 80)).toEqual(['menu.local:80', 'menu.local'])
  })
})

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '0.0.0.0', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}
