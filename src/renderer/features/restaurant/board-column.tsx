import type { OrderIntent } from '#contract/order-intents.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import type { OpenStatus } from './board-columns.ts'
import { OrderCard, type CardActions, type CardLook } from './order-card.tsx'
import { statusLooks } from './state-looks.ts'
import type { TicketStates } from './use-board-tickets.ts'
import styles from './board.module.css'

const empties: Record<OpenStatus, MessageId> = {
  received: 'board.none.received',
  accepted: 'board.none.accepted',
  preparing: 'board.none.preparing',
  ready: 'board.none.ready',
}

interface BoardColumnProps {
  status: OpenStatus
  orders: readonly OrderIntent[]
  tickets: TicketStates
  look: CardLook
  actions: CardActions
}

/** The orders of one state; cards out of sight are not laid out (content-visibility in the style sheet). */
export function BoardColumn({ status, orders, tickets, look, actions }: BoardColumnProps) {
  const t = useTranslate()
  const formats = useFormats()
  const { name, icon: Icon } = statusLooks[status]
  return (
    <section className={styles.column} aria-label={t(name)} data-column={status}>
      <h2 className={styles.columnHead}>
        <Icon aria-hidden />
        {t(name)}
        <span className={styles.count}>{formats.number(orders.length)}</span>
      </h2>
      {orders.length === 0 ? (
        <p className={styles.none}>{t(empties[status])}</p>
      ) : (
        <ol className={styles.cards}>
          {orders.map((order) => (
            <li key={order.id} className={styles.slot}>
              <OrderCard order={order} ticket={tickets[order.id]} look={look} actions={actions} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
