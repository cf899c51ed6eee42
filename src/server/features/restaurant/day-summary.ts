import type { DaySummary } from '#contract/order-intents.ts'
import { isOpen, type OrderStatus } from '#contract/order-states.ts'
import { hourOf } from './business-day.ts'
import { linesOf } from './orders-store.ts'
import type { OrderIntentRow } from './table.ts'

interface Day {
  business_day: string
  currency: string
  timezone: string
  /** The hour at which the business's day starts; the hours of the summary start with it. */
  startsAt: number
  orders: readonly OrderIntentRow[]
  serviceRequests: number
}

/** A day in numbers. Sums and what was sold leave out what was rejected or cancelled. */
export function summarizeDay({
  business_day,
  currency,
  timezone,
  startsAt,
  orders,
  serviceRequests,
}: Day): DaySummary {
  const count = (status: OrderStatus) => orders.filter((order) => order.status === status).length
  const kept = orders.filter(({ status }) => status !== 'rejected' && status !== 'cancelled')
  return {
    business_day,
    currency,
    orders: orders.length,
    served: count('served'),
    rejected: count('rejected'),
    cancelled: count('cancelled'),
    open: orders.filter(({ status }) => isOpen(status)).length,
    total: kept.reduce((sum, { total }) => sum + total, 0),
    guests: kept.reduce((sum, { guest_count }) => sum + (guest_count ?? 0), 0),
    service_requests: serviceRequests,
    median_to_accept: medianSeconds(orders.map(({ placed_at, accepted_at }) => [placed_at, accepted_at])),
    median_to_ready: medianSeconds(orders.map(({ placed_at, ready_at }) => [placed_at, ready_at])),
    items: itemsOf(kept),
    hours: hoursOf(orders, timezone, startsAt),
  }
}

/** The middle of the spans that have an end, in whole seconds. */
function medianSeconds(spans: readonly [from: string, to: string | null][]): number | null {
  const seconds = spans
    .flatMap(([from, to]) => (to === null ? [] : [(Date.parse(to) - Date.parse(from)) / 1000]))
    .toSorted((a, b) => a - b)
  if (seconds.length === 0) return null
  const middle = (seconds.length - 1) / 2
  return Math.round((seconds[Math.floor(middle)]! + seconds[Math.ceil(middle)]!) / 2)
}

/** What was sold, the most first. */
function itemsOf(orders: readonly OrderIntentRow[]): DaySummary['items'] {
  const lines = orders.flatMap(linesOf)
  const byItem = Map.groupBy(lines, ({ menu_item_id, name }) => menu_item_id ?? name)
  return [...byItem.values()]
    .map((same) => ({
      name: same.at(-1)!.name,
      quantity: same.reduce((sum, { quantity }) => sum + quantity, 0),
      total: same.reduce((sum, { total }) => sum + total, 0),
    }))
    .toSorted((a, b) => b.quantity - a.quantity || b.total - a.total || (a.name < b.name ? -1 : 1))
}

/** All 24 hours in the sequence of the business's day. */
function hoursOf(orders: readonly OrderIntentRow[], timezone: string, startsAt: number): DaySummary['hours'] {
  const counts = Map.groupBy(orders, ({ placed_at }) => hourOf(Date.parse(placed_at), timezone))
  return Array.from({ length: 24 }, (_, at) => {
    const hour = (startsAt + at) % 24
    return { hour, orders: counts.get(hour)?.length ?? 0 }
  })
}
