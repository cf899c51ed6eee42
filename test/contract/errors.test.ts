import { describe, expect, it } from 'vitest'
import {
  ApiError,
  Conflict,
  Forbidden,
  MalformedJson,
  messages,
  MethodNotAllowed,
  NotFound,
  PayloadTooLarge,
  PreconditionFailed,
  RouteNotFound,
  ServerError,
  summarize,
  TooManyAttempts,
  Unauthenticated,
  UnsupportedMediaType,
  ValidationFailed,
} from '#contract/errors.ts'

describe('errors of the API', () => {
  it.each([
    [new Unauthenticated(), 401, 'Unauthenticated.'],
    [new Forbidden(), 403, 'This action is unauthorized.'],
    [new Forbidden(messages.wrongScope), 403, 'Invalid ability provided.'],
    [new NotFound(), 404, 'Not Found'],
    [new RouteNotFound('/api/nope/'), 404, 'The route api/nope could not be found.'],
    [new Conflict('Still running.'), 409, 'Still running.'],
    [new PayloadTooLarge(), 413, 'The POST data is too large.'],
    [
      new UnsupportedMediaType('text/xml', ['text/csv']),
      415,
      'Send application/json or text/csv, not text/xml.',
    ],
    [new ServerError(), 500, 'Server Error'],
    [new MalformedJson(3, 14), 400, 'The request body is not valid JSON: it breaks at line 3, column 14.'],
  ])('carry their status and nothing but a message: %s', (error, status, message) => {
    expect(error).toBeInstanceOf(ApiError)
    expect(error.status).toBe(status)
    expect(error.body).toEqual({ message })
  })

  it('name the methods of a path, in the sentence and in Allow', () => {
    const error = new MethodNotAllowed('PUT', '/api/qr-links', ['GET', 'POST'])
    expect(error.message).toBe(
      'The PUT method is not supported for route api/qr-links. Supported methods: GET, HEAD, POST.',
    )
    expect(error.headers).toEqual({ Allow: 'GET, HEAD, POST' })
  })

  it('say when a full window opens again', () => {
    expect(new TooManyAttempts({ limit: 2, retryAfter: 60, reset: 1795407154 }).headers).toEqual({
      'X-RateLimit-Limit': '2',
      'X-RateLimit-Remaining': '0',
      'Retry-After': '60',
      'X-RateLimit-Reset': '1795407154',
    })
  })

  it('tell a reader of a 412 what to do', () => {
    expect(new PreconditionFailed().status).toBe(412)
  })

  it('sum up the sentences of all fields, counting the others', () => {
    expect(summarize({ a: ['One.'] })).toBe('One.')
    expect(summarize({ a: ['One.', 'Two.'] })).toBe('One. (and 1 more error)')
    expect(summarize({ a: ['One.', 'Two.'], b: ['Three.'] })).toBe('One. (and 2 more errors)')
    expect(new ValidationFailed({ a: ['One.'] }).body).toEqual({ message: 'One.', errors: { a: ['One.'] } })
  })
})
