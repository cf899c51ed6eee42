import { useMemo } from 'react'
import { advanceOrderIntent, changeOrderIntent, type OrderIntent } from '#contract/order-intents.ts'
import { nextStatus, type OrderStatus } from '#contract/order-states.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate, type MessageId, type Translate } from '../../lib/translate.ts'
import { useToast, type ShowToast } from '../../ui/toast.tsx'
import type { OpenOrdersKeeper } from './open-orders.ts'

/** What can be done with an order from its card. */
export interface Steps {
  advance: (order: OrderIntent) => Promise<void>
  /** Out of the way of an order, with the reason that its history keeps. */
  leave: (order: OrderIntent, to: 'rejected' | 'cancelled', note: string) => Promise<void>
  /** Says that somebody has seen these; the sound stops in every window. */
  acknowledge: (orders: readonly OrderIntent[]) => Promise<void>
}

const done: Record<Exclude<OrderStatus, 'received'>, MessageId> = {
  accepted: 'board.did.accepted',
  preparing: 'board.did.preparing',
  ready: 'board.did.ready',
  served: 'board.did.served',
  rejected: 'board.did.rejected',
  cancelled: 'board.did.cancelled',
}

interface With {
  api: Api
  t: Translate
  toast: ShowToast
  keeper: OpenOrdersKeeper
  offer: (text: string, run: () => void) => void
}

/** Steps show at once and are put right by what the server answers; each but "seen" can be taken back. */
export function useSteps(keeper: OpenOrdersKeeper, offer: With['offer']): Steps {
  const api = useApi()
  const t = useTranslate()
  const toast = useToast()
  return useMemo(() => {
    const all: With = { api, t, toast, keeper, offer }
    // A second press that comes before the card has moved means the same step.
    const onTheWay = new Set<string>()
    return {
      advance: async (order) => {
        const to = nextStatus(order.status)
        if (to === undefined || onTheWay.has(order.id)) return
        onTheWay.add(order.id)
        await step(all, order, to, null)
        onTheWay.delete(order.id)
      },
      leave: (order, to, note) => step(all, order, to, note || null),
      acknowledge: (orders) => acknowledgeAll(all, orders),
    }
    // oxlint-disable-next-line react/exhaustive-deps -- what translates and toasts is new at every drawing
  }, [api, keeper, offer])
}

async function step(
  all: With,
  order: OrderIntent,
  to: Exclude<OrderStatus, 'received'> | OrderStatus,
  note: string | null,
): Promise<void> {
  const { api, t, keeper, offer } = all
  const now = new Date().toISOString()
  keeper.hold({ ...order, status: to, acknowledged_at: order.acknowledged_at ?? now })
  const body = { to, if_status: order.status, ...(note !== null && { note }) }
  try {
    const { order_intent: stepped } = await api.call(advanceOrderIntent, { params: { id: order.id }, body })
    keeper.settle(stepped)
    const text = t(done[to as Exclude<OrderStatus, 'received'>], { number: order.number })
    offer(text, () => void takeBack(all, stepped))
  } catch (error) {
    refuse(all, order, error)
  }
}

/** Names the state that it takes back, so that it never takes back a step of somebody else. */
async function takeBack(all: With, order: OrderIntent): Promise<void> {
  const body = { undo: true, if_status: order.status }
  try {
    const { order_intent } = await all.api.call(advanceOrderIntent, { params: { id: order.id }, body })
    all.keeper.settle(order_intent)
  } catch (error) {
    refuse(all, order, error)
  }
}

async function acknowledgeAll(all: With, orders: readonly OrderIntent[]): Promise<void> {
  const { api, keeper } = all
  const now = new Date().toISOString()
  for (const order of orders) keeper.hold({ ...order, acknowledged_at: now })
  for (const order of orders) {
    try {
      const body = { acknowledged: true }
      const { order_intent } = await api.call(changeOrderIntent, { params: { id: order.id }, body })
      keeper.settle(order_intent)
    } catch (error) {
      refuse(all, order, error)
    }
  }
}

/** Shows what was there before, asks for what is there now, and says why. */
function refuse({ t, toast, keeper }: With, order: OrderIntent, error: unknown): void {
  keeper.settle(order)
  keeper.note(order.id)
  const { title, advice } = describeFailure(error, t)
  toast({ title: t('board.refused', { number: order.number, title }), detail: advice, tone: 'bad' })
}
