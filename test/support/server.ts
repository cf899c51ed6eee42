import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient, type Client } from '#contract/client.ts'
import type { Scope } from '#contract/endpoint.ts'
import { openSession } from '#contract/session.ts'
import { createToken } from '#contract/tokens.ts'
import { makeConfig } from '#server/entry-config.ts'
import { plainNodeHost } from '#server/host/plain-node.ts'
import { runServer, type RunningServer, type RunOptions } from '#server/run.ts'

/** A real server on a real socket over its own data folder, gone when the test is. */
export interface TestServer extends AsyncDisposable {
  server: RunningServer
  dataDir: string
  /** Signed in as the window. */
  window: Client
  /** The bearer of the window's session. */
  bearer: string
  /** A fresh token's plain text. */
  makeToken(scopes: readonly Scope[], more?: TokenLimits): Promise<string>
  /** A client of a fresh token. */
  withToken(scopes: readonly Scope[], more?: TokenLimits): Promise<Client>
  /** A plain request with the window's session, for what the typed client cannot say. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

interface TokenLimits {
  business_id?: string
  rate_per_minute?: number
  expires_at?: string
}

export interface TestServerOptions extends Omit<RunOptions, 'config' | 'host'> {
  /** Kept after the end; a new folder is made and removed otherwise. */
  dataDir?: string
  port?: number
}

/** `await using server = await startTestServer()`. */
export async function startTestServer({
  dataDir,
  port,
  ...options
}: TestServerOptions = {}): Promise<TestServer> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'qrscan-test-'))
  const server = await runServer({
    ...options,
    config: makeConfig({ dataDir: folder, port }),
    host: plainNodeHost(folder),
  })
  const bearer = await signIn(server)
  const window = createClient({ baseUrl: server.url, token: () => bearer })
  async function makeToken(scopes: readonly Scope[], more: TokenLimits = {}): Promise<string> {
    const body = { name: 'Test', kind: 'api' as const, scopes: [...scopes], ...more }
    return (await window.call(createToken, { body })).plain_text_token
  }
  return {
    server,
    dataDir: folder,
    window,
    bearer,
    makeToken,
    withToken: async (scopes, more) => {
      const token = await makeToken(scopes, more)
      return createClient({ baseUrl: server.url, token: () => token })
    },
    fetch: (path, init) =>
      fetch(server.url + path, {
        redirect: 'manual',
        ...init,
        headers: { Authorization: `Bearer ${bearer}`, ...Object.fromEntries(new Headers(init?.headers)) },
      }),
    async [Symbol.asyncDispose]() {
      await server.stop()
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function signIn(server: RunningServer): Promise<string> {
  const launch_code = new URL(server.makeLaunchLink()).hash.replace('#t=', '')
  const { session } = await createClient({ baseUrl: server.url }).call(openSession, { body: { launch_code } })
  return session.token
}
