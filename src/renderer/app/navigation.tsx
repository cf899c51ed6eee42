import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import {
  Armchair,
  Columns3,
  Ellipsis,
  FileSpreadsheet,
  OctagonAlert,
  Package,
  Palette,
  WalletCards,
  PackageSearch,
  Printer,
  QrCode,
  ReceiptText,
  ScanBarcode,
  Settings,
  UtensilsCrossed,
  type LucideIcon,
} from 'lucide-react'
import { Button } from 'react-aria-components'
import { cx } from '../lib/cx.ts'
import { useTranslate, type MessageId } from '../lib/translate.ts'
import { Menu } from '../ui/menu.tsx'
import { ConnectionChip } from './connection-chip.tsx'
import styles from './shell.module.css'

interface Entry {
  to:
    | '/board'
    | '/orders'
    | '/qr-links'
    | '/imports'
    | '/exports'
    | '/studio'
    | '/wallet'
    | '/menu'
    | '/tables'
    | '/printing'
    | '/field'
    | '/recalls'
    | '/passports'
    | '/settings'
  name: MessageId
  icon: LucideIcon
}

/** One group a kind of user; the counter's and the field's come with their own screens. */
const groups: readonly { name: MessageId; entries: readonly Entry[] }[] = [
  {
    name: 'nav.restaurant',
    entries: [
      { to: '/board', name: 'nav.board', icon: Columns3 },
      { to: '/orders', name: 'nav.orders', icon: ReceiptText },
      { to: '/menu', name: 'nav.menu', icon: UtensilsCrossed },
      { to: '/tables', name: 'nav.tables', icon: Armchair },
      { to: '/printing', name: 'nav.printing', icon: Printer },
    ],
  },
  {
    name: 'nav.goods',
    entries: [
      { to: '/field', name: 'nav.field', icon: ScanBarcode },
      { to: '/recalls', name: 'recalls.title', icon: OctagonAlert },
      { to: '/passports', name: 'passports.title', icon: PackageSearch },
    ],
  },
  {
    name: 'nav.agency',
    entries: [
      { to: '/qr-links', name: 'nav.links', icon: QrCode },
      { to: '/imports', name: 'nav.imports', icon: FileSpreadsheet },
      { to: '/studio', name: 'nav.studio', icon: Palette },
      { to: '/wallet', name: 'nav.wallet', icon: WalletCards },
      { to: '/exports', name: 'nav.exports', icon: Package },
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

/** As many as a thumb finds side by side on a small telephone; the others stand in a menu. */
const within = 4

/** The same entries within reach of a thumb, on narrow screens. */
export function BottomBar() {
  const t = useTranslate()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const entries = [...groups.flatMap((group) => group.entries), settings]
  const others = entries.slice(within).map(({ to, name, icon: Icon }) => ({
    id: to,
    name: t(name),
    icon: <Icon aria-hidden />,
    run: () => void navigate({ to }),
  }))
  const isOther = others.some(({ id }) => pathname.startsWith(id))
  return (
    <nav className={styles.bottom} aria-label={t('nav.label')}>
      {entries.slice(0, within).map((entry) => (
        <NavLink key={entry.to} entry={entry} />
      ))}
      <Menu label={t('nav.more')} entries={others}>
        <Button className={cx(styles.entry, styles.more)} {...(isOther && { 'aria-current': 'true' })}>
          <Ellipsis aria-hidden />
          <span>{t('nav.more')}</span>
        </Button>
      </Menu>
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
