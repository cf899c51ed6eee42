import { describe, expect, it } from 'vitest'
import { ApiError } from '#contract/errors.ts'
import type { GuestApi, OrderBody, Receipt } from '#renderer/guest/guest-api.ts'
import { makeKeep } from '#renderer/guest/kept.ts'
import { OrderPost, type PostState } from '#renderer/guest/order-post.ts'

const order: OrderBody = { table_code: 'abc', lines: [{ menu_item_id: 'soup', quantity: 1 }] }
const receipt: Receipt = {
  id: 'o1',
  number: 1,
  status: 'received',
  total: 650,
  currency: 'EUR',
  receipt_token: 'r1',
  placed_at: '2026-11-23T12:00:00.000000Z',
}
const lost = new TypeError('Failed to fetch')
const refusal = (status: number, errors?: Record<string, string[]>, headers?: Record<string, string>) =>
  new ApiError(status, `status ${status}`, errors, headers)
const badToken = refusal(422, { rcaptcha_token: ['used'] })

/** A page over a restaurant that answers as told, one answer a sending; `true` is a receipt. */
function makePage(answers: (true | Error)[], kept = new Map<string, string>()) {
  const sent: { order: OrderBody; token: string; key: string }[] = []
  const waits: number[] = []
  const placed: Receipt[] = []
  const steps: PostState['step'][] = []
  let now = 1_000_000
  let tokens = 0
  const api: Pick<GuestApi, 'earnToken' | 'sendOrder'> = {
    earnToken: async () => `token-${++tokens}`,
    sendOrder: async (body, token, key) => {
      sent.push({ order: body, token, key })
      const answer = answers.shift() ?? true
      if (answer === true) return receipt
      throw answer
    },
  }
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  const make = () => {
    const post = new OrderPost({
      api,
      keep: makeKeep(storage, 'abc'),
      now: () => now,
      wait: async (ms) => {
        waits.push(ms)
        now += ms
      },
      onPlaced: (one) => placed.push(one),
    })
    post.listen(() => steps.push(post.state.step))
    return post
  }
  return { make, sent, waits, placed, steps, kept, pass: (ms: number) => (now += ms) }
}

describe('an order on its way', () => {
  it('is worked for, sent and forgotten once it is there', async () => {
    const page = makePage([])
    const post = page.make()
    await post.send(order)
    expect(page.sent).toEqual([{ order, token: 'token-1', key: expect.stringMatching(/^[0-9a-f]{32}$/) }])
    expect(page.placed).toEqual([receipt])
    expect(page.kept.size).toBe(0)
    expect([...new Set(page.steps)]).toEqual(['work', 'sending', 'idle'])
  })

  it('goes out again as the very same request until it is answered', async () => {
    const page = makePage([lost, refusal(500), refusal(409), lost, true])
    await page.make().send(order)
    expect(page.sent).toHaveLength(5)
    expect(new Set(page.sent.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(page.waits).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(page.placed).toHaveLength(1)
  })

  it('waits as long as it is told to when there are too many', async () => {
    const page = makePage([refusal(429, undefined, { 'retry-after': '37' }), true])
    await page.make().send(order)
    expect(page.waits).toEqual([37_000])
  })

  it('works for another token when its own was too old, under the same key', async () => {
    const page = makePage([lost, badToken, true])
    await page.make().send(order)
    expect(page.sent.map(({ token }) => token)).toEqual(['token-1', 'token-1', 'token-2'])
    expect(new Set(page.sent.map(({ key }) => key)).size).toBe(1)
    const hopeless = makePage(Array.from({ length: 9 }, () => badToken))
    const post = hopeless.make()
    await post.send(order)
    expect([hopeless.sent.length, post.state.step]).toEqual([4, 'refused'])
  })

  it('that is refused for what it says is not sent again', async () => {
    const page = makePage([refusal(422, { 'lines.0.menu_item_id': ['not there'] })])
    const post = page.make()
    await post.send(order)
    expect(post.state).toMatchObject({ step: 'refused', error: { status: 422 } })
    expect([page.sent.length, page.kept.size]).toEqual([1, 0])
    post.drop()
    expect(post.state).toEqual({ step: 'idle' })
  })

  it('goes on after a reload with the same key and token', async () => {
    const page = makePage([lost])
    const first = page.make()
    const endless = first.send(order)
    await Promise.resolve()
    const kept = new Map(page.kept)
    await endless
    // The page as it was when the answer was lost, opened again.
    const again = makePage([], kept)
    await again.make().resume()
    expect(again.sent[0]?.key).toBe(page.sent[0]?.key)
    expect(again.placed).toEqual([receipt])
  })

  it('from an earlier visit waits for a person: it may be sent or left', async () => {
    const page = makePage(Array.from({ length: 200 }, () => lost))
    const post = page.make()
    await post.send(order)
    expect(post.state).toMatchObject({ step: 'stale' })
    const tries = page.sent.length
    page.pass(60_000)
    const next = page.make()
    await next.resume()
    expect([next.state.step, page.sent.length]).toEqual(['stale', tries])
    next.drop()
    expect([next.state.step, page.kept.size]).toEqual(['idle', 0])
    const other = makePage([])
    other.kept.set('qrscan.guest.abc.order', JSON.stringify({ key: 'k', order, token: 't', made_at: 0 }))
    const stale = other.make()
    await stale.sendStale()
    expect(other.sent).toEqual([{ order, token: 't', key: 'k' }])
    expect(stale.state.step).toBe('idle')
  })

  it('is one: a second touch while it is going out sends nothing', async () => {
    const page = makePage([])
    const post = page.make()
    await Promise.all([post.send(order), post.send(order)])
    expect(page.sent).toHaveLength(1)
  })
})
