import type { LucideIcon } from 'lucide-react'
import { cx } from '../lib/cx.ts'
import styles from './status-badge.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'accent'

/** A state by icon, colour and word, so that none of the three carries it alone. */
export function StatusBadge({
  icon: Icon,
  tone,
  children,
}: {
  icon: LucideIcon
  tone: Tone
  children: string
}) {
  return (
    <span className={cx(styles.badge, styles[tone])}>
      <Icon aria-hidden />
      {children}
    </span>
  )
}

/** A word that belongs to a thing: a tag, a campaign. */
export function Tag({ children }: { children: string }) {
  return (
    <span className={styles.tag} title={children}>
      {children}
    </span>
  )
}
