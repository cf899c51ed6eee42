import Fastify from 'fastify'
import type { Context } from '#server/context.ts'
import { serveRecallActions } from '#server/features/recall-actions/routes.ts'
import { createTicketPress } from '#server/features/tickets/encode-ticket.ts'
import { addBodyParsers } from '#server/http/bodies.ts'
import { mounter } from '#server/http/mount.ts'
import { addErrorReplies, addReplyFrame } from '#server/http/replies.ts'
import { recallActionParts } from '#server/wire-recall-actions.ts'
import { readDigitalLink } from './stand-in-gs1.ts'

/** The record's routes on a socket of their own, over the context of a running server. */
export async function mountRecord(context: Context): Promise<{ url: string; close: () => Promise<void> }> {
  const app = Fastify({ routerOptions: { ignoreTrailingSlash: true }, forceCloseConnections: true })
  addReplyFrame(app)
  addErrorReplies(app)
  addBodyParsers(app)
  const parts = recallActionParts(readDigitalLink, createTicketPress(context.config.fontDir))
  serveRecallActions(mounter(app, context), parts)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, close: () => app.close() }
}
