import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { NotFound, PreconditionFailed, UnsupportedMediaType } from '#contract/errors.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { hijacked, RawReply, type Answer, type AnyEndpoint, type Call, type Route } from './call.ts'
import { identify, nobody, requireDevice, requireScope, type Identity } from './identity.ts'
import { answerOnce } from './idempotency.ts'
import { mediaTypeOf } from './media-type.ts'
import { throttle } from './throttle.ts'
import { compileInput, type CheckInput } from './validation/endpoint-input.ts'

/** Mounts an endpoint of the contract; the order of the checks is Laravel's (notes in docs/decisions). */
export type Mount = <E extends AnyEndpoint, Row = undefined>(endpoint: E, route: Route<E, Row>) => void

interface Mounted<E extends AnyEndpoint, Row> {
  context: Context
  endpoint: E
  route: Route<E, Row>
  check: CheckInput<E>
}

const identities = new WeakMap<FastifyRequest, Identity>()

/** The caller of a request that has passed the first checks. */
function identityOf(request: FastifyRequest): Identity {
  return identities.get(request) ?? nobody
}

export function mounter(app: FastifyInstance, context: Context): Mount {
  return (endpoint, route) => {
    const mounted = { context, endpoint, route, check: compileInput(endpoint) }
    const options = {
      method: endpoint.method,
      url: endpoint.path.replace(/\{(\w+)\}/g, ':$1'),
      config: { endpoint },
      ...(endpoint.reply && { schema: { response: { [endpoint.status]: endpoint.reply } } }),
    }
    app.route({
      ...options,
      onRequest: async (request, reply) => admit(mounted, request, reply),
      handler: async (request, reply) => serve(mounted, request, reply),
    })
  }
}

/** 401, 429 and 415, before a byte of the body is read. */
async function admit<E extends AnyEndpoint, Row>(
  { context, endpoint }: Mounted<E, Row>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const identity = endpoint.access === 'public' ? nobody : await identify(context, request)
  identities.set(request, identity)
  throttle(context, endpoint.throttle, identity, request, reply)
  const type = mediaTypeOf(request.headers['content-type'])
  const hasBody = type !== undefined && endpoint.method !== 'GET'
  if (hasBody && !/[/+]json$/.test(type) && !endpoint.uploads?.includes(type)) {
    throw new UnsupportedMediaType(type, endpoint.uploads)
  }
}

async function serve<E extends AnyEndpoint, Row>(
  mounted: Mounted<E, Row>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { endpoint, context, route } = mounted
  const repeatable =
    (endpoint.method === 'POST' || endpoint.method === 'PATCH') && request.headers['idempotency-key']
  const inTransaction = endpoint.method !== 'GET' && route.transaction !== false
  const work = async (): Promise<unknown> => {
    if (!inTransaction) return run(mounted, context.database.db, request, reply, [])
    const after: (() => void)[] = []
    const answer = await context.database.db
      .transaction()
      .execute((trx) => run(mounted, trx, request, reply, after))
    for (const step of after) step()
    return answer
  }
  if (!repeatable) return work()
  return answerOnce(
    { context, endpoint, identity: identityOf(request), request, reply, inTransaction },
    (db, after) => (db ? run(mounted, db, request, reply, after) : work()),
  )
}

/** 404, 403, 422, 412, then the handler. */
async function run<E extends AnyEndpoint, Row>(
  mounted: Mounted<E, Row>,
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
  after: (() => void)[],
): Promise<unknown> {
  const { context, endpoint, route, check } = mounted
  const call = callOf(mounted, db, request, reply, after)
  call.params = check.params(request.params)
  const row = route.find ? await route.find(call as Call<E, undefined>) : undefined
  if (route.find && row === undefined) throw new NotFound()
  call.row = row as Row
  requireScope(call.identity, endpoint.scope)
  if (endpoint.access === 'device') requireDevice(call.identity)
  const input = check.input(request.query, jsonBodyOf(request, endpoint), context.clock())
  call.query = input.query
  call.body = input.body
  // Reading changes nothing: the contract has If-Match for PATCH and DELETE.
  if (route.etag && row !== undefined && endpoint.method !== 'GET')
    checkIfMatch(request, route.etag(row as Row))
  return send(mounted, reply, await route.handle(call))
}

function callOf<E extends AnyEndpoint, Row>(
  { context }: Mounted<E, Row>,
  db: Db,
  request: FastifyRequest,
  reply: FastifyReply,
  after: (() => void)[],
): Call<E, Row> {
  return {
    context,
    db,
    request,
    reply,
    identity: identityOf(request),
    params: {} as never,
    query: {} as never,
    body: {} as never,
    row: undefined as never,
    origin: `${request.protocol}://${request.host}`,
    sentQuery: request.query as Record<string, unknown>,
    afterCommit: (work) => after.push(work),
  }
}

/** An upload's body is a stream that its handler reads; only JSON is input to be checked. */
function jsonBodyOf(request: FastifyRequest, endpoint: AnyEndpoint): unknown {
  const type = mediaTypeOf(request.headers['content-type'])
  const isUpload = type !== undefined && endpoint.uploads?.includes(type)
  return isUpload ? undefined : (request.body ?? {})
}

function checkIfMatch(request: FastifyRequest, etag: string): void {
  const wanted = request.headers['if-match']
  if (wanted === undefined || wanted.trim() === '*') return
  const tags = wanted.split(',').map((tag) => tag.trim())
  if (!tags.includes(etag)) throw new PreconditionFailed()
}

function send<E extends AnyEndpoint, Row>(
  { endpoint }: Mounted<E, Row>,
  reply: FastifyReply,
  answer: Answer<E>,
): unknown {
  if (answer === hijacked) return reply
  reply.code(endpoint.status)
  if (answer instanceof RawReply) {
    reply.headers({ 'Content-Type': answer.type, ...answer.headers })
    return answer.body
  }
  return endpoint.status === 204 ? '' : answer
}
