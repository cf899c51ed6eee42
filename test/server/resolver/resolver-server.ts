import { request } from 'node:http'
import Fastify, { type FastifyInstance } from 'fastify'
import type { ProductPassport } from '#contract/product-passports.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { Recall, RecallNotice } from '#contract/recalls.ts'
import { timestamp } from '#server/clock.ts'
import { newId } from '#server/db/id.ts'
import type { Db } from '#server/db/schema.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { serveResolver } from '#server/features/resolver/routes.ts'
import { PassportScanRecorder } from '#server/features/resolver/scan-recorder.ts'
import { addGuard } from '#server/http/guard.ts'
import { parseQuery } from '#server/http/query-string.ts'
import { addErrorReplies, addReplyFrame } from '#server/http/replies.ts'
import { addMissingRouteReplies } from '#server/http/routing.ts'
import { answerUnroutable } from '#server/http/unreadable.ts'
import { resolverParts } from '#server/wire-resolver.ts'
import { startTestServer } from '#test/support/server.ts'

interface Answered {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export const gtin = '09506000134376'

/** The resolver on a real socket of its own, over a real server's database, behind the guard. */
export async function startResolver(clock: { now: number } = { now: Date.parse('2026-11-23T09:00:00Z') }) {
  const server = await startTestServer({ clock: () => clock.now })
  const { context } = server.server
  const { db } = context.database
  const business = context.owner.businessId
  const at = timestamp(clock.now)
  const guard = {
    hosts: () => [`127.0.0.1:${portOf(app)}`],
    origins: () => [`http://127.0.0.1:${portOf(app)}`],
  }
  const app: FastifyInstance = Fastify({
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQuery, maxParamLength: 16_384 },
    frameworkErrors: answerUnroutable(guard),
  })
  addReplyFrame(app)
  addErrorReplies(app)
  addGuard(app, guard)
  addMissingRouteReplies(app, (_request, reply) => reply.code(404).send('page'))
  const scans = new PassportScanRecorder(context.database, context.log)
  serveResolver(app, context, resolverParts(validate), scans)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    clock,
    db,
    origin,
    ask: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      ask(portOf(app), path, headers, method),
    addPassport: (more: Partial<ProductPassport> = {}) => addPassport(db, business, at, more),
    addRecall: (more: RecallSeed = {}) => addRecall(db, business, at, more),
    flush: () => scans.close(),
    async [Symbol.asyncDispose]() {
      await app.close()
      await scans.close()
      await server[Symbol.asyncDispose]()
    },
  }
}

export const validate = makeGs1Engine(readBuiltInDictionary())

function portOf({ server }: FastifyInstance): number {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

function ask(port: number, path: string, headers: Record<string, string>, method: string) {
  return new Promise<Answered>((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.once('error', reject).end()
  })
}

async function addPassport(
  db: Db,
  business_id: string,
  at: string,
  more: Partial<ProductPassport>,
): Promise<string> {
  const id = newId(Date.parse(at))
  await db
    .insertInto('product_passports')
    .values({
      id,
      business_id,
      name: more.name ?? 'Tomato sauce',
      gtin: more.gtin ?? gtin,
      granularity: 'model',
      lot: more.lot ?? '',
      serial: more.serial ?? '',
      profile: 'general',
      status: more.status ?? 'published',
      core: '{}',
      extension: '{}',
      links: JSON.stringify(more.links ?? []),
      revision: 1,
      recall_id: null,
      recall_mode: null,
      recall_from: null,
      recall_to: null,
      scan_count: 0,
      version: 1,
      created_at: at,
      updated_at: at,
    })
    .execute()
  return id
}

export interface RecallSeed {
  passport?: string
  mode?: 'redirect' | 'interstitial' | 'banner'
  notice?: Partial<RecallNotice>
  lines?: RecallLine[]
  isMock?: boolean
  status?: Recall['status']
  from?: string
  to?: string
}

async function addRecall(db: Db, business_id: string, at: string, seed: RecallSeed): Promise<string> {
  const id = newId(Date.parse(at))
  const notice = { title: 'Glass in the sauce', instructions: 'Bring it back.', ...seed.notice }
  await db
    .insertInto('recalls')
    .values({
      id,
      business_id,
      status: seed.status ?? 'active',
      is_mock: seed.isMock ? 1 : 0,
      source: 'override',
      product_passport_id: seed.passport ?? null,
      notice: JSON.stringify(notice),
      lines: JSON.stringify(seed.lines ?? [{ gtins: [gtin] }]),
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
  const lines = seed.lines ?? [{ gtins: [gtin] }]
  const criteria = lines.flatMap((line, index) =>
    line.gtins.map((one) => ({ gtin: one, recall_id: id, line: index, business_id })),
  )
  if ((seed.status ?? 'active') === 'active')
    await db.insertInto('recall_criteria').values(criteria).execute()
  if (seed.passport) {
    await db
      .updateTable('product_passports')
      .set({
        recall_id: id,
        recall_mode: seed.mode ?? 'redirect',
        recall_from: seed.from ?? null,
        recall_to: seed.to ?? null,
      })
      .where('id', '=', seed.passport)
      .execute()
  }
  return id
}
