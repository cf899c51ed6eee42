import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestServer, type TestServer } from '#test/support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

interface RawAnswer {
  status: number
  head: string
  body: string
}

/** Sends the very bytes, which fetch would tidy up, and gives the first answer. */
function sendRaw(text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.server.port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString('latin1')))
    socket.on('error', reject)
    socket.on('close', () => {
      const [head = '', ...rest] = answer.split('\r\n\r\n')
      resolve({ status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') })
    })
  })
}

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
  const all = { Host: `127.0.0.1:${server.server.port}`, Connection: 'close', ...headers }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return sendRaw(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
}

const everywhere = [
  '/api/me',
  '/api/nowhere',
  '/',
  '/qr-links',
  '/r/menu',
  '/nothing.txt',
  '/api/openapi.json',
]

describe('the guard', () => {
  it('answers to its own names and port only, on every route', async () => {
    const { port } = server.server
    for (const path of everywhere) {
      for (const host of [
        'evil.test',
        `evil.test:${port}`,
        '127.0.0.1',
        `127.0.0.1:${port + 1}`,
        `[::1]:${port}`,
        '',
      ]) {
        expect([path, host, (await ask(path, { Host: host })).status]).toEqual([path, host, 421])
      }
      expect((await ask(path, { Host: `localhost:${port}` })).status).not.toBe(421)
    }
  })

  it('refuses other origins and null before any handler, and a preflight with them', async () => {
    const bearer = { Authorization: `Bearer ${server.bearer}` }
    for (const Origin of [
      'https://evil.test',
      'null',
      'http://127.0.0.1:1',
      'file://',
      'https://qrscan.ink',
    ]) {
      expect((await ask('/api/me', { ...bearer, Origin })).status).toBe(403)
      const preflight = { Origin, 'Access-Control-Request-Method': 'POST' }
      expect((await ask('/api/qr-links', preflight, 'OPTIONS')).status).toBe(403)
    }
    expect((await ask('/api/me', { ...bearer, Origin: server.server.url })).status).toBe(200)
    expect((await ask('/api/me', bearer)).status).toBe(200)
  })

  it('lets a foreign page open ours or follow a code, and nothing else', async () => {
    const bearer = { Authorization: `Bearer ${server.bearer}` }
    const navigate = {
      'Sec-Fetch-Site': 'cross-site',
      'Sec-Fetch-Mode': 'navigate',
      'Sec-Fetch-Dest': 'document',
    }
    expect((await ask('/api/me', { ...bearer, ...navigate })).status).toBe(403)
    expect((await ask('/r/none', navigate)).status).toBe(404)
    for (const dest of ['iframe', 'image', 'script', 'empty']) {
      expect((await ask('/r/none', { ...navigate, 'Sec-Fetch-Dest': dest })).status).toBe(403)
    }
    expect((await ask('/api/me', { ...bearer, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
  })

  it('sends no CORS header and no cookie, whatever is asked', async () => {
    for (const path of everywhere) {
      for (const Origin of [server.server.url, 'https://evil.test']) {
        const { head } = await ask(path, { Origin, Authorization: `Bearer ${server.bearer}` })
        expect(head.toLowerCase()).not.toContain('access-control-')
        expect(head.toLowerCase()).not.toContain('set-cookie')
      }
    }
  })

  it('takes no token from the address, and no method from a header', async () => {
    const query = `token=${server.bearer}&access_token=${server.bearer}&api_token=${server.bearer}`
    expect((await ask(`/api/me?${query}`)).status).toBe(401)
    const headers = { Authorization: `Bearer ${server.bearer}`, 'X-HTTP-Method-Override': 'DELETE' }
    expect((await ask('/api/me', headers)).status).toBe(200)
  })

  it('never serves what the build does not have', async () => {
    const hostile = [
      '/../package.json',
      '/assets/../../package.json',
      '/%2e%2e/package.json',
      '/%2e%2e%2fpackage.json',
      '/..%5cpackage.json',
      '/assets/%00index.html',
      '//etc/passwd',
      '/index.html%00.js',
      '/assets/..%2f..%2fmain%2fserver.js',
      '/.%2e/%2e./etc/passwd',
      '/%ff',
    ]
    for (const path of hostile) {
      const { status, body } = await ask(path)
      expect([path, status === 404 || status === 400]).toEqual([path, true])
      expect(body).not.toMatch(/qrscan-desktop|root:|at .*\.[jt]s/)
    }
  })

  it('is not to be reached at another address of this machine', async () => {
    const addresses = Object.values(networkInterfaces())
      .flat()
      .flatMap((one) => (one && !one.internal && one.family === 'IPv4' ? [one.address] : []))
    for (const host of [...addresses, '::1']) {
      const reached = await new Promise((resolve) => {
        const socket = connect(server.server.port, host, () => resolve(true))
        socket.on('error', () => resolve(false))
        socket.on('connect', () => socket.destroy())
      })
      expect([host, reached]).toEqual([host, false])
    }
  })

  it('bounds what a request may hold: headers, and sockets that dribble', async () => {
    expect((await ask('/api/me', { 'X-Long': 'x'.repeat(20_000) })).status).toBe(431)
    const start = Date.now()
    const dribbling = Array.from({ length: 30 }, () => {
      const socket = connect(server.server.port, '127.0.0.1', () =>
        socket.write('GET /api/me HTTP/1.1\r\nHo'),
      )
      const drip = setInterval(() => socket.write('x'), 300)
      return new Promise<void>((resolve) => {
        socket.on('error', () => {})
        socket.on('close', () => {
          clearInterval(drip)
          resolve()
        })
      })
    })
    const good = await server.fetch('/api/me')
    expect(good.status).toBe(200)
    expect(Date.now() - start).toBeLessThan(1000)
    await Promise.all(dribbling)
    expect(Date.now() - start).toBeLessThan(6000)
  })
})

describe('a launch link', () => {
  const swap = (code: string) =>
    server.fetch('/api/local/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ launch_code: code }),
    })

  it('opens the app once', async () => {
    const code = new URL(server.server.makeLaunchLink()).hash.slice(3)
    expect((await swap(code)).status).toBe(201)
    expect((await swap(code)).status).toBe(403)
    expect((await swap('guess')).status).toBe(403)
  })

  it('is of no use after a minute', async () => {
    let now = Date.now()
    await using other = await startTestServer({ clock: () => now })
    const code = new URL(other.server.makeLaunchLink()).hash.slice(3)
    now += 60_000
    const late = await other.fetch('/api/local/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ launch_code: code }),
    })
    expect(late.status).toBe(403)
  })
})

describe('the page', () => {
  it('comes with a strict policy and a nonce of its own each time', async () => {
    const pages = [await ask('/'), await ask('/qr-links')]
    const nonces = pages.map(({ head, body }) => {
      const policy = /content-security-policy: (.*)/i.exec(head)?.[1] ?? ''
      for (const part of [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval';",
        "require-trusted-types-for 'script'",
        "frame-ancestors 'none'",
      ]) {
        expect(policy).toContain(part)
      }
      expect(policy).not.toContain("'unsafe")
      expect(head.toLowerCase()).toContain('x-content-type-options: nosniff')
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
      expect(nonce.length).toBeGreaterThan(20)
      expect(body).toContain(nonce)
      return nonce
    })
    expect(nonces[0]).not.toBe(nonces[1])
  })
})
