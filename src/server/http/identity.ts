import type { FastifyRequest } from 'fastify'
import { Forbidden, messages, Unauthenticated } from '#contract/errors.ts'
import type { Scope } from '#contract/endpoint.ts'
import { timestamp } from '../clock.ts'
import type { Context } from '../context.ts'
import { bearerToken, parseToken, tokenMatches } from './token-secret.ts'

/** Who makes a call. */
export interface Identity {
  kind: 'window' | 'api' | 'mcp' | 'public'
  userId: string
  /** Set for tokens; what their throttle counts by. */
  tokenId: string | undefined
  scopes: readonly string[]
  /** The one business a token is limited to; null means all of its owner's. */
  businessId: string | null
  ratePerMinute: number | null
  /** What was sent, so that signing out can end it. */
  bearer: string
}

/** `last_used_at` is written at most this often for one token. */
const usedAtEvery = 60_000

/**
 * Reads the Authorization header. Whatever is wrong with it (missing, malformed, unknown, expired, revoked), the
 * answer is one constant 401, so that nobody learns which.
 */
export async function identify(context: Context, request: FastifyRequest): Promise<Identity> {
  const bearer = bearerToken(request.headers.authorization)
  if (bearer === undefined) throw new Unauthenticated()
  if (context.sessions.isLive(bearer)) return windowIdentity(context, bearer)
  return tokenIdentity(context, bearer)
}

function windowIdentity(context: Context, bearer: string): Identity {
  const { userId } = context.owner
  const scopes = ['*']
  return { kind: 'window', userId, tokenId: undefined, scopes, businessId: null, ratePerMinute: null, bearer }
}

async function tokenIdentity(context: Context, bearer: string): Promise<Identity> {
  const parsed = parseToken(bearer)
  if (!parsed) throw new Unauthenticated()
  const { db } = context.database
  const token = await db.selectFrom('api_tokens').selectAll().where('id', '=', parsed.id).executeTakeFirst()
  if (!token || !tokenMatches(parsed.secret, token.secret_hash)) throw new Unauthenticated()
  const now = context.clock()
  const expired = token.expires_at !== null && Date.parse(token.expires_at) <= now
  if (expired || token.revoked_at !== null) throw new Unauthenticated()
  if (token.last_used_at === null || now - Date.parse(token.last_used_at) >= usedAtEvery) {
    await db
      .updateTable('api_tokens')
      .set({ last_used_at: timestamp(now) })
      .where('id', '=', token.id)
      .execute()
  }
  return {
    kind: token.kind,
    userId: token.user_id,
    tokenId: token.id,
    scopes: JSON.parse(token.scopes) as string[],
    businessId: token.business_id,
    ratePerMinute: token.rate_per_minute,
    bearer,
  }
}

/** Throws 403 unless the caller has the scope; `*` has all of them. */
export function requireScope(identity: Identity, scope: Scope | undefined): void {
  if (scope === undefined || identity.scopes.includes('*') || identity.scopes.includes(scope)) return
  throw new Forbidden(messages.wrongScope)
}

/** Throws 403 unless the caller is the owner at this machine or was given `local:admin`. */
export function requireDevice(identity: Identity): void {
  if (identity.kind === 'window' || identity.scopes.includes('local:admin')) return
  throw new Forbidden()
}

/** The caller of an endpoint that asks for no token. */
export const nobody: Identity = {
  kind: 'public',
  userId: '',
  tokenId: undefined,
  scopes: [],
  businessId: null,
  ratePerMinute: null,
  bearer: '',
}
