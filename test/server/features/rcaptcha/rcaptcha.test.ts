import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { timestamp } from '#server/clock.ts'
import type { Database } from '#server/db/open.ts'
import { solves } from '#server/features/rcaptcha/proof.ts'
import { issueChallenge, solveChallenge, spendToken } from '#server/features/rcaptcha/store.ts'
import { databases } from '#test/support/databases.ts'
import { startTestServer } from '#test/support/server.ts'
import { earnToken, findNonce } from '#test/support/solve-challenge.ts'

const minute = 60_000
const start = Date.parse('2026-11-23T09:30:00Z')

describe('the work', () => {
  it('is counted in bits, not in bytes or digits', () => {
    const salt = 'salt'
    const nonce = findNonce({ salt, difficulty: 11 })
    expect(solves(salt, nonce, 11)).toBe(true)
    const exact = Array.from({ length: 500 }, (_, n) => String(n)).filter((n) => solves(salt, n, 3))
    const more = exact.filter((n) => solves(salt, n, 4))
    expect(exact.length).toBeGreaterThan(more.length)
    expect(solves(salt, 'x', 0)).toBe(true)
    expect(solves(salt, nonce, 257)).toBe(false)
  })
})

describe.each(databases)('tokens on %s', (_name, open) => {
  let database: Database
  let now = start
  beforeAll(async () => {
    database = await open()
  }, 60_000)
  afterAll(() => database.close())
  afterEach(async () => {
    now = start
    await database.db.deleteFrom('rcaptcha_challenges').execute()
  })

  async function earn(form: 'order_intent' | 'service_request' = 'order_intent'): Promise<string> {
    const challenge = await issueChallenge(database.db, form, now)
    const { token } = await solveChallenge(
      database.db,
      { id: challenge.id, nonce: findNonce(challenge) },
      now,
    )
    return token
  }
  const spend = (token: string, form: 'order_intent' | 'service_request' = 'order_intent') =>
    spendToken(database.db, token, form, now)
  const refused = { status: 422, errors: { rcaptcha_token: [expect.any(String)] } }

  it('a token opens its form once', async () => {
    const token = await earn()
    await spend(token)
    await expect(spend(token)).rejects.toMatchObject(refused)
  })

  it('a forged token, another form’s and one that is too old open nothing', async () => {
    const token = await earn()
    await expect(spend(`${token}A`)).rejects.toMatchObject(refused)
    await expect(spend('')).rejects.toMatchObject(refused)
    await expect(spend(token, 'service_request')).rejects.toMatchObject(refused)
    now += 10 * minute
    await expect(spend(token)).rejects.toMatchObject(refused)
    now -= 1
    await spend(token)
  })

  it('a form that is refused leaves its token good', async () => {
    const token = await earn()
    const form = database.db.transaction().execute(async (trx) => {
      await spendToken(trx, token, 'order_intent', now)
      throw new Error('no such item')
    })
    await expect(form).rejects.toThrow('no such item')
    await spend(token)
  })

  it('a challenge gives one token, in its five minutes, for work that was done', async () => {
    const challenge = await issueChallenge(database.db, 'order_intent', now)
    const solution = { id: challenge.id, nonce: findNonce(challenge) }
    const wrong = solveChallenge(database.db, { ...solution, nonce: `${solution.nonce}x` }, now)
    await expect(wrong).rejects.toMatchObject({ errors: { nonce: [expect.any(String)] } })
    const late = solveChallenge(database.db, solution, now + 5 * minute)
    await expect(late).rejects.toMatchObject({ errors: { challenge_id: [expect.any(String)] } })
    const both = await Promise.allSettled([1, 2].map(() => solveChallenge(database.db, solution, now)))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('keeps a hash of the token, and salts that never repeat', async () => {
    const tokens = [await earn(), await earn()]
    const rows = await database.db.selectFrom('rcaptcha_challenges').selectAll().execute()
    for (const token of tokens) expect(JSON.stringify(rows)).not.toContain(token)
    expect(new Set(rows.map(({ salt }) => salt)).size).toBe(2)
    expect(rows.every(({ salt }) => Buffer.from(salt, 'base64url').length === 16)).toBe(true)
    expect(tokens.every((token) => Buffer.from(token, 'base64url').length === 32)).toBe(true)
  })

  it('ended rows go, some at each challenge; live ones stay', async () => {
    const row = (n: number, expires_at: string) => ({
      id: `row-${n}`,
      form: 'order_intent',
      salt: 's',
      difficulty: 1,
      expires_at,
    })
    const old = Array.from({ length: 120 }, (_, n) => row(n, timestamp(now - n)))
    await database.db.insertInto('rcaptcha_challenges').values(old).execute()
    await database.db
      .insertInto('rcaptcha_challenges')
      .values(row(999, timestamp(now + 1)))
      .execute()
    const left: number[] = []
    for (let call = 0; call < 3; call++) {
      await issueChallenge(database.db, 'order_intent', now)
      left.push((await database.db.selectFrom('rcaptcha_challenges').select('id').execute()).length)
    }
    expect(left).toEqual([72, 23, 4])
  })
})

describe('over HTTP', () => {
  it('a challenge and its solution want no account and are not kept under an idempotency key', async () => {
    await using server = await startTestServer()
    const token = await earnToken(server.server.url, 'service_request')
    expect(token).toMatch(/^[\w-]{43}$/)
    const again = (key: string) =>
      fetch(`${server.server.url}/api/public/rcaptcha/challenge`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
        body: '{"form":"order_intent"}',
      })
    expect([(await again('k')).status, (await again('k')).status]).toEqual([201, 409])
  })

  it('is held to sixty a minute from one address', async () => {
    await using server = await startTestServer({ clock: () => start })
    const statuses: number[] = []
    for (let call = 0; call < 61; call++) {
      const body = '{"challenge_id":"none","nonce":"0"}'
      const headers = { 'Content-Type': 'application/json' }
      const url = `${server.server.url}/api/public/rcaptcha/verify`
      statuses.push((await fetch(url, { method: 'POST', headers, body })).status)
    }
    expect(statuses.filter((status) => status === 422)).toHaveLength(60)
    expect(statuses.at(-1)).toBe(429)
  })
})
