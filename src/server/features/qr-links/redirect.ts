import type { FastifyInstance, FastifyReply } from 'fastify'
import { canonicalSlug } from '#contract/slugs.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import { nobody } from '../../http/identity.ts'
import { throttle } from '../../http/throttle.ts'
import { gonePage, missingPage, type PublicPage } from './public-pages.ts'
import type { ScanRecorder } from './scan-recorder.ts'
import { scanSourceOf } from './scan-source.ts'

/** What a redirect needs to know of a link. */
interface Target {
  seq: number
  destination: string
  active: boolean
  startsAt: number
  expiresAt: number
  deleted: boolean
}

const keptTargets = 50_000

/**
 * `GET /r/{slug}`: 302 to the destination and a scan counted without waiting for the write; a page a person can
 * read where there is no such link (404) or no longer (410).
 */
export function serveRedirects(app: FastifyInstance, context: Context, scans: ScanRecorder): void {
  const targets = new Map<string, Target | undefined>()
  context.events.listen((event) => {
    if (event.type === 'qr_links.changed') targets.clear()
  })

  async function targetOf(slug: string): Promise<Target | undefined> {
    if (targets.has(slug)) return targets.get(slug)
    const target = await loadTarget(context, slug)
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

async function loadTarget({ database, hidden }: Context, slug: string): Promise<Target | undefined> {
  const named = database.db
    .selectFrom('qr_links')
    .select(['seq', 'destination_url', 'is_active', 'starts_at', 'expires_at', 'deleted_at'])
    .where('slug', '=', slug)
    .orderBy('seq')
  const live = await named
    .where('deleted_at', 'is', null)
    .where('business_id', 'in', (e) => e.selectFrom('businesses').select('id'))
    .execute()
  const row =
    live.find(({ seq }) => !hidden.includes(seq)) ??
    (await named.where('deleted_at', 'is not', null).executeTakeFirst())
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
