import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AppEvent } from '#contract/events.ts'
import type { EventHub } from './event-hub.ts'

const heartbeat = 15_000
/** What may wait for a slow reader; one that falls further behind is let go and connects again. */
const largestBacklog = 1024 * 1024

/** Answers with server-sent events until the caller leaves. `wanted` narrows them. */
export function streamEvents(
  request: FastifyRequest,
  reply: FastifyReply,
  hub: EventHub,
  wanted: (event: AppEvent) => boolean,
): void {
  reply.hijack()
  const out = reply.raw
  out.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  })
  out.write(': connected\n\n')
  const beat = setInterval(() => out.write(': here\n\n'), heartbeat)
  beat.unref()
  const stop = hub.watch((event) => {
    if (!wanted(event)) return
    out.write(`data: ${JSON.stringify(event)}\n\n`)
    if (out.writableLength > largestBacklog) out.destroy()
  })
  request.raw.once('close', () => {
    clearInterval(beat)
    stop()
  })
}
