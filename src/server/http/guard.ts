import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError } from '#contract/errors.ts'

export interface GuardOptions {
  /** Names the server answers to, with port, once it is known: `127.0.0.1:4711`. */
  hosts: () => readonly string[]
  /** Origins of our own pages: the server's own and, in Electron, `app://bundle`. */
  origins: () => readonly string[]
}

/**
 * Turns away what a page of somebody else's could send here (CSRF, DNS rebinding, framing): before any handler, on
 * every route, also the ones that do not exist. Threats and measurements: docs/decisions/0004-loopback-guard.md.
 */
export function addGuard(app: FastifyInstance, options: GuardOptions): void {
  app.addHook('onRequest', async (request) => guardRequest(request, options))
}

/** The check itself, for what no hook sees. Throws 421 or 403. */
export function guardRequest(request: FastifyRequest, options: GuardOptions): void {
  checkHost(request, options.hosts())
  checkOrigin(request, options.origins())
  checkFetchSite(request)
}

function checkHost(request: FastifyRequest, hosts: readonly string[]): void {
  const [host, ...more] = request.raw.headersDistinct['host'] ?? []
  if (host === undefined || more.length > 0 || !hosts.includes(host.toLowerCase())) {
    throw new ApiError(421, 'This server does not answer to that host name.')
  }
}

/** Same-origin requests carry our own Origin or none. `null` is what a sandboxed or redirected page sends. */
function checkOrigin(request: FastifyRequest, origins: readonly string[]): void {
  const origin = request.headers.origin
  if (origin !== undefined && !origins.includes(origin)) {
    throw new ApiError(403, 'Requests from other sites are refused.')
  }
}

/** Browsers say where a request came from; anything cross-site may only open a page or follow a code. */
function checkFetchSite(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return
  const opensPage =
    request.method === 'GET' &&
    request.headers['sec-fetch-mode'] === 'navigate' &&
    request.headers['sec-fetch-dest'] === 'document' &&
    !pathOf(request).startsWith('/api')
  if (!opensPage) throw new ApiError(403, 'Requests from other sites are refused.')
}

/** As the route has it: an address can be written in many ways (`/%61pi`). */
function pathOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? request.url
}
