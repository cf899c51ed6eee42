import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageHeaders } from '#contract/page-policy.ts'
import { createPageProtocol, type PageProtocol } from '#main/page-protocol.ts'

const html = '<!doctype html><meta content="__CSP_NONCE__" nonce="__CSP_NONCE__">'
const files = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', body: Buffer.from(html) }],
  ['/assets/index-1a.js', { type: 'text/javascript; charset=utf-8', body: Buffer.from('1') }],
])

function protocolWith(more: Partial<PageProtocol> = {}) {
  return createPageProtocol({
    files,
    target: () => undefined,
    failure: () => undefined,
    openedFile: async () => undefined,
    makeNonce: () => 'bm9uY2U=',
    fetch: globalThis.fetch,
    ...more,
  })
}

/** A server that keeps what it was asked and answers with `answer`. */
async function listen(answer: Parameters<typeof createServer>[1]) {
  const seen: { request: IncomingMessage; body: string }[] = []
  /** Addresses whose caller left before the answer was done. */
  const left: string[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => seen.push({ request, body }))
    response.on('close', () => response.writableFinished || left.push(request.url ?? ''))
    answer?.(request, response as never)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const protocol = protocolWith({ target: () => ({ port, secret: 'qrw_secret' }) })
  return {
    seen,
    protocol,
    left,
    [Symbol.dispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

describe('app://bundle', () => {
  it('serves files of the build and its pages under the strict policy', async () => {
    const { handle } = protocolWith()
    const script = await handle(new Request('app://bundle/assets/index-1a.js'))
    expect(await script.text()).toBe('1')
    expect(Object.fromEntries(script.headers)).toMatchObject(lowered(pageHeaders(undefined)))
    const page = await handle(new Request('app://bundle/qr-links?search=a'))
    expect(await page.text()).toBe(html.replaceAll('__CSP_NONCE__', 'bm9uY2U='))
    expect(page.headers.get('content-security-policy')).toContain("style-src 'self' 'nonce-bm9uY2U='")
    expect(page.headers.get('cache-control')).toBe('no-store')
  })

  it('answers 404, and nothing else, to whatever tries to reach another file', async () => {
    const { handle } = protocolWith()
    const tries = [
      'app://bundle/%2e%2e/package.json',
      'app://bundle/..%2fpackage.json',
      'app://bundle/assets/..%5c..%5cpackage.json',
      'app://bundle/assets/%00',
      'app://bundle/assets/index-1a.js%00.html',
      'app://bundle/index.html',
      'app://bundle//etc/passwd',
      'app://bundle/etc/passwd.txt',
      'app://other/',
      'app://bundle.example.org/',
      'app://bundle:80/qr-links',
    ]
    for (const url of tries) {
      expect([url, (await handle(new Request(url))).status]).toEqual([url, 404])
    }
  })

  it('never answers with a file that the build does not have', async () => {
    const { handle } = protocolWith()
    const known = new Set(['1', html.replaceAll('__CSP_NONCE__', 'bm9uY2U='), 'There is nothing here.\n'])
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e',
      '%2f',
      '%5c',
      '\\',
      '//',
      'assets',
      'index-1a.js',
      'index.html',
      '%00',
      'etc',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 6 }), async (pieces) => {
        const response = await handle(new Request(`app://bundle/${pieces.join('/')}`))
        expect(known).toContain(await response.text())
      }),
      { numRuns: 500 },
    )
  })

  it('shows how to recover, with the reason as text, when the server has given up', async () => {
    const { handle } = protocolWith({ failure: () => '<script>alert(1)</script>' })
    const page = await handle(new Request('app://bundle/imports'))
    const text = await page.text()
    expect(text).toContain('&#60;script&#62;')
    expect(text).not.toContain('<script')
  })
})

