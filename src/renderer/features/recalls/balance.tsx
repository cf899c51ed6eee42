import type { Recall } from '#contract/recalls.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import layout from '../../ui/layout.module.css'
import styles from './recalls.module.css'

/** How much of what is affected has been accounted for, as a bar and in words. */
export function Balance({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const { number } = useFormats()
  const done = recall.accounted_quantity
  const affected = recall.notice.affected_quantity ?? null
  if (affected === null || affected === 0) {
    return <p className={layout.soft}>{t('recalls.accounted.open', { done: number(done) })}</p>
  }
  const words = t('recalls.accounted', { done: number(done), affected: number(affected) })
  return (
    <div className={styles.balance}>
      <meter
        className={styles.meter}
        min={0}
        max={affected}
        value={Math.min(done, affected)}
        aria-label={words}
      />
      <span>{words}</span>
    </div>
  )
}
