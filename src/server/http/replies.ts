import { createHash, randomUUID } from 'node:crypto'
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify'
import { ApiError, messages, PayloadTooLarge, UnsupportedMediaType } from '#contract/errors.ts'
import { isDiskFull } from '../db/errors.ts'

/** Every answer's frame: request id, Laravel's content type and caching, a strong ETag on JSON. */
export function addReplyFrame(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id)
    reply.header('X-Content-Type-Options', 'nosniff')
    if (isApi(request)) reply.header('Cache-Control', 'no-cache, private')
  })
  app.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type') ?? '')
    if (reply.statusCode === 204) reply.removeHeader('content-type')
    // Laravel sends no charset; JSON has none.
    else if (type.startsWith('application/json')) reply.header('content-type', 'application/json')
    if (
      isApi(request) &&
      reply.statusCode === 200 &&
      typeof payload === 'string' &&
      !reply.hasHeader('etag')
    ) {
      reply.header('ETag', `"${createHash('sha1').update(payload).digest('base64url')}"`)
    }
    return payload
  })
}

/** The one place where a thrown error becomes an answer. Only `message`, and `errors` on 422, ever go out. */
export function addErrorReplies(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | ApiError, request, reply) => {
    const known = knownError(error)
    if (!known) {
      request.log.error({ err: error }, 'unexpected error')
      const message = isDiskFull(error)
        ? 'The disk is full. Nothing that was saved before is lost; free some space and try again.'
        : messages.serverError
      return reply.code(500).send({ message })
    }
    return reply.code(known.status).headers(known.headers).send(known.body)
  })
}

/** An id for the log and the answer; callers cannot choose it. */
export function newRequestId(): string {
  return randomUUID()
}

function knownError(error: FastifyError | ApiError): ApiError | undefined {
  if (error instanceof ApiError) return error
  const status = (error as FastifyError).statusCode
  if (status === 413) return new PayloadTooLarge()
  if (status === 415) return new UnsupportedMediaType('a type that cannot be read')
  if (status !== undefined && status >= 400 && status < 500) return new ApiError(status, 'Bad request.')
  return undefined
}

/** Paths under `/api` always answer JSON; the route's path, as an address can be written in many ways. */
function isApi(request: FastifyRequest): boolean {
  return /^\/api(?:[/?]|$)/.test(request.routeOptions.url ?? request.url)
}
