import Fastify, { type FastifyBaseLogger } from 'fastify'
import { createClient, type Client } from '#contract/client.ts'
import { createProductPassport, type ProductPassport } from '#contract/product-passports.ts'
import { expect } from 'vitest'
import { ApiError } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { serveProductPassports } from '#server/features/product-passports/routes.ts'
import type { PassportParts } from '#server/features/product-passports/passport-parts.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { timestamp } from '#server/clock.ts'
import { newId } from '#server/db/id.ts'
import { addBodyParsers } from '#server/http/bodies.ts'
import { mounter } from '#server/http/mount.ts'
import { parseQuery } from '#server/http/query-string.ts'
import { addErrorReplies, addReplyFrame, newRequestId } from '#server/http/replies.ts'
import { passportParts } from '#server/wire-passports.ts'
import { startTestServer, type TestServer, type TestServerOptions } from '#test/support/server.ts'

export interface PassportServer extends TestServer {
  api: Client
  url: string
  get(path: string): Promise<Response>
}
const validate = makeGs1Engine(readBuiltInDictionary())

const overrideRecall: PassportParts['overrideRecall'] = async (trx, order) => {
  const id = order.recallId ?? newId(order.now)
  const at = timestamp(order.now)
  if (!order.recallId)
    await trx
      .insertInto('recalls')
      .values({
        id,
        business_id: order.businessId,
        status: 'active',
        is_mock: order.isMock ? 1 : 0,
        source: 'override',
        product_passport_id: order.passportId,
        notice: JSON.stringify(order.notice),
        lines: JSON.stringify(order.lines),
        search_text: '',
        revision: 1,
        activated_at: at,
        closed_at: null,
        closing_reason: null,
        version: 1,
        created_at: at,
        updated_at: at,
      })
      .execute()
  else
    await trx
      .updateTable('recalls')
      .set({ status: order.action === 'lift' ? 'closed' : 'active' })
      .where('id', '=', id)
      .execute()
  const row = await trx.selectFrom('recalls').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return {
    ...row,
    is_mock: row.is_mock === 1,
    notice: JSON.parse(row.notice),
    lines: JSON.parse(row.lines),
    accounted_quantity: 0,
    actions_count: 0,
  }
}
export async function startPassportServer(options: TestServerOptions = {}): Promise<PassportServer> {
  const server = await startTestServer(options)
  const { context } = server.server
  const app = Fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    genReqId: newRequestId,
    routerOptions: { querystringParser: parseQuery, maxParamLength: 16_384 },
  })
  addReplyFrame(app)
  addErrorReplies(app)
  addBodyParsers(app)
  serveProductPassports(
    mounter(app, context),
    passportParts({ validate, overrideRecall, press: createTicketPress(context.config.fontDir) }),
  )
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    ...server,
    url,
    api: createClient({ baseUrl: url, token: () => server.bearer }),
    get: (path) => fetch(url + path, { headers: { Authorization: `Bearer ${server.bearer}` } }),
    async [Symbol.asyncDispose]() {
      await app.close()
      await server[Symbol.asyncDispose]()
    },
  }
}
export async function makePassport(
  api: Client,
  more: Partial<BodyOf<typeof createProductPassport>> = {},
): Promise<ProductPassport> {
  const body = { name: 'Rolled oats', gtin: '09506000134376', ...more }
  return (await api.call(createProductPassport, { body })).product_passport
}

/** What is wrong with a call, by field. */
export async function faultsOf(work: Promise<unknown>): Promise<Record<string, string[]>> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error('It was taken.', { cause: error })
  expect(error.status).toBe(422)
  return error.errors ?? {}
}
