import { Type, type Static } from 'typebox'
import { defineEndpoint, scopes } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

const TokenKind = Type.Enum(['api', 'mcp'])
const ScopeName = Type.Enum(scopes)

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  kind: TokenKind,
  scopes: Type.Array(Type.String()),
  /** The one business the token may touch; null means every business of its owner. */
  business_id: Nullable(Id),
  rate_per_minute: Nullable(Type.Integer()),
  /** The last four characters, to tell tokens apart. The secret itself is shown once, at creation. */
  last_four: Type.String(),
  expires_at: Nullable(Timestamp),
  revoked_at: Nullable(Timestamp),
  last_used_at: Nullable(Timestamp),
  created_at: Timestamp,
})
export type Token = Static<typeof Token>

export const NewToken = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 120 }),
  kind: TokenKind,
  scopes: Type.Array(ScopeName, { minItems: 1, maxItems: 30 }),
  business_id: Type.Optional(Nullable(Id)),
  expires_at: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
  rate_per_minute: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100000 }))),
})
export type NewToken = Static<typeof NewToken>

const shape = { tag: 'Tokens', access: 'token', scope: 'tokens:write', throttle: 'admin-writes' } as const

export const listTokens = defineEndpoint({
  ...shape,
  name: 'listTokens',
  method: 'GET',
  path: '/api/tokens',
  summary: 'All tokens, revoked ones too, without their secrets',
  throttle: 'user-api',
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({ tokens: Paginated(Token) }),
})

export const createToken = defineEndpoint({
  ...shape,
  name: 'createToken',
  method: 'POST',
  path: '/api/tokens',
  summary: 'Make a token. Its secret is in this answer and never again',
  body: NewToken,
  status: 201,
  reply: Type.Object({ token: Token, plain_text_token: Type.String() }),
  forgetful: true,
})

export const revokeToken = defineEndpoint({
  ...shape,
  name: 'revokeToken',
  method: 'DELETE',
  path: '/api/tokens/{id}',
  summary: 'Revoke a token at once; its row stays',
  params: IdParams,
  status: 204,
})
