import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createQrLink, findQrLink } from '#contract/qr-links.ts'
import { noBrowser } from '#test/page/open-page.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { openDoorWithoutGuard } from '#test/support/unguarded.ts'

/** One thing a page of somebody else's tries, run on that page; gives what the attacker learns. */
type Attack = (page: Page, target: string) => Promise<string>

interface Init {
  method?: string
  body?: string
  mode?: 'no-cors'
  headers?: Record<string, string>
}

/** As `fetch` on the page, down to what its script can see. */
const fetchFrom = (page: Page, url: string, init: Init = {}): Promise<string> =>
  page.evaluate(
    async ([url, init]) => {
      try {
        const answer = await fetch(url, init)
        return answer.type === 'opaque' ? 'opaque' : `${answer.status} ${(await answer.text()).slice(0, 12)}`
      } catch {
        return 'blocked'
      }
    },
    [url, init] as const,
  )

const launch = { method: 'POST', body: '{"launch_code":"guess"}' }
const asJson = { ...launch, headers: { 'Content-Type': 'application/json' } }

/** The first page of that name and port comes from the attacker; then the name leads here. */
async function rebind(page: Page, target: string): Promise<void> {
  const url = `http://evil.test:${new URL(target).port}/first`
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<p>Look!</p>' }))
  await page.goto(url)
}

const attacks: Record<string, Attack> = {
  'read with fetch': (page, target) => fetchFrom(page, `${target}/api/openapi.json`),
  'read without CORS': (page, target) => fetchFrom(page, `${target}/api/openapi.json`, { mode: 'no-cors' }),
  'count a scan with a picture': (page, target) =>
    page.evaluate(
      (source) =>
        new Promise((resolve) => {
          const image = new Image()
          image.addEventListener('error', () => resolve('blocked'))
          image.addEventListener('load', () => resolve('loaded'))
          image.src = source
        }),
      `${target}/r/menu`,
    ) as Promise<string>,
  'post plain text': (page, target) =>
    fetchFrom(page, `${target}/api/local/session`, { ...launch, mode: 'no-cors' }),
  'post JSON': (page, target) => fetchFrom(page, `${target}/api/local/session`, asJson),
  'post a form': async (page, target) => {
    await page.setContent(
      `<form method="post" action="${target}/api/local/session"><input name="launch_code"></form>`,
    )
    const [answer] = await Promise.all([
      page.waitForResponse((response) => response.url().startsWith(target)),
      page.evaluate(() => document.forms[0]?.submit()),
    ])
    return String(answer.status())
  },
  'post from a sandbox': async (page, target) => {
    const script = `fetch('${target}/api/local/session', { method: 'POST', body: '{}', mode: 'no-cors' })
      .then((answer) => answer.type, () => 'blocked').then((seen) => parent.postMessage(seen, '*'))`
    const seen = page.evaluate(
      () =>
        new Promise((resolve) => addEventListener('message', ({ data }) => resolve(data), { once: true })),
    )
    await page.evaluate((text) => {
      const frame = document.createElement('iframe')
      frame.setAttribute('sandbox', 'allow-scripts')
      frame.srcdoc = `<script>${text}</script>`
      document.body.append(frame)
    }, script)
    return (await seen) as string
  },
  'listen to events': (page, target) =>
    page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const source = new EventSource(url)
          source.addEventListener('open', () => resolve('open'))
          source.addEventListener('error', () => (source.close(), resolve('blocked')))
        }),
      `${target}/api/local/events`,
    ) as Promise<string>,
  'open a web socket': (page, target) =>
    page.evaluate(
      (url) =>
        new Promise((resolve) => {
          const socket = new WebSocket(url)
          socket.addEventListener('open', () => resolve('open'))
          socket.addEventListener('error', () => resolve('blocked'))
        }),
      `${target.replace('http', 'ws')}/r/menu`,
    ) as Promise<string>,
  'frame the page': async (page, target) => {
    await page.setContent(`<iframe src="${target}/"></iframe>`)
    const frame = await (await page.waitForSelector('iframe')).contentFrame()
    await frame?.waitForLoadState()
    const shown = await frame?.evaluate(() => `${location.protocol} ${document.body.innerText.slice(0, 12)}`)
    return shown?.startsWith('chrome-error:') ? 'blocked' : String(shown)
  },
  'rebind a name and read': async (page, target) => {
    await rebind(page, target)
    return fetchFrom(page, '/api/openapi.json')
  },
  'rebind a name and write': async (page, target) => {
    await rebind(page, target)
    return fetchFrom(page, '/api/local/session', asJson)
  },
}

