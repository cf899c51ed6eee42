import type { FastifyReply, FastifyRequest } from 'fastify'
import { TooManyAttempts } from '#contract/errors.ts'
import type { ThrottleName } from '#contract/endpoint.ts'
import type { Context } from '../context.ts'
import type { Identity } from './identity.ts'
import type { Limit } from './limiter.ts'
import { throttles } from './throttles.ts'

/**
 * Counts a call against its named throttles and writes the rate headers. Throws 429 with `Retry-After` and
 * `X-RateLimit-Reset` when a window is full; a refused call is not counted.
 */
export function throttle(
  context: Context,
  name: ThrottleName,
  identity: Identity,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const limits = limitsOf(context, name, identity, request)
  if (limits.length === 0) return
  const verdict = context.limiter.attempt(limits)
  reply.header('X-RateLimit-Limit', verdict.limit)
  reply.header('X-RateLimit-Remaining', verdict.remaining)
  if (verdict.allowed) return
  throw new TooManyAttempts(verdict)
}

/**
 * A token is counted by its own rate, and by the endpoint's named throttle as well where that is narrower in aim
 * (exports, admin writes). The owner's own window is held back by neither `user-api` nor `admin-writes`: they
 * protect the service from others (docs/decisions/0006-throttles.md).
 */
function limitsOf(
  context: Context,
  name: ThrottleName,
  identity: Identity,
  request: FastifyRequest,
): Limit[] {
  const table = context.throttles.current
  const limit = (key: ThrottleName | 'token-api', by: string, max: number): Limit => ({
    key: `${key}:${by}`,
    max,
    decaySeconds: 60,
  })
  if (name === 'none') return []
  if (identity.kind === 'public') return [limit(name, request.ip, table[name])]
  if (identity.kind === 'window') {
    const free = name === 'user-api' || name === 'admin-writes'
    return free ? [] : [limit(name, identity.userId, table[name])]
  }
  const own = limit('token-api', String(identity.tokenId), identity.ratePerMinute ?? table['token-api'])
  if (name === 'user-api') return [own]
  const by = throttles[name].by === 'token' ? String(identity.tokenId) : identity.userId
  return [own, limit(name, by, table[name])]
}
