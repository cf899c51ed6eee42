import {
  BellRing,
  ChefHat,
  CircleCheck,
  CircleSlash,
  CookingPot,
  Inbox,
  Ban,
  type LucideIcon,
} from 'lucide-react'
import type { OrderStatus } from '#contract/order-states.ts'
import type { MessageId } from '../../lib/translate.ts'
import type { Tone } from '../../ui/status-badge.tsx'
import type { OpenStatus } from './board-columns.ts'

export const statusLooks: Record<OrderStatus, { name: MessageId; icon: LucideIcon; tone: Tone }> = {
  received: { name: 'order.status.received', icon: Inbox, tone: 'accent' },
  accepted: { name: 'order.status.accepted', icon: ChefHat, tone: 'accent' },
  preparing: { name: 'order.status.preparing', icon: CookingPot, tone: 'warn' },
  ready: { name: 'order.status.ready', icon: BellRing, tone: 'good' },
  served: { name: 'order.status.served', icon: CircleCheck, tone: 'calm' },
  rejected: { name: 'order.status.rejected', icon: Ban, tone: 'bad' },
  cancelled: { name: 'order.status.cancelled', icon: CircleSlash, tone: 'bad' },
}

/** What one touch does with an order in a state. */
export const stepNames: Record<OpenStatus, MessageId> = {
  received: 'board.step.accept',
  accepted: 'board.step.start',
  preparing: 'board.step.ready',
  ready: 'board.step.served',
}
