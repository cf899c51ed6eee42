import { watchRestaurant } from '#contract/order-intents.ts'
import type { Context } from '../../context.ts'
import { hijacked } from '../../http/call.ts'
import { streamEvents } from '../../http/event-stream.ts'
import type { Mount } from '../../http/mount.ts'

const restaurantEvents = new Set([
  'menu.changed',
  'tables.changed',
  'stations.changed',
  'order_intents.changed',
  'service_requests.changed',
])

export function serveEvents(mount: Mount): void {
  mount(watchRestaurant, {
    handle: async ({ request, reply, context, identity }) => {
      const { businessId: only, tokenId } = identity
      streamEvents(request, reply, context.events, (event) => {
        const isMine = only === null || ('business_id' in event && event.business_id === only)
        return isMine && restaurantEvents.has(event.type)
      })
      if (tokenId !== undefined) {
        const stop = endWithToken(context, tokenId, () => reply.raw.destroy())
        request.raw.once('close', stop)
      }
      return hijacked
    },
  })
}

/** A stream outlives the request's own check by hours: it ends when its token is revoked or runs out. */
function endWithToken(
  { database, events, clock, log }: Context,
  tokenId: string,
  end: () => void,
): () => void {
  const check = async (): Promise<void> => {
    const token = await database.db
      .selectFrom('api_tokens')
      .select(['revoked_at', 'expires_at'])
      .where('id', '=', tokenId)
      .executeTakeFirst()
    const isOver = token?.expires_at ? Date.parse(token.expires_at) <= clock() : false
    if (token === undefined || token.revoked_at !== null || isOver) end()
  }
  const look = (): void => {
    check().catch((error: unknown) => log.warn({ err: error }, 'a stream could not look at its token'))
  }
  const timer = setInterval(look, 60_000)
  timer.unref()
  const stop = events.listen((event) => {
    if (event.type === 'tokens.changed') look()
  })
  return () => {
    clearInterval(timer)
    stop()
  }
}
