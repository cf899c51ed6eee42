import type { ReactNode } from 'react'
import { cx } from '../lib/cx.ts'
import styles from './page.module.css'

interface PageProps {
  title: ReactNode
  /** Above the title: where this page belongs. */
  back?: ReactNode
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
  /** The content fills the window and scrolls inside itself. */
  filling?: boolean
}

/** A screen: its title, what can be done, and its content. */
export function Page({ title, back, lead, actions, children, filling }: PageProps) {
  return (
    <div className={cx(styles.page, filling && styles.filling)}>
      <header className={styles.head}>
        <div className={styles.titles}>
          {back}
          <h1 className={styles.title}>{title}</h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  )
}

export function Card({
  title,
  children,
  actions,
}: {
  title?: string
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <section className={styles.card}>
      {title !== undefined && (
        <header className={styles.cardHead}>
          <h2 className={styles.cardTitle}>{title}</h2>
          {actions !== undefined && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  )
}
