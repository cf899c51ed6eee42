import type { Static, TObject, TSchema } from 'typebox'

/** What a token may be limited to (contract, section 2). `*` stands for all of them. */
export const scopes = [
  'links:read',
  'links:write',
  'imports:write',
  'exports:read',
  'wallet:read',
  'wallet:write',
  'passports:read',
  'passports:write',
  'recalls:write',
  'restaurant:read',
  'restaurant:write',
  'leads:read',
  'webhooks:read',
  'webhooks:write',
  'integrations:read',
  'integrations:write',
  'reports:read',
  'reports:write',
  'team:read',
  'team:write',
  'tokens:write',
  'local:admin',
  '*',
] as const

export type Scope = (typeof scopes)[number]

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** The named throttles of the contract's section 3; `none` is for what only this device's owner can reach. */
export type ThrottleName =
  | 'auth'
  | 'public-forms'
  | 'rcaptcha'
  | 'qr-redirects'
  | 'user-api'
  | 'mcp'
  | 'ai'
  | 'admin-writes'
  | 'exports'
  | 'webhook-tests'
  | 'none'

/**
 * One operation, described once. The server mounts it, the client calls it, OpenAPI, MCP and the contract
 * tests read it. `path` is as the OpenAPI document writes it, with `{name}` for a parameter.
 */
export interface Endpoint<
  Params extends TObject = TObject,
  Query extends TObject = TObject,
  Body extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
> {
  readonly name: string
  readonly method: Method
  readonly path: `/${string}`
  readonly summary: string
  readonly tag: string
  /** `public` needs no token, `token` any live token, `device` the owner on this machine. */
  readonly access: 'public' | 'token' | 'device'
  readonly scope?: Scope
  readonly throttle: ThrottleName
  readonly params?: Params
  readonly query?: Query
  readonly body?: Body
  /** Media types taken besides JSON; their body reaches the handler as a stream, without the JSON size limit. */
  readonly uploads?: readonly string[]
  readonly status: 200 | 201 | 202 | 204
  readonly reply?: Reply
  /** Media types answered instead of JSON (a picture, a CSV file, an event stream). */
  readonly produces?: readonly string[]
  /** Statuses this endpoint may answer beyond those that follow from its shape. */
  readonly also?: readonly number[]
  /** True where a repeated call under one `Idempotency-Key` must not be remembered (streams, secrets shown once). */
  readonly forgetful?: boolean
}

/** Keeps the exact schema types of an endpoint while checking its shape. */
export function defineEndpoint<
  Params extends TObject = TObject<{}>,
  Query extends TObject = TObject<{}>,
  Body extends TSchema = TObject<{}>,
  Reply extends TSchema = TObject<{}>,
>(endpoint: Endpoint<Params, Query, Body, Reply>): Endpoint<Params, Query, Body, Reply> {
  return endpoint
}

export type ParamsOf<E> = E extends Endpoint<infer P, TObject, TSchema, TSchema> ? Static<P> : never
export type QueryOf<E> = E extends Endpoint<TObject, infer Q, TSchema, TSchema> ? Static<Q> : never
export type BodyOf<E> = E extends Endpoint<TObject, TObject, infer B, TSchema> ? Static<B> : never
export type ReplyOf<E> = E extends Endpoint<TObject, TObject, TSchema, infer R> ? Static<R> : never

/**
 * Every status a caller may meet at an endpoint, smallest first. It is derived from the endpoint's shape, so that
 * the OpenAPI document, the contract tests and the server cannot disagree.
 */
export function documentedStatuses(endpoint: Endpoint): number[] {
  const statuses = new Set<number>([endpoint.status, 400, 403, 405, 421, 500, ...(endpoint.also ?? [])])
  const writes = endpoint.method === 'POST' || endpoint.method === 'PATCH'
  if (endpoint.access !== 'public') statuses.add(401)
  if (endpoint.throttle !== 'none') statuses.add(429)
  if (endpoint.params !== undefined) statuses.add(404)
  if (endpoint.query !== undefined || endpoint.body !== undefined || endpoint.uploads) statuses.add(422)
  if (writes || endpoint.method === 'DELETE') for (const status of [413, 415]) statuses.add(status)
  if (writes) for (const status of [409, 422]) statuses.add(status)
  if (endpoint.params && (endpoint.method === 'PATCH' || endpoint.method === 'DELETE')) statuses.add(412)
  return [...statuses].toSorted((a, b) => a - b)
}
