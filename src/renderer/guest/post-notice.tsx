import { useGuestText } from './guest-text.ts'
import type { Orders } from './use-guest.ts'
import styles from './guest.module.css'

/** How the order under way stands, until the restaurant has it. */
export function PostNotice({ orders, onRetry }: { orders: Orders; onRetry: () => void }) {
  const { t, time } = useGuestText()
  const { post, posting } = orders
  switch (posting.step) {
    case 'idle':
      return null
    case 'work':
      return (
        <output className={styles.notice}>
          <span>{t('guest.sending.work')}</span>
          <progress value={posting.share} max={1} aria-label={t('guest.sending.work')} />
        </output>
      )
    case 'sending':
      return (
        <output className={styles.notice}>
          <span>{t('guest.sending')}</span>
          <progress aria-label={t('guest.sending')} />
        </output>
      )
    case 'waiting':
      return (
        <output className={styles.notice} data-tone="warn">
          <span>{t(posting.reason === 'busy' ? 'guest.waiting.busy' : 'guest.waiting')}</span>
          <button type="button" className={styles.plain} onClick={onRetry}>
            {t('guest.tryNow')}
          </button>
        </output>
      )
    case 'stale':
      return (
        <output className={styles.notice} data-tone="warn">
          <span>
            <strong>{t('guest.stale', { time: time(new Date(posting.made_at).toISOString()) })}</strong>
          </span>
          <span>{t('guest.stale.help')}</span>
          <button type="button" className={styles.plain} onClick={() => void post.sendStale()}>
            {t('guest.send')}
          </button>
          <button type="button" className={styles.plain} onClick={() => post.drop()}>
            {t('guest.stale.drop')}
          </button>
        </output>
      )
  }
  return (
    <p className={styles.notice} data-tone="bad" role="alert">
      {posting.error.message}
    </p>
  )
}
