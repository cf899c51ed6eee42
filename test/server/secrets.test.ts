import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '#contract/client.ts'
import { endpoints } from '#contract/endpoints.ts'
import { openSession } from '#contract/session.ts'
import { createToken } from '#contract/tokens.ts'
import { readDiscovery } from '#server/discovery.ts'
import { startServedApp } from '#test/support/served-app.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const password = 'Canary-Of-A-Destination'
const key = 'canary-of-an-idempotency-key'
const headerCanary = 'canary-of-any-header'
const guess = 'canary-launch-code-that-is-wrong'

let server: TestServer
/** Everything that must be found nowhere, by what it is. */
let canaries: Record<string, string>
/** Bodies of all answers that were errors. */
const errorBodies: string[] = []

/** All files below a folder as one text each. */
function filesOf(folder: string): [string, string][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'latin1')])
}

async function push(path: string, method: string, token: string, type: string, body: string): Promise<void> {
  const headers: Record<string, string> = {
    Authorization: `Bearer ${token}`,
    Cookie: `session=${headerCanary}`,
    Referer: `https://example.com/?${headerCanary}`,
    'User-Agent': headerCanary,
    'X-Api-Key': headerCanary,
    'Idempotency-Key': `${key}-${method}-${path.length}`,
  }
  if (method !== 'GET') headers['Content-Type'] = type
  const response = await fetch(server.server.url + path, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(5000),
    ...(method === 'GET' ? {} : { body }),
  })
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return response.body?.cancel()
  const text = await response.text()
  if (response.status >= 400) errorBodies.push(`${method} ${path} ${response.status} ${text}`)
}

beforeAll(async () => {
  server = await startTestServer()
  const { plain_text_token: token } = await server.window.call(createToken, {
    body: { name: 'Canary', kind: 'api', scopes: ['*'], rate_per_minute: 100_000 },
    headers: { 'Idempotency-Key': key },
  })
  const launchCode = new URL(server.server.makeLaunchLink()).hash.slice(3)
  const { session } = await createClient({ baseUrl: server.server.url }).call(openSession, {
    body: { launch_code: launchCode },
  })
  const unused = new URL(server.server.makeLaunchLink()).hash.slice(3)
  canaries = {
    token: token.split('|')[1] ?? '',
    session: session.token,
    window: server.bearer,
    launchCode,
    unused,
    key,
    headerCanary,
    guess,
  }
  const input = {
    destination_url: `https://user:${password}@example.com/`,
    launch_code: guess,
    name: 'A name',
    kind: 'api',
    scopes: ['links:read'],
    text: `slug,destination_url\na,https://user:${password}@example.com/`,
  }
  for (const { path: pattern, method } of endpoints.filter(({ name }) => name !== 'logout')) {
    const path = pattern.replace(/\{\w+\}/g, 'nothing')
    for (const bearer of [token, session.token, `${token}x`, guess]) {
      await push(path, method, bearer, 'application/json', JSON.stringify(input))
      await push(
        `${path}?token=${token}&access_token=${session.token}&search=${password}`,
        method,
        bearer,
        'application/json',
        '{}',
      )
      if (method === 'GET') continue
      await push(path, method, bearer, 'application/json', `{"launch_code": "${guess}", ${token}`)
      await push(path, method, bearer, `text/plain; ${headerCanary}`, token)
    }
  }
  // Answers that are 500, whose errors are logged with their stack: the table is not there.
  await sql`alter table api_tokens rename to hidden_tokens`.execute(server.server.context.database.db)
  await push('/api/me', 'GET', token, '', '')
  await sql`alter table hidden_tokens rename to api_tokens`.execute(server.server.context.database.db)
  await sql`alter table qr_links rename to hidden_links`.execute(server.server.context.database.db)
  await push(
    '/api/qr-links',
    'POST',
    token,
    'application/json',
    JSON.stringify({ destination_url: 'https://example.com/', notes: guess }),
  )
  await sql`alter table hidden_links rename to qr_links`.execute(server.server.context.database.db)
}, 120_000)
afterAll(() => server[Symbol.asyncDispose]())

