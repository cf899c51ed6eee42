import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Endpoint } from '#contract/endpoint.ts'
import { ApiError } from '#contract/errors.ts'
import type { OrderIntent } from '#contract/order-intents.ts'
import { isOpen } from '#contract/order-states.ts'
import {
  OpenOrdersKeeper,
  openOrdersKey,
  type OpenOrders,
} from '#renderer/features/restaurant/open-orders.ts'
import type { Api } from '#renderer/lib/api.tsx'
import { exampleOrder } from './example-orders.ts'

/** The server as the keeper sees it: orders by id, asked for by list or one by one; answers can be made to wait. */
function startBoard(orders: OrderIntent[]) {
  const stored = new Map(orders.map((order) => [order.id, order]))
  const asked: string[] = []
  let gate: Promise<void> = Promise.resolve()
  const call = async (
    { name }: Endpoint,
    { params, query }: { params?: { id: string }; query?: { page: number } },
  ): Promise<unknown> => {
    asked.push(name)
    const all = [...stored.values()].filter(({ status }) => isOpen(status))
    const one = stored.get(params?.id ?? '')
    await gate
    if (name === 'findOrderIntent') {
      if (!one) throw new ApiError(404, 'gone')
      return { order_intent: one }
    }
    const page = query?.page ?? 1
    const data = all.slice((page - 1) * 100, page * 100)
    return { order_intents: { data, last_page: Math.max(1, Math.ceil(all.length / 100)), total: all.length } }
  }
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const keeper = new OpenOrdersKeeper({ api: { call } as unknown as Api, queries, businessId: 'business' })
  const queryKey = openOrdersKey('business')
  const load = () => queries.fetchQuery({ queryKey, queryFn: ({ signal }) => keeper.load(signal) })
  const shown = () => queries.getQueryData<OpenOrders>(queryKey) ?? {}
  return {
    stored,
    asked,
    keeper,
    queries,
    load,
    shown,
    change: (order: OrderIntent) => stored.set(order.id, { ...order, updated_at: later() }),
    /** Answers wait until the returned function is called. */
    holdAnswers: () => {
      let open = (): void => undefined
      gate = new Promise((resolve) => (open = resolve))
      return open
    },
  }
}

let minute = 30
const later = (): string => `2026-11-23T09:${(minute += 1)}:00.000000Z`
const many = (count: number): OrderIntent[] =>
  Array.from({ length: count }, (_, index) => exampleOrder({ id: `order-${index}`, number: index + 1 }))

describe('the open orders of a window', () => {
  beforeEach(() => {
    minute = 30
    vi.useFakeTimers()
  })
  afterEach(() => vi.useRealTimers())

  it('are read over all pages', async () => {
    const board = startBoard(many(250))
    await board.load()
    expect(Object.keys(board.shown())).toHaveLength(250)
    expect(board.asked).toHaveLength(3)
  })

  it('take one order from the server when one changed, and leave the others the same objects', async () => {
    const board = startBoard(many(3))
    const before = await board.load()
    board.change(exampleOrder({ id: 'order-1', status: 'accepted' }))
    board.keeper.note('order-1')
    await vi.advanceTimersByTimeAsync(100)
    expect(board.asked).toEqual(['listOrderIntents', 'findOrderIntent'])
    expect(board.shown()['order-1']?.status).toBe('accepted')
    expect(board.shown()['order-0']).toBe(before['order-0'])
  })

  it('ask once for the list, not for each of a hundred orders that change together', async () => {
    const board = startBoard(many(100))
    await board.load()
    for (const { id } of many(100)) board.keeper.note(id)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(board.asked).toEqual(['listOrderIntents', 'listOrderIntents'])
  })

  it('stay within what the server allows a person, however long it goes on', async () => {
    const board = startBoard(many(1))
    await board.load()
    for (let tenth = 0; tenth < 600; tenth += 1) {
      board.keeper.note('order-0')
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(board.asked.length).toBeLessThan(150)
    expect(board.asked.length).toBeGreaterThan(50)
  })

  it('let go of an order that was served elsewhere', async () => {
    const board = startBoard(many(2))
    await board.load()
    board.change(exampleOrder({ id: 'order-1', status: 'served' }))
    board.keeper.note('order-1')
    await vi.advanceTimersByTimeAsync(100)
    expect(Object.keys(board.shown())).toEqual(['order-0'])
  })

  it('keep a step that was taken while an older list was on its way', async () => {
    const board = startBoard(many(2))
    await board.load()
    const answer = board.holdAnswers()
    const reload = board.queries.refetchQueries({ queryKey: openOrdersKey('business') })
    await vi.advanceTimersByTimeAsync(0)
    board.keeper.settle(exampleOrder({ id: 'order-0', status: 'accepted', updated_at: later() }))
    board.keeper.settle(exampleOrder({ id: 'order-1', status: 'served', updated_at: later() }))
    board.keeper.settle(exampleOrder({ id: 'new', updated_at: later() }))
    answer()
    await reload
    expect(Object.values(board.shown()).map(({ id, status }) => [id, status])).toEqual([
      ['order-0', 'accepted'],
      ['new', 'received'],
    ])
  })

  it('show a step at once and do not fall back to an older answer before it is settled', async () => {
    const board = startBoard(many(1))
    await board.load()
    board.keeper.hold(exampleOrder({ id: 'order-0', status: 'accepted' }))
    board.keeper.note('order-0')
    await vi.advanceTimersByTimeAsync(100)
    expect(board.shown()['order-0']?.status).toBe('accepted')
    board.keeper.settle(exampleOrder({ id: 'order-0', status: 'received' }))
    expect(board.shown()['order-0']?.status).toBe('received')
  })

  it('ask again when the server did not answer', async () => {
    const board = startBoard(many(1))
    await board.load()
    const { call } = { call: vi.fn<() => Promise<unknown>>() }
    call.mockRejectedValueOnce(new TypeError('away')).mockResolvedValue({
      order_intent: exampleOrder({ id: 'order-0', status: 'ready', updated_at: later() }),
    })
    const keeper = new OpenOrdersKeeper({
      api: { call } as unknown as Api,
      queries: board.queries,
      businessId: 'business',
    })
    keeper.note('order-0')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(call).toHaveBeenCalledTimes(2)
    expect(board.shown()['order-0']?.status).toBe('ready')
  })
})
