import { useQuery } from '@tanstack/react-query'
import { Outlet, useNavigate } from '@tanstack/react-router'
import { Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { ApiError } from '#contract/errors.ts'
import { BusinessSwitcher } from '../features/businesses/business-switcher.tsx'
import { businessesQuery, chooseBusiness } from '../features/businesses/queries.ts'
import { PrintTroubleBar } from '../features/restaurant/print-trouble-bar.tsx'
import { useApi } from '../lib/api.tsx'
import { BusinessContext } from '../lib/business.tsx'
import { cx } from '../lib/cx.ts'
import { PendingFileContext } from '../lib/pending-file.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { useTranslate } from '../lib/translate.ts'
import { Button } from '../ui/button.tsx'
import { CommandPalette } from './command-palette.tsx'
import { ConnectionChip } from './connection-chip.tsx'
import { useLiveEvents } from './live-events.ts'
import { useMachineCommands, useServerRuns } from './machine-commands.ts'
import { BottomBar, Sidebar } from './navigation.tsx'
import styles from './shell.module.css'
import { ShortcutHelp } from './shortcut-help.tsx'
import { ServerAway, SessionEnded, Starting } from './start-screens.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

/** What stands around every page. */
export function Shell() {
  const heard = useLiveEvents()
  const runs = useServerRuns()
  return (
    <WithBusiness>
      <Frame heard={heard && runs} />
    </WithBusiness>
  )
}

function Frame({ heard }: { heard: boolean }) {
  const t = useTranslate()
  const [palette, setPalette] = useState(false)
  const [help, setHelp] = useState(false)
  const [file, setFile] = useState<File>()
  const openPalette = (): void => setPalette(true)
  const openHelp = (): void => setHelp(true)
  useMachineCommands({ openPalette, openHelp, putFile: setFile })
  useGlobalShortcuts(openPalette, openHelp)
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#content">
        {t('shell.skip')}
      </a>
      <Sidebar heard={heard} />
      <TopBar heard={heard} openPalette={openPalette} />
      <div className={styles.trouble}>
        <PrintTroubleBar />
      </div>
      <main id="content" className={styles.content} tabIndex={-1}>
        <PendingFileContext value={{ file, put: setFile }}>
          <Outlet />
        </PendingFileContext>
      </main>
      <BottomBar />
      <CommandPalette isOpen={palette} onClose={() => setPalette(false)} showHelp={openHelp} />
      <ShortcutHelp isOpen={help} onClose={() => setHelp(false)} />
    </div>
  )
}

function useGlobalShortcuts(openPalette: () => void, openHelp: () => void): void {
  const navigate = useNavigate()
  useShortcuts({
    'mod+k': openPalette,
    '?': openHelp,
    'g b': () => void navigate({ to: '/board' }),
    'g o': () => void navigate({ to: '/orders' }),
    'g l': () => void navigate({ to: '/qr-links' }),
    'g i': () => void navigate({ to: '/imports' }),
    'g s': () => void navigate({ to: '/settings/appearance' }),
    'g t': () => void navigate({ to: '/settings/tokens' }),
    c: () => void navigate({ to: '/qr-links', search: { panel: 'new' } }),
  })
}

function TopBar({ heard, openPalette }: { heard: boolean; openPalette: () => void }) {
  const t = useTranslate()
  return (
    <header className={styles.bar}>
      <BusinessSwitcher />
      <div className={styles.barTools}>
        <Button className={cx(styles.search)} icon={<Search aria-hidden />} onPress={openPalette}>
          <span className={styles.searchText}>{t('shell.search')}</span>
          <kbd className={styles.kbd}>{t('shell.paletteKeys')}</kbd>
        </Button>
        <span className={styles.narrowOnly}>
          <ConnectionChip heard={heard} compact />
        </span>
        <ThemeSwitch />
      </div>
    </header>
  )
}

/** Loads the businesses, without which no page can show anything. */
function WithBusiness({ children }: { children: ReactNode }) {
  const api = useApi()
  const [chosen, setChosen] = useState(chooseBusiness.load)
  const { data, error, refetch } = useQuery(businessesQuery(api))
  const current = data?.find(({ id }) => id === chosen) ?? data?.[0]
  if (error !== null && data === undefined) {
    const ended = error instanceof ApiError && error.status === 401
    return ended ? <SessionEnded /> : <ServerAway retry={() => void refetch()} />
  }
  if (data === undefined || current === undefined) return <Starting />
  const choose = (id: string): void => {
    chooseBusiness.save(id)
    setChosen(id)
  }
  return <BusinessContext value={{ current, all: data, choose }}>{children}</BusinessContext>
}
