import type { OrderIntent } from '#contract/order-intents.ts'
import { useFormats } from '../../lib/format.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate } from '../../lib/translate.ts'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { nameOfOrder, serviceLooks } from './order-card.tsx'
import { statusLooks } from './state-looks.ts'
import styles from './orders.module.css'

interface OrdersTableProps {
  orders: readonly OrderIntent[]
  open: (id: string) => void
}

export function OrdersTable({ orders, open }: OrdersTableProps) {
  const t = useTranslate()
  return (
    <ul className={styles.orders} aria-label={t('orders.title')}>
      {orders.map((order) => (
        <OrderRow key={order.id} order={order} open={open} />
      ))}
    </ul>
  )
}

function OrderRow({ order, open }: { order: OrderIntent; open: (id: string) => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const money = useMoney(order.currency)
  const { icon, tone, name } = statusLooks[order.status]
  const items = order.lines.map((line) => `${line.quantity}× ${line.name}`).join(', ')
  return (
    <li>
      <button type="button" className={styles.order} onClick={() => open(order.id)}>
        <span className={styles.number}>{order.number}</span>
        <span className={styles.text}>
          <strong dir="auto">{nameOfOrder(order) ?? t(serviceLooks[order.service_type].name)}</strong>
          <span className={styles.itemNames} dir="auto">
            {items}
          </span>
        </span>
        <span className={styles.when}>{formats.dateTime(order.placed_at)}</span>
        <StatusBadge icon={icon} tone={tone}>
          {t(name)}
        </StatusBadge>
        <span className={styles.price}>{money.show(order.total)}</span>
      </button>
    </li>
  )
}
