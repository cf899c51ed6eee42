import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  children: ReactNode
  actions?: ReactNode
  /** It is all there is on the page, so that its title heads the page. */
  isPage?: boolean
}

/** Stands where a list would be and says how to fill it. */
export function EmptyState({ icon, title, children, actions, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'h2'
  return (
    <div className={styles.empty}>
      {icon}
      <Title className={styles.emptyTitle}>{title}</Title>
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
