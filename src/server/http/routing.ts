import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MethodNotAllowed, RouteNotFound } from '#contract/errors.ts'

/** Which methods each path pattern takes, gathered as routes are added. */
type MethodTable = Map<string, { pattern: RegExp; methods: Set<string> }>

/**
 * Answers what no route takes, as Laravel does: 405 with `Allow` where the path exists, 200 with `Allow` for
 * OPTIONS, else 404. `page` serves what is outside the API (files of the page, a 404 a person can read).
 */
export function addMissingRouteReplies(
  app: FastifyInstance,
  page: (request: FastifyRequest, reply: FastifyReply) => unknown,
): void {
  const table: MethodTable = new Map()
  app.addHook('onRoute', ({ url, method }) => {
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`)
    const entry = table.get(url) ?? { pattern, methods: new Set<string>() }
    for (const name of [method].flat()) entry.methods.add(name)
    if (entry.methods.has('GET')) entry.methods.add('HEAD')
    table.set(url, entry)
  })
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const methods = methodsOf(table, path)
    if (methods.length === 0) return missing(request, reply, path, page)
    reply.header('Allow', methods.join(', '))
    if (request.method === 'OPTIONS') return reply.code(200).send('')
    throw new MethodNotAllowed(request.method, path, methods)
  })
}

function missing(
  request: FastifyRequest,
  reply: FastifyReply,
  path: string,
  page: (request: FastifyRequest, reply: FastifyReply) => unknown,
): unknown {
  if (path !== '/api' && !path.startsWith('/api/')) return page(request, reply)
  throw new RouteNotFound(path)
}

function methodsOf(table: MethodTable, path: string): string[] {
  const methods = new Set<string>()
  for (const { pattern, methods: own } of table.values()) {
    if (pattern.test(path)) for (const method of own) methods.add(method)
  }
  const order = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']
  return order.filter((method) => methods.has(method))
}
