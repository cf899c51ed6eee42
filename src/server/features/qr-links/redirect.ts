import type { FastifyInstance, FastifyReply } from 'fastify'
import { CompiledQuery } from 'kysely'
import { canonicalSlug } from '#contract/slugs.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import { nobody } from '../../http/identity.ts'
import { throttle } from '../../http/throttle.ts'
import { gonePage, missingPage, type PublicPage } from './public-pages.ts'
import type { ScanRecorder } from './scan-recorder.ts'
import { scanSourceOf } from './scan-source.ts'
import type { QrLinkRow } from './table.ts'

/** What a redirect needs to know of a link. */
interface Target {
  seq: number
  destination: string
  active: boolean
  startsAt: number
  expiresAt: number
  deleted: boolean
}

type Found = Pick<
  QrLinkRow,
  'seq' | 'destination_url' | 'is_active' | 'starts_at' | 'expires_at' | 'deleted_at'
>

const keptTargets = 50_000

/**
 * `GET /r/{slug}`: 302 to the destination and a scan counted without waiting for the write; a page a person can
 * read where there is no such link (404) or no longer (410).
 */
export function serveRedirects(app: FastifyInstance, context: Context, scans: ScanRecorder): void {
  const targets = new Map<string, Target | undefined>()
  const lookups = compileLookups(context.database.db)
  context.events.listen((event) => {
    if (event.type === 'qr_links.changed') targets.clear()
  })

  async function targetOf(slug: string): Promise<Target | undefined> {
    if (targets.has(slug)) return targets.get(slug)
    const target = await loadTarget(context, lookups, slug)
    // Only links that exist are kept: guessing slugs must not push them out.
    if (target && targets.size >= keptTargets) targets.clear()
    if (target) targets.set(slug, target)
    return target
  }

  app.get<{ Params: { slug: string } }>('/r/:slug', async (request, reply) => {
    throttle(context, 'qr-redirects', nobody, request, reply)
    const now = context.clock()
    const target = await targetOf(canonicalSlug(request.params.slug))
    if (!target || now < target.startsAt) return sendPage(reply, 404, missingPage)
    if (target.deleted || !target.active || now >= target.expiresAt) return sendPage(reply, 410, gonePage)
    if (request.method === 'GET') {
      scans.record({ linkSeq: target.seq, at: timestamp(now), ...scanSourceOf(request.headers) })
    }
    return reply.header('Cache-Control', 'no-store').header('Location', target.destination).code(302).send('')
  })
}

/** The questions for a slug, put into SQL once: that takes longer than their answers. */
function compileLookups(db: Db) {
  const named = db
    .selectFrom('qr_links')
    .select(['seq', 'destination_url', 'is_active', 'starts_at', 'expires_at', 'deleted_at'])
    .where('slug', '=', '')
    .orderBy('seq')
  const live = named
    .where('deleted_at', 'is', null)
    .where('business_id', 'in', (e) => e.selectFrom('businesses').select('id'))
  return { live: live.compile().sql, deleted: named.where('deleted_at', 'is not', null).compile().sql }
}

async function loadTarget(
  { database: { db }, hidden }: Context,
  lookups: ReturnType<typeof compileLookups>,
  slug: string,
): Promise<Target | undefined> {
  const live = await db.executeQuery<Found>(CompiledQuery.raw(lookups.live, [slug]))
  let row = live.rows.find(({ seq }) => !hidden.includes(seq))
  row ??= (await db.executeQuery<Found>(CompiledQuery.raw(lookups.deleted, [slug]))).rows[0]
  if (!row) return undefined
  return {
    seq: row.seq,
    destination: row.destination_url,
    active: row.is_active === 1,
    startsAt: row.starts_at === null ? 0 : Date.parse(row.starts_at),
    expiresAt: row.expires_at === null ? Infinity : Date.parse(row.expires_at),
    deleted: row.deleted_at !== null,
  }
}

function sendPage(reply: FastifyReply, status: number, page: PublicPage): FastifyReply {
  return reply
    .code(status)
    .headers({
      'Cache-Control': 'no-store',
      'Content-Security-Policy':
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Referrer-Policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(page.html)
}
