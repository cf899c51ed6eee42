import type { TObject, TSchema } from 'typebox'
import type { BodyOf, Endpoint, ParamsOf, QueryOf, ReplyOf } from './endpoint.ts'
import { ApiError } from './errors.ts'
import { buildQuery, type QueryValue } from './query.ts'

type AnyEndpoint = Endpoint<TObject, TObject, TSchema, TSchema>

export interface CallInput<E extends AnyEndpoint> {
  params?: ParamsOf<E>
  query?: QueryOf<E>
  body?: BodyOf<E>
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Sent as it is instead of a JSON body, for uploads. Its type comes from the headers. */
  upload?: BodyInit
}

/** What came back, beside its headers (`ETag`, rate limits). */
export interface Reply<T> {
  data: T
  headers: Headers
  status: number
}

export interface ClientOptions {
  /** Where the API is, without a trailing slash, e.g. `http://127.0.0.1:4711`. Empty for the page's own origin. */
  baseUrl: string
  /** The bearer token, asked for at each call so that a renewed one counts at once. */
  token?: () => string | undefined
  fetch?: typeof globalThis.fetch
}

export type Client = ReturnType<typeof createClient>

/**
 * The typed client of the page, the tests and the sync engine. Every answer that is not 2xx becomes an `ApiError`;
 * a redirect or an HTML page is an error of set-up (status 0 or as sent), never parsed and never followed.
 */
export function createClient(options: ClientOptions) {
  const send = options.fetch ?? globalThis.fetch.bind(globalThis)

  async function request<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...input.headers }
    const token = options.token?.()
    if (token) headers['Authorization'] = `Bearer ${token}`
    let body: BodyInit | undefined = input.upload
    if (input.body !== undefined) {
      headers['Content-Type'] = 'application/json'
      body = JSON.stringify(input.body)
    }
    const init: RequestInit = { method: endpoint.method, headers, redirect: 'manual' }
    if (body !== undefined) init.body = body
    if (input.signal) init.signal = input.signal
    const response = await send(options.baseUrl + urlOf(endpoint, input), init)
    if (response.ok) return response
    throw await apiErrorFrom(response)
  }

  async function callWithHeaders<E extends AnyEndpoint>(
    endpoint: E,
    input: CallInput<E> = {},
  ): Promise<Reply<ReplyOf<E>>> {
    const response = await request(endpoint, input)
    const data = (response.status === 204 ? undefined : await response.json()) as ReplyOf<E>
    return { data, headers: response.headers, status: response.status }
  }

  async function call<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}): Promise<ReplyOf<E>> {
    return (await callWithHeaders(endpoint, input)).data
  }

  /** `request` gives the raw response, for pictures, files and event streams. */
  return { call, callWithHeaders, request }
}

/** Path and query of a call, without the base. */
export function urlOf<E extends AnyEndpoint>(endpoint: E, input: CallInput<E> = {}): string {
  const values = (input.params ?? {}) as Record<string, string>
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ''),
  )
  const query = buildQuery((input.query ?? {}) as Record<string, QueryValue>)
  return query ? `${path}?${query}` : path
}

async function apiErrorFrom(response: Response): Promise<ApiError> {
  const type = response.headers.get('content-type') ?? ''
  if (!/[/+]json/.test(type)) {
    return new ApiError(response.status, 'The address answered with something other than the API.')
  }
  const body = (await response.json().catch(() => ({}))) as {
    message?: unknown
    errors?: Record<string, string[]>
  }
  const message = typeof body.message === 'string' ? body.message : ''
  return new ApiError(response.status, message, body.errors, Object.fromEntries(response.headers))
}
