import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import type { TObject, TSchema } from 'typebox'
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from '#contract/endpoint.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Identity } from './identity.ts'

export type AnyEndpoint = Endpoint<TObject, TObject, TSchema, TSchema>

/** What a handler works with. `query` and `body` are checked and hold only what the contract names. */
export interface Call<E extends AnyEndpoint, Row = undefined> {
  context: Context
  /** The open transaction of a writing endpoint; the writing connection of a reading one. */
  db: Db
  identity: Identity
  params: ParamsOf<E>
  query: QueryOf<E>
  body: BodyOf<E>
  /** The row that the path names, found before scope and input were looked at (Laravel's order). */
  row: Row
  /** Scheme, host and port of this call, for links in the answer. */
  origin: string
  /** The query as it was sent, for the page links of a list. */
  sentQuery: Record<string, unknown>
  request: FastifyRequest
  reply: FastifyReply
  /** Runs once the transaction is durable; not at all when it was taken back. */
  afterCommit: (work: () => void) => void
}

/** An answer that is not JSON. */
export class RawReply {
  readonly type: string
  readonly body: string | Buffer | Readable
  readonly headers: Record<string, string>

  constructor(type: string, body: string | Buffer | Readable, headers: Record<string, string> = {}) {
    this.type = type
    this.body = body
    this.headers = headers
  }
}

/** Says that the handler has taken the connection over (an event stream). */
export const hijacked: unique symbol = Symbol('hijacked')

export type Answer<E extends AnyEndpoint> = ReplyOf<E> | RawReply | typeof hijacked | undefined

/** How an endpoint is served. */
export interface Route<E extends AnyEndpoint, Row = undefined> {
  /** Finds what the path names within what the caller may see; nothing found is a 404. */
  find?: (call: Call<E, undefined>) => Promise<Row | undefined>
  /** The strong validator of the row, which `If-Match` is held against and the answer carries. */
  etag?: (row: Row) => string
  /** False for writes that manage their own transactions (long work, streams). */
  transaction?: boolean
  handle: (call: Call<E, Row>) => Promise<Answer<E>>
}
