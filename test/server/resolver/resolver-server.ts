import { request } from 'node:http'
import Fastify from 'fastify'
import pino from 'pino'
import type { ProductPassport } from '#contract/product-passports.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { Recall, RecallMatch, RecallNotice } from '#contract/recalls.ts'
import { timestamp } from '#server/clock.ts'
import type { Context } from '#server/context.ts'
import { newId } from '#server/db/id.ts'
import type { Db } from '#server/db/schema.ts'
import type { FoundPassport, ResolverParts, ScannedItem } from '#server/features/resolver/resolver-parts.ts'
import { serveResolver } from '#server/features/resolver/routes.ts'
import { PassportScanRecorder } from '#server/features/resolver/scan-recorder.ts'
import { Limiter } from '#server/http/limiter.ts'
import { addErrorReplies } from '#server/http/replies.ts'
import { addMissingRouteReplies } from '#server/http/routing.ts'
import { throttleTable } from '#server/http/throttles.ts'
import { databases } from '#test/support/databases.ts'
import { validateGs1 } from './stand-in-gs1.ts'

export interface Answered {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export const gtin = '09506000134376'

/** A resolver on a real socket over a real database. */
export async function startResolver(clock: { now: number } = { now: Date.parse('2026-11-23T09:00:00Z') }) {
  const database = await databases[0]![1]()
  const { db } = database
  const log = pino({ level: 'silent' })
  const business = newId(clock.now)
  const at = timestamp(clock.now)
  await db
    .insertInto('businesses')
    .values({
      id: business,
      name: 'B',
      timezone: 'UTC',
      currency: 'EUR',
      short_domain: null,
      created_at: at,
      updated_at: at,
      version: 1,
    })
    .execute()
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16_384 } })
  addErrorReplies(app)
  addMissingRouteReplies(app, (_request, reply) => reply.code(404).send('page'))
  const now = () => clock.now
  const scans = new PassportScanRecorder(database, log)
  const context = { clock: now, database, limiter: new Limiter(now), throttles: { current: throttleTable() } }
  serveResolver(app, context as unknown as Context, standInParts, scans)
  await app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = app.server.address() as { port: number }
  return {
    clock,
    db,
    origin: `http://127.0.0.1:${port}`,
    ask: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      ask(port, path, headers, method),
    addPassport: (more: Partial<ProductPassport> = {}) => addPassport(db, business, at, more),
    addRecall: (more: RecallSeed = {}) => addRecall(db, business, at, more),
    flush: () => scans.close(),
    async [Symbol.asyncDispose]() {
      await app.close()
      await scans.close()
      await database.close()
    },
  }
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

const standInParts: ResolverParts = {
  validate: validateGs1,
  async findPassport(db, key): Promise<FoundPassport | undefined> {
    const row = await db
      .selectFrom('product_passports')
      .selectAll()
      .where('gtin', '=', key.gtin)
      .where('lot', '=', key.lot ?? '')
      .where('serial', '=', key.serial ?? '')
      .where('status', '!=', 'draft')
      .executeTakeFirst()
    if (!row) return undefined
    const { recall_mode, recall_from, recall_to, ...rest } = row
    const passport = {
      ...rest,
      lot: row.lot || null,
      serial: row.serial || null,
      core: {},
      extension: {},
      links: JSON.parse(row.links),
      digital_link: '',
    }
    const override =
      row.recall_id && recall_mode
        ? { recallId: row.recall_id, mode: recall_mode, from: recall_from, to: recall_to }
        : null
    return { passport, override }
  },
  passportPage: (passport, banner) => ({
    html: `<main>${banner}<h1>${passport.name}</h1></main>`,
    policy: "default-src 'none'",
  }),
  async verdictFor(db: Db, item: ScannedItem, businessId: string) {
    const rows = await db
      .selectFrom('recalls')
      .selectAll()
      .where('business_id', '=', businessId)
      .where('status', '=', 'active')
      .execute()
    const matches = rows.flatMap((row): RecallMatch[] => {
      const [line] = JSON.parse(row.lines) as RecallLine[]
      if (!line?.gtins.includes(item.gtin)) return []
      const verdict =
        !line.lots || line.lots.includes(item.lot ?? '')
          ? 'recalled'
          : item.lot === null
            ? 'possible'
            : undefined
      if (!verdict) return []
      const { title } = JSON.parse(row.notice) as RecallNotice
      return [
        {
          recall_id: row.id,
          title,
          is_mock: row.is_mock === 1,
          revision: 1,
          line: 0,
          verdict,
          reason: '',
          missing: verdict === 'possible' ? ['lot'] : [],
          instructions: null,
        },
      ]
    })
    return { verdict: 'not_listed', matches }
  },
  sourceOf: (headers) => ({ device: 'other', language: headers['accept-language']?.slice(0, 2) ?? null }),
}
