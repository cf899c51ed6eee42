import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { CodeAdvice } from '#codes/qr/advice.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import type { Judged } from './studio-draft.ts'
import styles from './studio.module.css'

interface AdviceProps {
  judged: Judged
  take: (advice: CodeAdvice) => void
}

/** What is wrong with the look, each with the button that mends it. */
export function AdviceList({ judged, take }: AdviceProps) {
  const t = useTranslate()
  if (judged.code === undefined) return null
  if (judged.advice.length === 0) {
    return (
      <output className={cx(styles.advice, styles.good)}>
        <CircleCheck aria-hidden />
        {t('studio.good')}
      </output>
    )
  }
  return (
    <ul className={styles.list} aria-label={t('studio.advice')}>
      {judged.advice.map((one) => {
        const Icon = one.severity === 'error' ? CircleX : TriangleAlert
        return (
          <li
            key={`${one.code} ${one.field}`}
            className={cx(styles.advice, one.severity === 'error' ? styles.error : styles.warning)}
          >
            <Icon aria-hidden />
            <span>
              <strong>{t(one.severity === 'error' ? 'studio.error' : 'studio.warning')}</strong> {one.message}
            </span>
            {one.suggestion !== undefined && (
              <Button small aria-label={t('studio.mend.of', { what: one.message })} onPress={() => take(one)}>
                {t('studio.mend')}
              </Button>
            )}
          </li>
        )
      })}
    </ul>
  )
}
