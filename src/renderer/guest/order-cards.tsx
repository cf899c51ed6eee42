import { makeMoney } from '../lib/money.ts'
import { useLingui } from '@lingui/react'
import { useGuestText } from './guest-text.ts'
import { isOver } from './receipts.ts'
import type { Orders } from './use-guest.ts'
import styles from './guest.module.css'

/** The guest's orders of this visit: a number to say to the staff, and how each stands. */
export function OrderCards({ orders }: { orders: Orders }) {
  const { t, time } = useGuestText()
  const { i18n } = useLingui()
  const locales = [i18n.locales ?? i18n.locale].flat()
  return orders.placed.map((order) => (
    <section key={order.receipt_token} className={styles.order} data-status={order.status}>
      <div className={styles.orderHead}>
        <h2>{t('guest.order', { number: order.number })}</h2>
        {isOver(order) && (
          <button
            type="button"
            className={styles.quiet}
            aria-label={t('guest.order.hide', { number: order.number })}
            onClick={() => orders.hide(order.receipt_token)}
          >
            <span aria-hidden="true">✕</span>
          </button>
        )}
      </div>
      <output className={styles.orderStatus}>{t(`guest.status.${order.status}`)}</output>
      <p className={styles.hint}>
        {t('guest.order.at', {
          time: time(order.placed_at),
          price: makeMoney(locales, order.currency).show(order.total),
        })}
      </p>
      {!orders.isReached && !isOver(order) && <p className={styles.warn}>{t('guest.order.lost')}</p>}
    </section>
  ))
}
