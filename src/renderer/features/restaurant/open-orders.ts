import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '#contract/errors.ts'
import { findOrderIntent, listOrderIntents, type OrderIntent } from '#contract/order-intents.ts'
import { isOpen } from '#contract/order-states.ts'
import type { Api } from '../../lib/api.tsx'
import { retryDelay } from '../../lib/failure.ts'

/** By id, so that an order which did not change stays the same object and its card is not drawn again. */
export type OpenOrders = Readonly<Record<string, OrderIntent>>

export const openOrdersKey = (businessId: string): readonly unknown[] => ['open-orders', businessId]

const perPage = 100
/** Events that come together are answered together. In milliseconds. */
const gather = 30
/**
 * What this window may ask in a row and per second from then on. The server allows a person 300 requests a minute
 * over all windows (contract, section 3), and taking a step has to stay possible.
 */
const budget = { burst: 30, perSecond: 1.5 }

interface Keeper {
  api: Api
  queries: QueryClient
  businessId: string
}

/**
 * Keeps the open orders of a business as the server has them. An event names an order; orders that changed are asked
 * for one by one while they are few, and the whole list once for many, never faster than the budget.
 */
export class OpenOrdersKeeper {
  readonly #with: Keeper
  readonly #waiting = new Set<string>()
  /** Orders whose step is on its way: what an older answer says of them does not count. */
  readonly #held = new Set<string>()
  /** When an order was last written, to tell what a list that was asked for earlier cannot know. */
  readonly #written = new Map<string, number>()
  #writes = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsking = false
  #failures = 0
  #left = budget.burst
  #countedAt = performance.now()

  constructor(keeper: Keeper) {
    this.#with = keeper
  }

  /** An order changed somewhere. */
  note(id: string): void {
    this.#waiting.add(id)
    this.#schedule(gather)
  }

  /** Shows an order at once, ahead of the server, until `settle`. */
  hold(order: OrderIntent): void {
    this.#held.add(order.id)
    this.#write(order)
  }

  /** The step was taken (with what the server answered) or refused (with what was there before). */
  settle(order: OrderIntent): void {
    this.#held.delete(order.id)
    this.#write(order)
  }

  close(): void {
    clearTimeout(this.#timer)
  }

  /** All open orders, for the query. What was written while the list was on its way is newer than the list. */
  async load(signal: AbortSignal): Promise<OpenOrders> {
    const since = this.#writes
    const loaded = await this.#loadList(signal)
    const before = this.#orders()
    for (const [id, at] of this.#written) {
      if (at <= since && !this.#held.has(id)) continue
      const kept = before[id]
      if (kept === undefined) loaded.delete(id)
      else if (this.#held.has(id) || !isNewer(loaded.get(id), kept)) loaded.set(id, kept)
    }
    return Object.fromEntries(loaded)
  }

  /** Orders that leave while the pages are read move others to a page already read: then it is read again. */
  async #loadList(signal: AbortSignal): Promise<Map<string, OrderIntent>> {
    const { api, businessId: business_id } = this.#with
    for (let attempt = 0; ; attempt += 1) {
      const found = new Map<string, OrderIntent>()
      for (let page = 1; ; page += 1) {
        const query = { business_id, status: 'open', page, per_page: perPage } as const
        const { data, last_page, total } = (await api.call(listOrderIntents, { query, signal })).order_intents
        this.#left -= 1
        for (const order of data) found.set(order.id, order)
        if (page < last_page) continue
        if (found.size >= total || attempt === 2) return found
        break
      }
    }
  }

  #orders(): OpenOrders {
    return this.#with.queries.getQueryData<OpenOrders>(openOrdersKey(this.#with.businessId)) ?? {}
  }

  #write(order: OrderIntent): void {
    this.#writes += 1
    this.#written.set(order.id, this.#writes)
    const { queries, businessId } = this.#with
    queries.setQueryData<OpenOrders>(openOrdersKey(businessId), (before) =>
      before === undefined ? before : withOrder(before, order),
    )
    queries.setQueryData(['one-order', order.id], (before: OrderIntent | undefined) => before && order)
  }

  #schedule(delay: number): void {
    if (this.#isAsking || this.#timer !== undefined || this.#waiting.size === 0) return
    const wait = Math.max(delay, this.#untilAllowed())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#ask()
    }, wait)
  }

  #untilAllowed(): number {
    const now = performance.now()
    const gained = ((now - this.#countedAt) / 1000) * budget.perSecond
    this.#left = Math.min(this.#left + gained, budget.burst)
    this.#countedAt = now
    return this.#left >= 1 ? 0 : ((1 - this.#left) / budget.perSecond) * 1000
  }

  async #ask(): Promise<void> {
    const ids = [...this.#waiting]
    this.#waiting.clear()
    this.#isAsking = true
    let pause = gather
    try {
      await this.#askFor(ids)
      this.#failures = 0
    } catch (error) {
      for (const id of ids) this.#waiting.add(id)
      pause = retryDelay(this.#failures, error)
      this.#failures += 1
    }
    this.#isAsking = false
    this.#schedule(pause)
  }

  async #askFor(ids: readonly string[]): Promise<void> {
    const { queries, businessId } = this.#with
    const pages = Math.ceil(Object.keys(this.#orders()).length / perPage)
    if (ids.length <= Math.max(1, pages)) {
      await Promise.all(ids.map((id) => this.#askForOne(id)))
      return
    }
    await queries.refetchQueries({ queryKey: openOrdersKey(businessId) }, { throwOnError: true })
  }

  async #askForOne(id: string): Promise<void> {
    const { api } = this.#with
    this.#left -= 1
    try {
      const { order_intent: order } = await api.call(findOrderIntent, { params: { id } })
      if (!this.#held.has(id) && !isNewer(this.#orders()[id], order)) this.#write(order)
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error
    }
  }
}

/** Whether `a` is the later version. Both times are written alike, so that text compares as time. */
function isNewer(a: OrderIntent | undefined, b: OrderIntent): boolean {
  return a !== undefined && a.updated_at > b.updated_at
}

/** The orders with one of them as it is now: put in, replaced, or taken out when nothing is left to do for it. */
function withOrder(orders: OpenOrders, order: OrderIntent): OpenOrders {
  if (isOpen(order.status)) return { ...orders, [order.id]: order }
  const { [order.id]: _, ...others } = orders
  return others
}
