import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQrLink } from '#contract/qr-links.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

let server: TestServer
let host = ''
beforeAll(async () => {
  server = await startTestServer()
  host = `127.0.0.1:${server.server.port}`
  await server.window.call(createQrLink, { body: { slug: 'menu', destination_url: 'https://example.com/' } })
  // Known from now on: a redirect has a way of its own before any routing.
  await fetch(`${server.server.url}/r/menu`, { redirect: 'manual' })
})
afterAll(() => server[Symbol.asyncDispose]())

/** Sends the very bytes and gives all that comes back until the server closes, or for two seconds. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.server.port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    let answer = ''
    socket.setTimeout(2000, () => socket.destroy())
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => resolve(answer))
  })
}

const statusesOf = (answer: string): number[] =>
  [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))

async function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<number | undefined> {
  const lines = Object.entries({ Host: host, Connection: 'close', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return statusesOf(await exchange(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`))[0]
}

const fromElsewhere = {
  'Sec-Fetch-Site': 'cross-site',
  'Sec-Fetch-Mode': 'navigate',
  'Sec-Fetch-Dest': 'document',
}

describe('the guard is not got around', () => {
  it('by writing the path of the API in another way', async () => {
    for (const path of [
      '/api/openapi.json',
      '/%61pi/openapi.json',
      '/ap%69/openapi.json',
      '/%61%70%69/openapi.json',
      `http://${host}/api/openapi.json`,
    ]) {
      const status = await ask(path, fromElsewhere)
      expect([path, status === 403 || status === 404]).toEqual([path, true])
    }
    // Nothing of it is there when a page of ours asks, or it is the document.
    expect(await ask('/%61pi/openapi.json')).toBe(200)
  })

  it('by an address that cannot be read, or one that is very long', async () => {
    for (const path of ['/%ff', '/api/%ff', '/r/%e0%a4%a', `/r/${'x'.repeat(3000)}`, '/nowhere/%00', '*']) {
      expect([path, await ask(path, { Host: 'evil.test' }, path === '*' ? 'OPTIONS' : 'GET')]).toEqual([
        path,
        421,
      ])
      expect([path, await ask(path, { Origin: 'https://evil.test' })]).toEqual([path, 403])
    }
    expect(await ask('/api/%ff')).toBe(400)
    expect(await ask(`/r/${'x'.repeat(3000)}`)).toBe(404)
  })

  it('by the way of a known redirect', async () => {
    expect(await ask('/r/menu')).toBe(302)
    expect(await ask('/r/menu', fromElsewhere)).toBe(302)
    for (const [name, value] of [
      ['Host', 'evil.test'],
      ['Host', `evil.test:${server.server.port}`],
      ['Host', '127.0.0.1'],
    ]) {
      expect([value, await ask('/r/menu', { [name!]: value! })]).toEqual([value, 421])
    }
    for (const Origin of ['https://evil.test', 'null', '']) expect(await ask('/r/menu', { Origin })).toBe(403)
    for (const site of ['cross-site', 'same-site', 'Cross-Site', 'x']) {
      expect([site, await ask('/r/menu', { 'Sec-Fetch-Site': site })]).toEqual([site, 403])
    }
  })

  it('by two names, none, or a name in other letters', async () => {
    const get = (lines: string, version = '1.1') =>
      exchange(`GET /api/me HTTP/${version}\r\n${lines}Connection: close\r\n\r\n`)
    for (const lines of [
      `Host: ${host}\r\nHost: evil.test\r\n`,
      `Host: evil.test\r\nHost: ${host}\r\n`,
      '',
      `Host: ${host}.\r\n`,
      `Host: x@${host}\r\n`,
    ]) {
      const [status] = statusesOf(await get(lines))
      expect([lines, status === 421 || status === 400]).toEqual([lines, true])
    }
    expect(statusesOf(await get('', '1.0'))).toEqual([421])
    expect(statusesOf(await get(`Host: LOCALHOST:${server.server.port}\r\n`))).toEqual([401])
  })

  it('by hiding one request in another', async () => {
    const hidden = `GET /api/me HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n`
    const both = `POST /api/local/session HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`
    const confused = await exchange(
      `${both}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    )
    expect(statusesOf(confused)).toEqual([400])
    expect(confused).toContain('{"message":"Bad Request."}')
    const twice = await exchange(`${both}Content-Length: 2\r\nContent-Length: 4\r\n\r\n{}${hidden}`)
    expect(statusesOf(twice)).toEqual([400])
    // In a row they are two requests, and each is looked at.
    const inRow = await exchange(`GET /r/menu HTTP/1.1\r\nHost: ${host}\r\n\r\n${hidden}`)
    expect(statusesOf(inRow)).toEqual([302, 421])
  })
})

describe('what is no HTTP', () => {
  it('is answered in the envelope, and told nothing', async () => {
    for (const bytes of [
      'GET\r\n\r\n',
      '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nBad Header: x\r\n\r\n`,
    ]) {
      const answer = await exchange(bytes)
      expect(statusesOf(answer)).toEqual([400])
      expect(answer).toMatch(/Content-Type: application\/json\r\n[^]*\r\n\r\n\{"message":"Bad Request\."\}$/)
    }
    const long = await exchange(
      `GET /api/me HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    )
    expect(long).toMatch(/^HTTP\/1\.1 431 [^]*\{"message":"Request Header Fields Too Large\."\}$/)
  })
})

describe('a launch code', () => {
  it('opens one session, however many ask at once', async () => {
    const body = JSON.stringify({ launch_code: new URL(server.server.makeLaunchLink()).hash.slice(3) })
    const headers = { 'Content-Type': 'application/json' }
    const open = () => fetch(`${server.server.url}/api/local/session`, { method: 'POST', headers, body })
    const statuses = (await Promise.all(Array.from({ length: 8 }, open))).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 403)).toHaveLength(7)
  })
})
