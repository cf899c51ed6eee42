import type { OrderEvent, OrderIntent } from '#contract/order-intents.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { statusLooks } from './state-looks.ts'
import styles from './order-panel.module.css'

/** Who did what when, the first first. */
export function OrderHistory({ order }: { order: OrderIntent }) {
  const t = useTranslate()
  return (
    <section className={styles.part}>
      <h3>{t('order.history')}</h3>
      <ol className={styles.history}>
        {order.history.map((event, index) => (
          <HistoryLine key={`${event.at} ${index}`} event={event} />
        ))}
      </ol>
    </section>
  )
}

function HistoryLine({ event }: { event: OrderEvent }) {
  const t = useTranslate()
  const formats = useFormats()
  const { icon: Icon, name } = statusLooks[event.to]
  const by = event.by === 'guest' ? t('order.by.guest') : event.by
  return (
    <li className={styles.event}>
      <Icon aria-hidden />
      <div>
        <strong>{event.from === event.to ? t('order.changed') : t(name)}</strong>
        <span className={styles.quiet}>{t('order.by', { by, at: formats.dateTime(event.at) })}</span>
        {event.note !== null && <span dir="auto">{event.note}</span>}
      </div>
    </li>
  )
}
