import { Type, type Static } from 'typebox'

export const OrderStatus = Type.Enum([
  'received',
  'accepted',
  'preparing',
  'ready',
  'served',
  'rejected',
  'cancelled',
])
export type OrderStatus = Static<typeof OrderStatus>

/** The way of an order, in its order; the last one closes it. */
const way = ['received', 'accepted', 'preparing', 'ready', 'served'] as const

/** States in which somebody still has something to do. */
export const OpenStatuses = ['received', 'accepted', 'preparing', 'ready'] as const satisfies OrderStatus[]

export function isOpen(status: OrderStatus): boolean {
  return (OpenStatuses as readonly OrderStatus[]).includes(status)
}

/** The one state that follows without saying which; undefined where the order is closed. */
export function nextStatus(status: OrderStatus): OrderStatus | undefined {
  const at = (way as readonly OrderStatus[]).indexOf(status)
  return at < 0 ? undefined : way[at + 1]
}

/** Where an order may go from a state (contract, section 4): one step on, or out of any open one. */
export function legalSteps(status: OrderStatus): OrderStatus[] {
  const next = nextStatus(status)
  return isOpen(status) && next ? [next, 'rejected', 'cancelled'] : []
}
