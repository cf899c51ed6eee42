import { CloudOff, HardDrive } from 'lucide-react'
import { cx } from '../lib/cx.ts'
import { useTranslate } from '../lib/translate.ts'
import styles from './shell.module.css'

/** Says whether the app's own server answers. There is no network in it: everything is on this machine. */
export function ConnectionChip({ heard, compact }: { heard: boolean; compact?: boolean }) {
  const t = useTranslate()
  const text = heard ? t('shell.local') : t('shell.away')
  return (
    <output className={cx(styles.chip, !heard && styles.away)} title={text}>
      {heard ? <HardDrive aria-hidden /> : <CloudOff aria-hidden />}
      <span className={compact ? styles.unseen : undefined}>{text}</span>
    </output>
  )
}
