import { Link, Outlet } from '@tanstack/react-router'
import { Building2, HardDrive, KeyRound, Palette } from 'lucide-react'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Page } from '../../ui/page.tsx'
import styles from './settings.module.css'

const entries = [
  { to: '/settings/appearance', name: 'settings.appearance', icon: Palette },
  { to: '/settings/businesses', name: 'settings.businesses', icon: Building2 },
  { to: '/settings/tokens', name: 'settings.tokens', icon: KeyRound },
  { to: '/settings/device', name: 'settings.device', icon: HardDrive },
] as const

export function SettingsFrame() {
  const t = useTranslate()
  return (
    <Page title={t('settings.title')}>
      <div className={styles.frame}>
        <nav className={styles.sections} aria-label={t('settings.sections')}>
          {entries.map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className={cx(styles.section)}>
              <Icon aria-hidden />
              {t(name)}
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
