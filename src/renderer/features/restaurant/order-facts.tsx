import type { OrderIntent } from '#contract/order-intents.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { serviceLooks } from './order-card.tsx'
import styles from './order-panel.module.css'

const sources: Record<OrderIntent['source'], MessageId> = {
  guest: 'order.source.guest',
  staff: 'order.source.staff',
  api: 'order.source.api',
}

/** Who wants it, where and when. */
export function OrderFacts({ order }: { order: OrderIntent }) {
  const t = useTranslate()
  const formats = useFormats()
  const facts: [name: MessageId, value: string | null][] = [
    ['order.fact.table', order.table],
    ['order.fact.service', t(serviceLooks[order.service_type].name)],
    ['order.fact.name', order.customer_name],
    ['order.fact.phone', order.customer_phone],
    ['order.fact.guests', order.guest_count === null ? null : formats.number(order.guest_count)],
    ['order.fact.placed', formats.dateTime(order.placed_at)],
    ['order.fact.wanted', order.expected_at === null ? null : formats.dateTime(order.expected_at)],
    ['order.fact.source', t(sources[order.source])],
  ]
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <div key={name}>
              <dt>{t(name)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
