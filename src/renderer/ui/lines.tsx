import type { ReactNode } from 'react'
import styles from './lines.module.css'

/** Things one under the other, each with what can be done to it. */
export function Lines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  )
}

interface LineProps {
  name: ReactNode
  /** Badges beside the name. */
  marks?: ReactNode
  /** What else is to be known, small, under the name. */
  facts?: ReactNode
  picture?: ReactNode
  tools?: ReactNode
}

export function Line({ name, marks, facts, picture, tools }: LineProps) {
  return (
    <li className={styles.line}>
      {picture}
      <div className={styles.text}>
        <span className={styles.nameLine}>
          <span className={styles.name}>{name}</span>
          {marks}
        </span>
        {facts !== undefined && <span className={styles.facts}>{facts}</span>}
      </div>
      {tools !== undefined && <div className={styles.tools}>{tools}</div>}
    </li>
  )
}