/** What the attacker sees, and which handlers ran: with the guard, and behind the door without one. */
const expected: Record<string, { on: [string, string[]]; off: [string, string[]] }> = {
  'read with fetch': { on: ['blocked', []], off: ['blocked', ['GET /api/openapi.json']] },
  'read without CORS': { on: ['opaque', []], off: ['opaque', ['GET /api/openapi.json']] },
  'count a scan with a picture': { on: ['blocked', []], off: ['blocked', ['scan']] },
  'post plain text': { on: ['opaque', []], off: ['opaque', []] },
  'post JSON': { on: ['blocked', []], off: ['blocked', []] },
  'post a form': { on: ['403', []], off: ['415', []] },
  'post from a sandbox': { on: ['opaque', []], off: ['opaque', []] },
  'listen to events': { on: ['blocked', []], off: ['blocked', []] },
  'open a web socket': { on: ['blocked', []], off: ['blocked', ['scan']] },
  'frame the page': { on: ['http: {"message":"', []], off: ['blocked', []] },
  'rebind a name and read': {
    on: ['421 {"message":"', []],
    off: ['200 {"openapi":"', ['GET /api/openapi.json']],
  },
  'rebind a name and write': {
    on: ['421 {"message":"', []],
    off: ['403 {"message":"', ['POST /api/local/session']],
  },
}

describe.skipIf(noBrowser)('a page of somebody else, in Chromium', () => {
  let server: TestServer
  let evil: Server
  let browser: Browser
  let door: Awaited<ReturnType<typeof openDoorWithoutGuard>>
  let linkId = ''
  const entered: string[] = []
  const note = (message: unknown): void => {
    const { request } = message as { request: { method: string; url: string } }
    entered.push(`${request.method} ${request.url}`)
  }

  beforeAll(async () => {
    server = await startTestServer()
    const body = { slug: 'menu', destination_url: 'https://example.com/' }
    linkId = (await server.window.call(createQrLink, { body })).qr_link.id
    door = await openDoorWithoutGuard(server.server.port)
    evil = createServer((_request, response) =>
      response.setHeader('Content-Type', 'text/html').end('<p>Look!</p>'),
    )
    await new Promise<void>((resolve) => evil.listen(0, '127.0.0.1', resolve))
    const args = [
      '--no-sandbox',
      '--disable-background-networking',
      '--host-resolver-rules=MAP evil.test 127.0.0.1',
      // Asks before a public page reaches this machine: a help of Chromium's alone, which others do not have.
      '--disable-features=LocalNetworkAccessChecks',
    ]
    browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args })
    subscribe('tracing:fastify.request.handler:start', note)
  }, 60_000)
  afterAll(async () => {
    unsubscribe('tracing:fastify.request.handler:start', note)
    await browser.close()
    await door[Symbol.asyncDispose]()
    evil.close()
    await server[Symbol.asyncDispose]()
  })

  const scans = async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    const { qr_link } = await server.window.call(findQrLink, { params: { id: linkId } })
    return qr_link.scan_count
  }

  async function run(attack: Attack, target: string): Promise<[string, string[]]> {
    const before = await scans()
    const page = await browser.newPage()
    await page.goto(`http://evil.test:${(evil.address() as AddressInfo).port}/`)
    entered.length = 0
    const seen = await attack(page, target)
    await page.close()
    const handlers = entered.filter((one) => !one.endsWith('/r/menu') && !one.endsWith('favicon.ico'))
    return [seen, (await scans()) > before ? [...handlers, 'scan'] : handlers]
  }

  it.each(Object.entries(attacks))('cannot %s', async (name, attack) => {
    const { on, off } = expected[name]!
    expect(await run(attack, server.server.url)).toEqual(on)
    expect(await run(attack, door.url)).toEqual(off)
  })

  it('may only lead a person to a code', async () => {
    const page = await browser.newPage()
    await page.goto(`http://evil.test:${(evil.address() as AddressInfo).port}/`)
    await page.setContent(`<a href="${server.server.url}/r/nothing">Look</a>`)
    const [answer] = await Promise.all([page.waitForResponse(/nothing/), page.click('a')])
    expect(answer.status()).toBe(404)
    await page.close()
  })

  it('on another port of this machine shares neither storage nor a cookie that would count', async () => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await context.addCookies([{ name: 'session', value: server.bearer, url: 'http://127.0.0.1/' }])
    const url = `${server.server.url}/first`
    await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<p>Ours</p>' }))
    await page.goto(url)
    await page.evaluate(() => sessionStorage.setItem('session', 'mine'))
    expect(await fetchFrom(page, '/api/me')).toBe('401 {"message":"')
    await page.goto(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`)
    expect(await page.evaluate(() => sessionStorage.getItem('session'))).toBeNull()
    await context.close()
  })
})
