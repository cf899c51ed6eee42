import { pageHeaders, pagePath } from '#contract/page-policy.ts'
import { appHost, appOrigin } from './app-origin.ts'
import type { PageMap } from './page-map.ts'
import { recoveryPage } from './recovery-page.ts'

/** Where the server listens and the secret of this launch, which never leaves the main process and the server. */
export interface ServerTarget {
  port: number
  secret: string
}

export interface PageProtocol {
  files: PageMap
  /** Undefined while no server is ready. */
  target: () => ServerTarget | undefined
  /** The sentence of a server that has given up. */
  failure: () => string | undefined
  /** The bytes of a spreadsheet the person opened, by the id in its address; once. */
  openedFile: (id: string) => Promise<Response | undefined>
  makeNonce: () => string
  fetch: typeof globalThis.fetch
}

const mostStreams = 4
const forwarded = ['/api/', '/local/', '/r/']
/** What the page may say to the server; cookies, credentials of its own and hop-by-hop headers are left behind. */
const passedOn = [
  'accept',
  'accept-language',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'range',
]
const notPassedBack = ['connection', 'keep-alive', 'transfer-encoding', 'content-encoding', 'set-cookie']

/**
 * Everything behind `app://bundle`: files of the built page from a map made at the start, and the API, forwarded to
 * the server with the secret of this launch. A pure function of the request, so that plain Node can test it.
 *
 * A page that leaves an event stream cannot close it through `protocol.handle` (electron issue 47097), so there is
 * one for each address and few in all: a new one ends the old, and `closeStreams` ends them when the page is gone.
 */
export function createPageProtocol(options: PageProtocol) {
  const streams = new Map<string, AbortController>()

  async function handle(request: Request): Promise<Response> {
    const url = URL.parse(request.url)
    if (url === null || url.host !== appHost || hasTricks(request.url)) return missing()
    if (forwarded.some((prefix) => url.pathname.startsWith(prefix))) return forward(request, url)
    if (request.method !== 'GET') return missing()
    if (url.pathname.startsWith('/opened-files/')) {
      return (await options.openedFile(url.pathname.slice('/opened-files/'.length))) ?? missing()
    }
    return servePage(options, url.pathname)
  }

  async function forward(request: Request, url: URL): Promise<Response> {
    const target = options.target()
    if (target === undefined) return notReady()
    const isStream = request.headers.get('accept') === 'text/event-stream'
    const stop = new AbortController()
    if (isStream) keepStream(url.pathname, stop)
    try {
      const signal = AbortSignal.any([stop.signal, request.signal])
      const answer = await options.fetch(...forwardedCall(request, url, target, signal))
      return new Response(answer.body, { status: answer.status, headers: headersBack(answer.headers) })
    } catch {
      return notReady()
    }
  }

  function keepStream(path: string, stop: AbortController): void {
    streams.get(path)?.abort()
    streams.delete(path)
    streams.set(path, stop)
    const [oldest = ''] = streams.keys()
    if (streams.size <= mostStreams) return
    streams.get(oldest)?.abort()
    streams.delete(oldest)
  }

  function closeStreams(): void {
    for (const stop of streams.values()) stop.abort()
    streams.clear()
  }

  return { handle, closeStreams }
}

function forwardedCall(request: Request, url: URL, { port, secret }: ServerTarget, signal: AbortSignal) {
  const headers = new Headers({ Authorization: `Bearer ${secret}`, Origin: appOrigin })
  for (const name of passedOn) {
    const value = request.headers.get(name)
    if (value !== null) headers.set(name, value)
  }
  const init: RequestInit & { duplex?: 'half' } = {
    method: request.method,
    headers,
    redirect: 'manual',
    signal,
  }
  if (request.body !== null) Object.assign(init, { body: request.body, duplex: 'half' })
  return [`http://127.0.0.1:${port}${url.pathname}${url.search}`, init] as const
}

function headersBack(from: Headers): Headers {
  const headers = new Headers(from)
  for (const name of notPassedBack) headers.delete(name)
  return headers
}

/** Parsers disagree about these, and no address of ours has them. The raw text is looked at, before any decoding. */
function hasTricks(url: string): boolean {
  const path = url.split(/[?#]/, 1)[0] ?? ''
  return /%2f|%5c|%00|%2e|\\|\0|\/\.\.?(?:\/|$)/i.test(path)
}

function servePage({ files, failure, makeNonce }: PageProtocol, path: string): Response {
  const isPage = pagePath.test(path)
  const problem = failure()
  if (isPage && problem !== undefined) return page(recoveryPage(problem), makeNonce())
  const file = path === '/index.html' ? undefined : files.get(path)
  if (file) {
    const headers = { ...pageHeaders(undefined), 'Content-Type': file.type, 'Cache-Control': 'no-cache' }
    return new Response(file.body, { headers })
  }
  const index = files.get('/index.html')
  return isPage && index ? page(index.body.toString('utf8'), makeNonce()) : missing()
}

function page(html: string, nonce: string): Response {
  const headers = {
    ...pageHeaders(nonce),
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
  }
  return new Response(html.replaceAll('__CSP_NONCE__', nonce), { headers })
}

function missing(): Response {
  const headers = { ...pageHeaders(undefined), 'Content-Type': 'text/plain; charset=utf-8' }
  return new Response('There is nothing here.\n', { status: 404, headers })
}

/** The page's client reads it as any error of the API, and asks again. */
function notReady(): Response {
  const headers = { ...pageHeaders(undefined), 'Retry-After': '1' }
  return Response.json({ message: 'QRScan is starting. Try again in a moment.' }, { status: 503, headers })
}
