import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
}

/** Stands where a list would be and says how to fill it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon}
      <h2 className={styles.emptyTitle}>{title}</h2>
      <p className={styles.emptyText}>{children}</p>
      {actions !== undefined && <div className={styles.emptyActions}>{actions}</div>}
    </div>
  )
}

/** Grey bars while a list is on its way. */
export function Skeleton({ label, bars = 6 }: { label: string; bars?: number }) {
  return (
    <output className={styles.bones} aria-label={label}>
      {Array.from({ length: bars }, (_, index) => (
        <span key={index} className={styles.bone} />
      ))}
    </output>
  )
}