describe('a secret that went through every route', () => {
  it('is not in the log, where the failures are', () => {
    const log = readFileSync(join(server.dataDir, 'logs', 'server.log'), 'utf8')
    expect(log).toContain('unexpected error')
    for (const [what, secret] of Object.entries({ ...canaries, password })) {
      expect([what, log.includes(secret)]).toEqual([what, false])
    }
  })

  it('is in no body of an error, nor is anything of the inside', () => {
    expect(errorBodies.length).toBeGreaterThan(300)
    expect(errorBodies.filter((body) => body.includes(' 500 '))).toEqual([
      'GET /api/me 500 {"message":"Server Error"}',
      'POST /api/qr-links 500 {"message":"Server Error"}',
    ])
    for (const body of errorBodies) {
      const answer = body.slice(body.indexOf(' {'))
      for (const secret of Object.values(canaries))
        expect([body, answer.includes(secret)]).toEqual([body, false])
      expect(answer).not.toMatch(/SQLITE|no such table|node_modules|\.ts:\d|hidden_/)
    }
  })

  it('is in no file of the data folder: tokens and keys lie there as hashes only', () => {
    const files = filesOf(server.dataDir)
    // What may be there is found, so what must not be would be.
    expect(files.filter(([, content]) => content.includes(password)).map(([path]) => path)).not.toEqual([])
    expect(files.some(([path]) => path.endsWith('.sqlite-wal'))).toBe(true)
    for (const [path, content] of files) {
      for (const [what, secret] of Object.entries(canaries)) {
        expect([path, what, content.includes(secret)]).toEqual([path, what, false])
      }
    }
  })
})

describe.skipIf(process.platform === 'win32')('other people of this machine', () => {
  it('can read none of the files', () => {
    const entries = readdirSync(server.dataDir, { withFileTypes: true, recursive: true })
    const names = entries.map(({ name }) => name)
    expect(names).toEqual(
      expect.arrayContaining(['server.json', 'server.log', 'qrscan.sqlite', 'qrscan.sqlite-wal']),
    )
    expect(
      entries.filter((entry) => entry.isFile() && entry.parentPath.includes('imports')).length,
    ).toBeGreaterThan(0)
    for (const { parentPath, name } of entries) {
      expect([name, statSync(join(parentPath, name)).mode & 0o077]).toEqual([name, 0])
    }
  })

  it('see no secret in the process list', async () => {
    await using app = await startServedApp()
    if (!existsSync('/proc/self/environ')) return
    const launchCode = new URL(app.launchUrl).hash.slice(3)
    const secret = readDiscovery(app.dataDir)?.control_secret ?? ''
    expect([launchCode.length, secret.length]).toEqual([43, 47])
    for (const file of ['cmdline', 'environ']) {
      const text = readFileSync(`/proc/${app.pid}/${file}`, 'latin1')
      expect(text.length).toBeGreaterThan(0)
      expect([text.includes(launchCode), text.includes(secret), /qr[sw]_/.test(text)]).toEqual([
        false,
        false,
        false,
      ])
    }
  })
})

it('the password of a database that cannot be reached is told to nobody', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-hub-'))
  const start = fileURLToPath(new URL('../../src/server/start.ts', import.meta.url))
  const env = {
    ...process.env,
    QRSCAN_DATA: dataDir,
    DATABASE_URL: 'postgres://hub:canary-of-postgres@127.0.0.1:9/hub',
  }
  const child = spawn(process.execPath, [start], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  expect([code === 0, said.includes('canary-of-postgres')]).toEqual([false, false])
  for (const [path, content] of filesOf(dataDir))
    expect([path, content.includes('canary-of-postgres')]).toEqual([path, false])
  rmSync(dataDir, { recursive: true, force: true })
})
