import { ApiError } from '#contract/errors.ts'
import type { GuestApi, OrderState, Receipt } from './guest-api.ts'
import type { Keep } from './kept.ts'

/** An order of this guest, as last heard of. */
export interface PlacedOrder extends OrderState {
  receipt_token: string
}

const every = 5_000
const slowest = 60_000
const keptFor = 12 * 60 * 60_000

export function isOver({ status }: Pick<OrderState, 'status'>): boolean {
  return status === 'served' || status === 'rejected' || status === 'cancelled'
}

/** The orders of this visit, newest first. */
export function readReceipts(keep: Keep, now: number): PlacedOrder[] {
  const kept = (keep.read('receipts') ?? []) as PlacedOrder[]
  return kept.filter(({ placed_at }) => now - Date.parse(placed_at) < keptFor)
}

export function placedOrder(receipt: Receipt): PlacedOrder {
  const { receipt_token, placed_at, status, number, total, currency } = receipt
  return {
    receipt_token,
    placed_at,
    updated_at: placed_at,
    status: status as OrderState['status'],
    number: number ?? 0,
    total: total ?? 0,
    currency: currency ?? 'EUR',
  }
}

export interface WatchParts {
  api: Pick<GuestApi, 'order'>
  wait: (ms: number) => Promise<void>
  onNews: (news: PlacedOrder) => void
  /** The restaurant cannot be asked at the moment, or can again. */
  onReach: (isReached: boolean) => void
}

/** Asks every five seconds how an order stands until it is over; less and less often where nobody answers. */
export async function watchOrder(order: PlacedOrder, parts: WatchParts, signal: AbortSignal): Promise<void> {
  // At once: it may have been a while since it was last heard of.
  let pause = 0
  for (let last = order; !isOver(last);) {
    await parts.wait(pause)
    if (signal.aborted) return
    try {
      last = { ...(await parts.api.order(order.receipt_token)), receipt_token: order.receipt_token }
      if (signal.aborted) return
      pause = every
      parts.onReach(true)
      parts.onNews(last)
    } catch (error) {
      // The order is gone there: nothing more will be heard of it.
      if (error instanceof ApiError && error.status === 404) return
      pause = Math.min(Math.max(pause, every) * 2, slowest)
      // Too many ask at once, as behind one router: that is no lost connection.
      if (!(error instanceof ApiError && error.status === 429)) parts.onReach(false)
    }
  }
}
