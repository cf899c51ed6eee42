import type { Client } from '#contract/client.ts'
import { createProductPassport, type ProductPassport } from '#contract/product-passports.ts'
import { expect } from 'vitest'
import { ApiError } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { startTestServer, type TestServer, type TestServerOptions } from '#test/support/server.ts'

export interface PassportServer extends TestServer {
  api: Client
  url: string
  get(path: string): Promise<Response>
}

/** The app as it is served. */
export async function startPassportServer(options: TestServerOptions = {}): Promise<PassportServer> {
  const server = await startTestServer(options)
  return { ...server, api: server.window, url: server.server.url, get: (path) => server.fetch(path) }
}

export async function makePassport(
  api: Client,
  more: Partial<BodyOf<typeof createProductPassport>> = {},
): Promise<ProductPassport> {
  const body = { name: 'Rolled oats', gtin: '09506000134376', ...more }
  return (await api.call(createProductPassport, { body })).product_passport
}

/** What is wrong with a call, by field. */
export async function faultsOf(work: Promise<unknown>): Promise<Record<string, string[]>> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ApiError)) throw new Error('It was taken.', { cause: error })
  expect(error.status).toBe(422)
  return error.errors ?? {}
}
