/** What a field did wrong, by dotted path (`items.0.name`), each with all its sentences. */
export type FieldErrors = Record<string, string[]>

/** The body of every answer that is not 2xx. Laravel's, and nothing beside it: no code, no stack. */
export interface ErrorBody {
  message: string
  errors?: FieldErrors
}

/**
 * The constant texts of Laravel's answers (measured on 12.67 and 13.26). A client may show them but never match
 * them: the hosted service may run another version.
 */
export const messages = {
  unauthenticated: 'Unauthenticated.',
  wrongScope: 'Invalid ability provided.',
  unauthorized: 'This action is unauthorized.',
  notFound: 'Not Found',
  tooLarge: 'The POST data is too large.',
  tooManyAttempts: 'Too Many Attempts.',
  serverError: 'Server Error',
  malformedUrl: 'Malformed URL.',
} as const

/**
 * An answer that is not 2xx: thrown by the server to give it, and by the client that got it. `message` and
 * `errors` are what the caller sees, so neither may hold anything internal.
 */
export class ApiError extends Error {
  readonly status: number
  readonly errors: FieldErrors | undefined
  /** Headers of the answer. Those that came over the wire have lower-case names. */
  readonly headers: Record<string, string>

  constructor(status: number, message: string, errors?: FieldErrors, headers: Record<string, string> = {}) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.errors = errors
    this.headers = headers
  }

  /** The JSON of the answer. */
  get body(): ErrorBody {
    return this.errors ? { message: this.message, errors: this.errors } : { message: this.message }
  }
}

/** 401. One text for missing, malformed, unknown, expired and revoked, so that nobody learns which. */
export class Unauthenticated extends ApiError {
  constructor() {
    super(401, messages.unauthenticated)
  }
}

/** 403: signed in, but not allowed. Pass `messages.wrongScope` where a token lacks a scope. */
export class Forbidden extends ApiError {
  constructor(message: string = messages.unauthorized) {
    super(403, message)
  }
}

/** 404 of a row that is not there or is another business's. */
export class NotFound extends ApiError {
  constructor() {
    super(404, messages.notFound)
  }
}

/** 404 of an address. `path` is the URL's path with or without its leading slash. */
export class RouteNotFound extends ApiError {
  constructor(path: string) {
    super(404, `The route ${routeName(path)} could not be found.`)
  }
}

/** 405, with `Allow`. `supported` are the methods of that path; HEAD follows from GET and need not be named. */
export class MethodNotAllowed extends ApiError {
  constructor(method: string, path: string, supported: readonly string[]) {
    const allow = supported.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one]))
    const list = [...new Set(allow)].join(', ')
    const sentence = `The ${method} method is not supported for route ${routeName(path)}.`
    super(405, `${sentence} Supported methods: ${list}.`, undefined, { Allow: list })
  }
}

/** 400 of a body that does not parse; `line` and `column` count from 1. */
export class MalformedJson extends ApiError {
  constructor(line: number, column: number) {
    super(400, `The request body is not valid JSON: it breaks at line ${line}, column ${column}.`)
  }
}

/** 409: the same call is still running, or the state of the thing does not allow it. */
export class Conflict extends ApiError {
  constructor(message: string) {
    super(409, message)
  }
}

/** 412: `If-Match` named another version than the one stored. */
export class PreconditionFailed extends ApiError {
  constructor() {
    super(412, 'This was changed by somebody else since you read it. Load it again before you save.')
  }
}

/** 413. */
export class PayloadTooLarge extends ApiError {
  constructor() {
    super(413, messages.tooLarge)
  }
}

/** 415. `taken` are the media types the endpoint takes beside JSON. */
export class UnsupportedMediaType extends ApiError {
  constructor(sent: string, taken: readonly string[] = []) {
    super(415, `Send ${['application/json', ...taken].join(' or ')}, not ${sent}.`)
  }
}

/** 422. The message is the first sentence and how many others there are, as Laravel sums them up. */
export class ValidationFailed extends ApiError {
  constructor(errors: FieldErrors) {
    super(422, summarize(errors), errors)
  }
}

/** 429. `retryAfter` in whole seconds, `reset` in unix seconds. */
export class TooManyAttempts extends ApiError {
  constructor(window: { limit: number; retryAfter: number; reset: number }) {
    super(429, messages.tooManyAttempts, undefined, {
      'X-RateLimit-Limit': String(window.limit),
      'X-RateLimit-Remaining': '0',
      'Retry-After': String(window.retryAfter),
      'X-RateLimit-Reset': String(window.reset),
    })
  }
}

/** 500. What went wrong is for the log alone. */
export class ServerError extends ApiError {
  constructor() {
    super(500, messages.serverError)
  }
}

/** Laravel's message of a 422: the first sentence, then `(and N more errors)` over the sentences of all fields. */
export function summarize(errors: FieldErrors): string {
  const sentences = Object.values(errors).flat()
  const [first] = sentences
  if (first === undefined) return 'The given data was invalid.'
  const more = sentences.length - 1
  return more === 0 ? first : `${first} (and ${more} more ${more === 1 ? 'error' : 'errors'})`
}

function routeName(path: string): string {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  return trimmed === '' ? '/' : trimmed
}
