import { useTranslate } from '../../lib/translate.ts'
import styles from './recalls.module.css'

/** What a notice says itself, for comparing with what was made of it; a long one opens when asked. */
export function Original({ text }: { text: string }) {
  const t = useTranslate()
  return (
    <details className={styles.original} open={text.length < 600}>
      <summary>{t('recalls.original')}</summary>
      <p dir="auto">{text}</p>
    </details>
  )
}
