import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { MethodNotAllowed } from '#contract/errors.ts'
import type { Context } from '../../context.ts'
import { nobody } from '../../http/identity.ts'
import { throttle } from '../../http/throttle.ts'
import { answerJson, answerPage, type Answer } from './answer.ts'
import { readDigitalLink } from './digital-link-request.ts'
import { findPublicNotice } from './notices-store.ts'
import { noticePage, problemPage, type NoticeVerdict } from './pages.ts'
import { resolveCode } from './resolve.ts'
import type { ResolverParts } from './resolver-parts.ts'
import type { PassportScanRecorder } from './scan-recorder.ts'

/** Keys that a Digital Link can begin with (GS1 Digital Link URI syntax, 1.6). */
const primaryKeys = [
  '00',
  '01',
  '253',
  '255',
  '401',
  '402',
  '414',
  '415',
  '417',
  '8003',
  '8004',
  '8006',
  '8010',
  '8013',
  '8017',
  '8018',
] as const

/** A compressed link is one word; the page's own addresses and files never look like this. */
const compressedPath = '/:compressed(^(?=.*[A-Z0-9_])[A-Za-z0-9_-]{8,400}$)'
const allowed = 'GET, HEAD, OPTIONS'
const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE']

/**
 * `GET /01/{gtin}/10/{lot}/21/{serial}` and the other Digital Link paths, plain and compressed; recall notices at
 * `/recall-notices/{id}`; and `/.well-known/gs1resolver`. Outside `/api`, for whoever scans a code.
 */
export function serveResolver(
  app: FastifyInstance,
  context: Context,
  parts: ResolverParts,
  scans: PassportScanRecorder,
): void {
  const resolve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    throttle(context, 'qr-redirects', nobody, request, reply)
    return send(reply, await answerScan(context, parts, scans, request))
  }
  for (const key of primaryKeys) {
    const url = `/${key}/*`
    app.get(url, resolve)
    app.options(url, async (_request, reply) => sendOptions(reply))
    app.route({ method: otherMethods, url, handler: refuseMethod })
  }
  app.get<{ Params: { compressed: string } }>(compressedPath, async (request, reply) => {
    const read = readDigitalLink(parts.validate, request.url)
    if ('problem' in read) return reply.callNotFound()
    return resolve(request, reply)
  })
  app.options(compressedPath, async (request, reply) => {
    const read = readDigitalLink(parts.validate, request.url)
    return 'problem' in read ? reply.callNotFound() : sendOptions(reply)
  })
  serveNotices(app, context, parts)
  app.get('/.well-known/gs1resolver', async (request, reply) => {
    throttle(context, 'qr-redirects', nobody, request, reply)
    return send(reply, answerJson(200, 'application/json', describeResolver(originOf(request)), 'no-cache'))
  })
}

async function answerScan(
  context: Context,
  parts: ResolverParts,
  scans: PassportScanRecorder,
  request: FastifyRequest,
): Promise<Answer> {
  const now = context.clock()
  const { headers, url } = request
  const asked = { url, origin: originOf(request), headers }
  const { answer, scan } = await resolveCode(context.database.near, parts, asked, now)
  if (scan && request.method === 'GET') {
    scans.record({ ...scan, at: now, ...parts.sourceOf(headers) })
  }
  return answer
}

function serveNotices(app: FastifyInstance, context: Context, parts: ResolverParts): void {
  const show = async (
    request: FastifyRequest<{ Params: { id: string; '*'?: string } }>,
    reply: FastifyReply,
  ) => {
    throttle(context, 'qr-redirects', nobody, request, reply)
    const { id } = request.params
    const notice = await findPublicNotice(context.database.near, id)
    if (!notice) {
      const text = 'It may have been taken back. Ask whoever gave you the code.'
      return send(reply, answerPage(404, problemPage('There is no such notice', text), 'no-store'))
    }
    const rest = request.url.slice(request.url.indexOf(id) + id.length)
    const read = readDigitalLink(parts.validate, rest)
    const item = 'problem' in read ? undefined : read.item
    const verdict = await verdictFor(context, parts, item, id)
    return send(reply, answerPage(200, noticePage(notice, item, { verdict }), 'no-store'))
  }
  app.get('/recall-notices/:id', show)
  app.get('/recall-notices/:id/*', show)
}

/** What the notice says at the top: whoever came without an item reads it as a recall. */
async function verdictFor(
  context: Context,
  parts: ResolverParts,
  item: NonNullable<Parameters<typeof noticePage>[1]> | undefined,
  recallId: string,
): Promise<NoticeVerdict> {
  const { near: db } = context.database
  const recall = await db
    .selectFrom('recalls')
    .select('business_id')
    .where('id', '=', recallId)
    .executeTakeFirst()
  if (!item || !recall) return 'recalled'
  const { matches } = await parts.verdictFor(db, item, recall.business_id)
  const own = matches.filter(({ recall_id }) => recall_id === recallId)
  if (own.some(({ verdict }) => verdict === 'recalled')) return 'recalled'
  return own.length > 0 ? 'possible' : 'outside'
}

/** What a resolver says of itself (GS1-Conformant resolver, resolver description file). */
function describeResolver(origin: string) {
  return {
    name: 'QRScan',
    resolverRoot: origin,
    supportedPrimaryKeys: ['01', '8006'],
    linkTypeDefaultCanBeLinkset: false,
    supportedContextValuesEnumerated: [],
  }
}

function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`
}

async function refuseMethod(request: FastifyRequest): Promise<never> {
  throw new MethodNotAllowed(request.method, request.url.split('?', 1)[0] ?? '/', ['GET', 'OPTIONS'])
}

const crossOrigin = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Link, Location',
} as const

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  const vary = 'Accept, Accept-Language'
  return reply
    .code(status)
    .headers({ ...crossOrigin, Vary: vary, ...headers })
    .send(body)
}

function sendOptions(reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .headers({
      ...crossOrigin,
      Allow: allowed,
      'Access-Control-Allow-Methods': allowed,
      'Access-Control-Allow-Headers': 'Accept, Accept-Language',
    })
    .send()
}