describe('calls of the page', () => {
  it('reach the server signed, with our origin, and without what the page may not say', async () => {
    using backend = await listen((_request, response) =>
      response.writeHead(201, { ETag: '"1"', 'Set-Cookie': 'a=b' }).end('{}'),
    )
    const headers = {
      Authorization: 'Bearer stolen',
      Cookie: 'a=b',
      'X-Forwarded-For': '1.2.3.4',
      'Content-Type': 'application/json',
      'Idempotency-Key': 'k1',
      'If-Match': '"0"',
    }
    const request = new Request('app://bundle/api/qr-links?page=2', {
      method: 'POST',
      headers,
      body: '{"slug":"a"}',
    })
    const response = await backend.protocol.handle(request)
    expect(response.status).toBe(201)
    expect(response.headers.get('etag')).toBe('"1"')
    expect(response.headers.has('set-cookie')).toBe(false)
    const [{ request: got, body } = { request: undefined, body: '' }] = backend.seen
    expect(body).toBe('{"slug":"a"}')
    expect(got).toMatchObject({ method: 'POST', url: '/api/qr-links?page=2' })
    expect(got?.headers).toMatchObject({
      authorization: 'Bearer qrw_secret',
      origin: 'app://bundle',
      'idempotency-key': 'k1',
      'if-match': '"0"',
    })
    expect(Object.keys(got?.headers ?? {})).not.toEqual(expect.arrayContaining(['cookie']))
    expect(got?.headers).not.toHaveProperty('x-forwarded-for')
  })

  it('hand on a redirect instead of following it out of the app', async () => {
    using backend = await listen((_request, response) =>
      response.writeHead(302, { Location: 'https://example.org/' }).end(),
    )
    const response = await backend.protocol.handle(new Request('app://bundle/r/menu'))
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://example.org/'])
  })

  it('are asked to wait while no server is ready, in words the client understands', async () => {
    const response = await protocolWith().handle(new Request('app://bundle/api/me'))
    expect(response.status).toBe(503)
    expect(await response.json()).toEqual({ message: 'QRScan is starting. Try again in a moment.' })
  })

  it('carry an upload through as a stream', async () => {
    using backend = await listen((request, response) => void request.on('end', () => response.end('ok')))
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let chunk = 0; chunk < 64; chunk += 1) controller.enqueue(new Uint8Array(65_536).fill(97))
        controller.close()
      },
    })
    const init = { method: 'POST', body, duplex: 'half', headers: { 'Content-Type': 'text/csv' } }
    const response = await backend.protocol.handle(
      new Request('app://bundle/api/imports', init as RequestInit),
    )
    expect(await response.text()).toBe('ok')
    expect(backend.seen[0]?.body.length).toBe(64 * 65_536)
  })
})

describe('event streams', () => {
  const stream = 'app://bundle/api/local/events'
  const open = (url: string) => new Request(url, { headers: { Accept: 'text/event-stream' } })
  const endless: Parameters<typeof createServer>[1] = (_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(': connected\n\n')
  }

  it('are ended when the page is gone, or opens them again, since it cannot close them itself', async () => {
    using backend = await listen(endless)
    const { handle, closeStreams } = backend.protocol
    const first = await handle(open(stream))
    const second = await handle(open(stream))
    await expect(first.text()).rejects.toThrow(/abort/i)
    closeStreams()
    await expect(second.text()).rejects.toThrow(/abort/i)
    await expect.poll(() => backend.left).toEqual(['/api/local/events', '/api/local/events'])
  })

  it('are few: the oldest gives way', async () => {
    using backend = await listen(endless)
    const opened = []
    for (let id = 1; id <= 5; id += 1)
      opened.push(await backend.protocol.handle(open(`app://bundle/api/imports/${id}/events`)))
    await expect(opened[0]?.text()).rejects.toThrow(/abort/i)
    await expect.poll(() => backend.left).toEqual(['/api/imports/1/events'])
    backend.protocol.closeStreams()
  })
})

function lowered(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
