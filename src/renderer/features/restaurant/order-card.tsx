import { Bike, Ellipsis, ShoppingBag, Sparkles, UtensilsCrossed, type LucideIcon } from 'lucide-react'
import { memo, type MouseEvent } from 'react'
import type { OrderIntent, ServiceType } from '#contract/order-intents.ts'
import type { Station } from '#contract/stations.ts'
import { cx } from '../../lib/cx.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { AgeBadge } from './age-badge.tsx'
import { isUnseen, linesShown, type BoardFilter, type OpenStatus } from './board-columns.ts'
import type { AgeLimits } from './order-age.ts'
import { LineNote, OrderLines } from './order-lines.tsx'
import { stepNames } from './state-looks.ts'
import { TicketBadge } from './ticket-badge.tsx'
import type { TicketState } from './use-board-tickets.ts'
import styles from './order-card.module.css'

/** How all cards of a board look; the same object for all of them, so that none is drawn without need. */
export interface CardLook {
  filter: Pick<BoardFilter, 'view' | 'stations'>
  stations: readonly Station[]
  limits: AgeLimits
}

export interface CardActions {
  advance: (order: OrderIntent, event: MouseEvent) => void
  open: (order: OrderIntent) => void
  showMenu: (order: OrderIntent, from: HTMLElement) => void
}

interface OrderCardProps {
  order: OrderIntent
  ticket: TicketState | undefined
  look: CardLook
  actions: CardActions
}

export const serviceLooks: Record<ServiceType, { icon: LucideIcon; name: MessageId }> = {
  dine_in: { icon: UtensilsCrossed, name: 'order.service.dine_in' },
  takeaway: { icon: ShoppingBag, name: 'order.service.takeaway' },
  delivery: { icon: Bike, name: 'order.service.delivery' },
}

/**
 * An order on the board. Plain buttons, since there may be five hundred of it; the number's covers the whole card and
 * opens the order, the step's lies above.
 */
export const OrderCard = memo(function OrderCard({ order, ticket, look, actions }: OrderCardProps) {
  const t = useTranslate()
  const isKitchen = look.filter.view === 'kitchen'
  const unseen = isUnseen(order)
  const step = t(stepNames[order.status as OpenStatus])
  return (
    <article
      className={cx(styles.card, isKitchen && styles.kitchen, unseen && styles.unseen)}
      aria-label={t('board.card', { number: order.number })}
    >
      <CardHead order={order} actions={actions} />
      <div className={styles.marks}>
        {unseen && (
          <span className={styles.new}>
            <Sparkles aria-hidden />
            {t('board.new')}
          </span>
        )}
        <AgeBadge since={order.placed_at} limits={look.limits} />
      </div>
      <OrderLines lines={linesShown(order, look.filter, look.stations)} isShort />
      {order.notes !== null && <LineNote text={order.notes} isShort />}
      <CardFoot order={order} ticket={ticket} showTotal={!isKitchen} />
      <button
        type="button"
        className={styles.step}
        data-step={order.status}
        data-order={order.id}
        aria-label={t('board.step.of', { step, number: order.number })}
        onClick={(event) => actions.advance(order, event)}
      >
        {step}
      </button>
    </article>
  )
})

function CardHead({ order, actions }: Pick<OrderCardProps, 'order' | 'actions'>) {
  const t = useTranslate()
  const service = serviceLooks[order.service_type]
  const name = nameOfOrder(order)
  return (
    <header className={styles.head}>
      <button
        type="button"
        className={styles.number}
        aria-label={t('board.open', { number: order.number })}
        onClick={() => actions.open(order)}
      >
        {order.number}
      </button>
      <div className={styles.who}>
        {name !== null && (
          <span className={styles.where} dir="auto" title={name}>
            {name}
          </span>
        )}
        {(name === null || order.service_type !== 'dine_in') && (
          <span className={styles.service}>
            <service.icon aria-hidden />
            {t(service.name)}
          </span>
        )}
      </div>
      <button
        type="button"
        className={styles.more}
        aria-label={t('board.more', { number: order.number })}
        aria-haspopup="menu"
        onClick={(event) => actions.showMenu(order, event.currentTarget)}
      >
        <Ellipsis aria-hidden />
      </button>
    </header>
  )
}

/** Where an order goes: the table, else the guest's name. */
export function nameOfOrder({ table, customer_name }: OrderIntent): string | null {
  if (table !== null && customer_name !== null) return `${table} · ${customer_name}`
  return table ?? customer_name
}

function CardFoot(props: { order: OrderIntent; ticket: TicketState | undefined; showTotal: boolean }) {
  const { order, ticket, showTotal } = props
  const t = useTranslate()
  const money = useMoney(order.currency)
  const wanted = order.expected_at
  if (!showTotal && ticket === undefined && wanted === null) return null
  return (
    <footer className={styles.foot}>
      {ticket !== undefined && <TicketBadge state={ticket} />}
      {wanted !== null && (
        <span className={styles.ticket}>{t('board.wanted', { at: new Date(wanted) })}</span>
      )}
      {showTotal && <span className={styles.total}>{money.show(order.total)}</span>}
    </footer>
  )
}
