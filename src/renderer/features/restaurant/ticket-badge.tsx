import { CirclePause, Hourglass, Printer, PrinterCheck, type LucideIcon } from 'lucide-react'
import { cx } from '../../lib/cx.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import styles from './order-card.module.css'
import type { TicketState } from './use-board-tickets.ts'

const looks: Record<TicketState, { icon: LucideIcon; name: MessageId; tone?: 'warn' | 'bad' }> = {
  held: { icon: CirclePause, name: 'board.ticket.held', tone: 'bad' },
  waiting: { icon: Hourglass, name: 'board.ticket.waiting', tone: 'warn' },
  printing: { icon: Printer, name: 'board.ticket.printing' },
  printed: { icon: PrinterCheck, name: 'board.ticket.printed' },
}

/** Where an order's tickets are. */
export function TicketBadge({ state }: { state: TicketState }) {
  const t = useTranslate()
  const { icon: Icon, name, tone } = looks[state]
  return (
    <span className={cx(styles.ticket, tone && styles[tone])}>
      <Icon aria-hidden />
      {t(name)}
    </span>
  )
}
