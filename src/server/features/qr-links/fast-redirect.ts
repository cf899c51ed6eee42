import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from '../../context.ts'
import { stateOf, type RedirectTargets } from './redirect-targets.ts'
import type { ScanRecorder } from './scan-recorder.ts'
import { scanSourceOf } from './scan-source.ts'

/** Answers a request when it can; false leaves it, untouched, to the routes. */
export type FastAnswer = (request: IncomingMessage, response: ServerResponse) => boolean

const plainPath = /^\/r\/([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)$/

/**
 * The common case of a redirect, before any routing: a plain GET of a link in memory that is open, from a client that
 * sends nothing the guard would look at. It answers just as the route does, which gets everything else; measured in
 * bench/redirect.ts.
 */
export function makeFastRedirect(
  context: Context,
  targets: RedirectTargets,
  scans: ScanRecorder,
): FastAnswer {
  return (request, response) => {
    const slug = request.method === 'GET' && plainPath.exec(request.url ?? '')?.[1]
    if (!slug || !isPlain(request, context.address.port)) return false
    const target = targets.known(slug)
    const now = context.clock()
    if (!target || stateOf(target, now) !== 'open') return false
    const key = `qr-redirects:${request.socket.remoteAddress}`
    const max = context.throttles.current['qr-redirects']
    const verdict = context.limiter.attempt([{ key, max, decaySeconds: 60 }])
    // A refusal is not counted, so the route may ask again and answer it.
    if (!verdict.allowed) return false
    scans.record({ linkSeq: target.seq, at: now, ...scanSourceOf(request.headers) })
    response.writeHead(302, {
      'x-request-id': randomUUID(),
      'x-content-type-options': 'nosniff',
      'x-ratelimit-limit': verdict.limit,
      'x-ratelimit-remaining': verdict.remaining,
      'cache-control': 'no-store',
      location: target.destination,
      'content-length': 0,
    })
    response.end()
    return true
  }
}

/** Our own name, no other site, no body: nothing for the guard to refuse. */
function isPlain({ headers }: IncomingMessage, port: number): boolean {
  const { host } = headers
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return false
  const site = headers['sec-fetch-site']
  return (
    headers.origin === undefined &&
    (site === undefined || site === 'none') &&
    headers['content-length'] === undefined &&
    headers['transfer-encoding'] === undefined
  )
}
