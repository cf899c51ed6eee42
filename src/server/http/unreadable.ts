import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, messages } from '#contract/errors.ts'
import { guardRequest, type GuardOptions } from './guard.ts'

/** Answers addresses that break as a URL, so that no route can be looked up. No hook has run: the guard is asked here. */
export function answerUnroutable(guard: GuardOptions) {
  return (_error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, body } = refusal(guard, request)
    reply.hijack()
    reply.raw
      .writeHead(status, {
        'Content-Type': 'application/json',
        'Cache-Control': 'no-cache, private',
        'X-Content-Type-Options': 'nosniff',
        'X-Request-Id': request.id,
        Connection: 'close',
      })
      .end(request.method === 'HEAD' ? undefined : JSON.stringify(body))
  }
}

function refusal(guard: GuardOptions, request: FastifyRequest): ApiError {
  try {
    guardRequest(request, guard)
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  return new ApiError(400, messages.malformedUrl)
}

const reasons: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** Answers what is no HTTP, in the API's envelope, and lets the connection go. */
export function answerBrokenHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const line = reasons[error.code ?? ''] ?? '400 Bad Request'
  const body = JSON.stringify({ message: `${line.slice(4)}.` })
  const head = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close`
  socket.end(`HTTP/1.1 ${line}\r\n${head}\r\n\r\n${body}`, () => socket.destroy())
}
