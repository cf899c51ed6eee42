import type { FastifyInstance, FastifyRequest } from 'fastify'
import { MalformedJson } from '#contract/errors.ts'
import { findJsonFault } from './json-fault.ts'

/**
 * JSON becomes input; an empty body is an empty input. Every other type is handed on as a stream, unread: only the
 * upload routes get that far, the others have answered 415 by then.
 */
export function addBodyParsers(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    dropSlowBody(request)
    return payload
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    /^application\/(?:[\w.+-]+\+)?json/i,
    { parseAs: 'string' },
    (_request, text, done) => {
      try {
        done(null, parseJson(String(text)))
      } catch (error) {
        done(error as Error)
      }
    },
  )
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/** A JSON body of at most 1 MiB that is not here by then is somebody holding the connection. */
const slowestJson = 10_000

/** Uploads are left alone: a large file takes its time, and its route notices a stalled one. */
function dropSlowBody(request: FastifyRequest): void {
  if (!/[/+]json/.test(request.headers['content-type'] ?? '')) return
  const timer = setTimeout(() => request.raw.destroy(), slowestJson)
  timer.unref()
  const stop = () => clearTimeout(timer)
  request.raw.once('end', stop)
  request.raw.once('close', stop)
}

/** Throws 400 that says where the text stops being JSON, unlike Laravel, which takes it for an empty input. */
function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    // The engine's own sentence quotes the body, which may hold a secret; only the place is told.
    const { line, column } = findJsonFault(text) ?? { line: 1, column: 1 }
    throw new MalformedJson(line, column)
  }
}
