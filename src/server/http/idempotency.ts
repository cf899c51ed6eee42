import { createHash } from 'node:crypto'
import { PassThrough, Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '#contract/errors.ts'
import { timestamp } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { RawReply, type AnyEndpoint } from './call.ts'
import type { Identity } from './identity.ts'

const keptFor = 7 * 24 * 60 * 60 * 1000
const longestKey = 255

export interface OnceOptions {
  context: Context
  endpoint: AnyEndpoint
  identity: Identity
  request: FastifyRequest
  reply: FastifyReply
  inTransaction: boolean
}

/** Does the work in the transaction it is given, or, given none, in its own way. */
type Work = (trx: Db | undefined, after: (() => void)[]) => Promise<unknown>

/**
 * The first answer to a key is the answer for seven days. Where the work runs in a transaction the answer is kept
 * in that same transaction: after a kill there is either both the change and its answer, or neither.
 * Another body under the key is 422, a twin still running 409. A secret that was shown once is not kept: 409.
 */
export async function answerOnce(options: OnceOptions, work: Work): Promise<unknown> {
  const { context, identity, request } = options
  const key = String(request.headers['idempotency-key'])
  if (key.length > longestKey)
    throw refusedKey(`The idempotency key must not be longer than ${longestKey} characters.`)
  const keyHash = sha256(`${identity.kind}:${identity.tokenId ?? identity.userId}:${key}`)
  if (context.runningKeys.has(keyHash))
    throw new ApiError(409, 'The first request with this key is still running.')
  context.runningKeys.add(keyHash)
  try {
    const hashBody = watchBody(request)
    const kept = await findKept(context, keyHash)
    if (kept) return replay(options, kept, await hashBody(true))
    return await answerFirst(options, work, keyHash, hashBody)
  } finally {
    context.runningKeys.delete(keyHash)
  }
}

async function answerFirst(
  options: OnceOptions,
  work: Work,
  keyHash: string,
  hashBody: (drain: boolean) => Promise<string>,
): Promise<unknown> {
  const { context, inTransaction } = options
  if (!inTransaction) {
    const answer = await work(undefined, [])
    return keep(options, context.database.db, keyHash, await hashBody(false), answer)
  }
  const after: (() => void)[] = []
  const sent = await context.database.db.transaction().execute(async (trx) => {
    const answer = await work(trx, after)
    return keep(options, trx, keyHash, await hashBody(false), answer)
  })
  for (const step of after) step()
  return sent
}

async function keep(
  { context, endpoint, reply }: OnceOptions,
  db: Db,
  keyHash: string,
  requestHash: string,
  answer: unknown,
): Promise<unknown> {
  if (answer instanceof RawReply) return answer
  const now = context.clock()
  const body = endpoint.status === 204 ? '' : (reply.serialize(answer as Record<string, unknown>) as string)
  await db.deleteFrom('idempotency_keys').where('expires_at', '<=', timestamp(now)).execute()
  await db
    .insertInto('idempotency_keys')
    .values({
      key_hash: keyHash,
      request_hash: requestHash,
      status: endpoint.status,
      headers: JSON.stringify({ etag: reply.getHeader('etag') }),
      body: endpoint.forgetful ? null : body,
      expires_at: timestamp(now + keptFor),
    })
    .onConflict((c) => c.column('key_hash').doNothing())
    .execute()
  if (endpoint.status !== 204) reply.header('Content-Type', 'application/json')
  return body
}

interface Kept {
  request_hash: string
  status: number
  headers: string
  body: string | null
}

function replay({ reply }: OnceOptions, kept: Kept, requestHash: string): string {
  if (kept.request_hash !== requestHash) {
    throw refusedKey('The idempotency key was used for another request before.')
  }
  if (kept.body === null) {
    throw new ApiError(
      409,
      'This was done before under the same key; its secret was shown once and is not kept.',
    )
  }
  const { etag } = JSON.parse(kept.headers) as { etag?: string }
  if (etag) reply.header('ETag', etag)
  reply.header('Idempotent-Replayed', 'true').code(kept.status)
  if (kept.status !== 204) reply.header('Content-Type', 'application/json')
  return kept.body
}

async function findKept(context: Context, keyHash: string): Promise<Kept | undefined> {
  return context.database.db
    .selectFrom('idempotency_keys')
    .select(['request_hash', 'status', 'headers', 'body'])
    .where('key_hash', '=', keyHash)
    .where('expires_at', '>', timestamp(context.clock()))
    .executeTakeFirst()
}

/**
 * Hashes what makes a request the same request. An upload is hashed while its handler reads it, so it is on disk
 * once and in memory never; `drain` reads it when no handler will.
 */
function watchBody(request: FastifyRequest): (drain: boolean) => Promise<string> {
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n`)
  const { body } = request
  if (!(body instanceof Readable)) {
    hash.update(JSON.stringify(body ?? null))
    return async () => hash.digest('hex')
  }
  const copy = new PassThrough()
  copy.on('data', (chunk: Buffer) => hash.update(chunk))
  copy.pause()
  request.body = body.pipe(copy)
  return async (drain) => {
    if (drain)
      await copy
        .resume()
        .toArray()
        .catch(() => [])
    return hash.digest('hex')
  }
}

function refusedKey(message: string): ApiError {
  return new ApiError(422, message, { idempotency_key: [message] })
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
