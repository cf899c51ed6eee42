import type { FastifyInstance, FastifyReply } from 'fastify'
import { canonicalSlug, isValidSlug } from '#contract/slugs.ts'
import type { Context } from '../../context.ts'
import { nobody } from '../../http/identity.ts'
import { throttle } from '../../http/throttle.ts'
import { gonePage, missingPage, type PublicPage } from './public-pages.ts'
import { stateOf, type RedirectTargets } from './redirect-targets.ts'
import type { ScanRecorder } from './scan-recorder.ts'
import { scanSourceOf } from './scan-source.ts'

/**
 * `GET /r/{slug}`: 302 to the destination and a scan counted without waiting for the write; a page a person can
 * read where there is no such link (404) or no longer (410).
 */
export function serveRedirects(
  app: FastifyInstance,
  context: Context,
  targets: RedirectTargets,
  scans: ScanRecorder,
): void {
  app.get<{ Params: { slug: string } }>('/r/:slug', async (request, reply) => {
    throttle(context, 'qr-redirects', nobody, request, reply)
    const now = context.clock()
    const slug = canonicalSlug(request.params.slug)
    const target = isValidSlug(slug) ? await targets.find(slug) : undefined
    const state = stateOf(target, now)
    if (!target || state === 'missing') return sendPage(reply, 404, missingPage)
    if (state === 'gone') return sendPage(reply, 410, gonePage)
    if (request.method === 'GET') {
      scans.record({ linkSeq: target.seq, at: now, ...scanSourceOf(request.headers) })
    }
    return reply.header('Cache-Control', 'no-store').header('Location', target.destination).code(302).send()
  })
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
