import { Link } from '@tanstack/react-router'
import {
  Armchair,
  FileSpreadsheet,
  Printer,
  QrCode,
  Settings,
  UtensilsCrossed,
  type LucideIcon,
} from 'lucide-react'
import { cx } from '../lib/cx.ts'
import { useTranslate, type MessageId } from '../lib/translate.ts'
import { ConnectionChip } from './connection-chip.tsx'
import styles from './shell.module.css'

interface Entry {
  to: '/qr-links' | '/imports' | '/menu' | '/tables' | '/printing' | '/settings'
  name: MessageId
  icon: LucideIcon
}

/** One group a kind of user; the counter's and the field's come with their own screens. */
const groups: readonly { name: MessageId; entries: readonly Entry[] }[] = [
  {
    name: 'nav.restaurant',
    entries: [
      { to: '/menu', name: 'nav.menu', icon: UtensilsCrossed },
      { to: '/tables', name: 'nav.tables', icon: Armchair },
      { to: '/printing', name: 'nav.printing', icon: Printer },
    ],
  },
  {
    name: 'nav.agency',
    entries: [
      { to: '/qr-links', name: 'nav.links', icon: QrCode },
      { to: '/imports', name: 'nav.imports', icon: FileSpreadsheet },
    ],
  },
]

const settings: Entry = { to: '/settings', name: 'nav.settings', icon: Settings }

export function Sidebar({ heard }: { heard: boolean }) {
  const t = useTranslate()
  return (
    <nav className={styles.sidebar} aria-label={t('nav.label')}>
      <div className={styles.brand}>
        <BrandMark />
        <span>QRScan</span>
      </div>
      {groups.map((group) => (
        <div key={group.name} className={styles.group}>
          <h2 className={styles.groupName}>{t(group.name)}</h2>
          {group.entries.map((entry) => (
            <NavLink key={entry.to} entry={entry} />
          ))}
        </div>
      ))}
      <div className={styles.foot}>
        <NavLink entry={settings} />
        <ConnectionChip heard={heard} />
      </div>
    </nav>
  )
}

/** The same entries within reach of a thumb, on narrow screens. */
export function BottomBar() {
  const t = useTranslate()
  const entries = [...groups.flatMap((group) => group.entries), settings]
  return (
    <nav className={styles.bottom} aria-label={t('nav.label')}>
      {entries.map((entry) => (
        <NavLink key={entry.to} entry={entry} />
      ))}
    </nav>
  )
}

function NavLink({ entry: { to, name, icon: Icon } }: { entry: Entry }) {
  const t = useTranslate()
  return (
    <Link to={to} className={cx(styles.entry)} activeOptions={{ includeSearch: false }}>
      <Icon aria-hidden />
      <span>{t(name)}</span>
    </Link>
  )
}

function BrandMark() {
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="7" fill="var(--seal)" />
      <path
        fill="var(--surface)"
        fillRule="evenodd"
        d="M7 7h8v8H7zm2 2v4h4V9zM17 7h8v8h-8zm2 2v4h4V9zM7 17h8v8H7zm2 2v4h4v-4zM17 17h3v3h-3zM22 17h3v3h-3zM19.500 19.500h3v3h-3zM17 22h3v3h-3zM22 22h3v3h-3z"
      />
    </svg>
  )
}
