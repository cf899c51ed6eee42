import type { Socket } from 'node:net'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { TooManyAttempts } from '#contract/errors.ts'
import type { Context } from '../../context.ts'
import { addBodyParsers } from '../../http/bodies.ts'
import { addGuard, type GuardOptions } from '../../http/guard.ts'
import { makeListener } from '../../http/listener.ts'
import { mounter, type Mount } from '../../http/mount.ts'
import { parseQuery } from '../../http/query-string.ts'
import { addErrorReplies, addReplyFrame, newRequestId } from '../../http/replies.ts'
import { addMissingRouteReplies } from '../../http/routing.ts'
import { answerBrokenHttp, answerUnroutable } from '../../http/unreadable.ts'
import type { GuestFiles } from './guest-files.ts'

const jsonLimit = 1024 * 1024
/** Open connections in all, and of one address: a browser holds six. */
const most = { connections: 500, ofOneAddress: 40 }
/** Loads of the page and its files, a minute and address. */
const pagesPerMinute = 300

export interface GuestAppOptions {
  context: Context
  guard: GuardOptions
  files: GuestFiles
  /** Mounts the public endpoints, and no others. */
  servePublic: (mount: Mount) => void
}

/**
 * What stands behind the guests' door: an app of its own, so that there is no route of the staff's that a mistake
 * could open. The same guard, frame and limits as inside.
 */
export function buildGuestApp({ context, guard, files, servePublic }: GuestAppOptions): FastifyInstance {
  const app = Fastify({
    loggerInstance: context.log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    requestIdHeader: false,
    bodyLimit: jsonLimit,
    forceCloseConnections: true,
    serverFactory: makeListener(() => false),
    routerOptions: { ignoreTrailingSlash: true, querystringParser: parseQuery, maxParamLength: 200 },
    frameworkErrors: answerUnroutable(guard),
    clientErrorHandler: answerBrokenHttp,
  })
  limitConnections(app)
  addReplyFrame(app)
  addErrorReplies(app)
  addGuard(app, guard)
  limitPages(app, context)
  addBodyParsers(app)
  addMissingRouteReplies(app, (request, reply) => files.serveFile(request, reply))
  app.get('/', async (request, reply) => files.servePage(request, reply))
  app.get('/t/:code', async (request, reply) => files.servePage(request, reply))
  servePublic(mounter(app, context))
  return app
}

function limitConnections(app: FastifyInstance): void {
  const open = new Map<string, number>()
  app.server.maxConnections = most.connections
  app.server.on('connection', (socket: Socket) => {
    const from = socket.remoteAddress ?? ''
    const count = (open.get(from) ?? 0) + 1
    open.set(from, count)
    socket.once('close', () => {
      const left = (open.get(from) ?? 1) - 1
      if (left === 0) open.delete(from)
      else open.set(from, left)
    })
    if (count > most.ofOneAddress) socket.destroy()
  })
}

/** The endpoints have their named throttles; this holds the rest, also what is not there. */
function limitPages(app: FastifyInstance, { limiter }: Context): void {
  app.addHook('onRequest', async (request) => {
    const { config } = request.routeOptions as { config?: object }
    if (config && 'endpoint' in config) return
    const key = `guest-pages:${request.ip}`
    const verdict = limiter.attempt([{ key, max: pagesPerMinute, decaySeconds: 60 }])
    if (!verdict.allowed) throw new TooManyAttempts(verdict)
  })
}
