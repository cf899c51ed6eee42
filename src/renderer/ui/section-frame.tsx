import { Link, Outlet, type LinkProps } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import { cx } from '../lib/cx.ts'
import { Page } from './page.tsx'
import styles from './section-frame.module.css'

interface Section {
  to: NonNullable<LinkProps['to']>
  name: string
  icon: LucideIcon
}

interface SectionFrameProps {
  title: string
  lead?: string
  sections: readonly Section[]
}

/** A page of several, with their names at its side. */
export function SectionFrame({ title, lead, sections }: SectionFrameProps) {
  return (
    <Page title={title} lead={lead}>
      <div className={styles.frame}>
        <nav className={styles.sections} aria-label={title}>
          {sections.map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className={cx(styles.section)}>
              <Icon aria-hidden />
              {name}
            </Link>
          ))}
        </nav>
        <div className={styles.body}>
          <Outlet />
        </div>
      </div>
    </Page>
  )
}
