import { useNavigate } from '@tanstack/react-router'
import {
  ChefHat,
  Maximize,
  Minimize,
  MonitorCheck,
  MonitorOff,
  Plus,
  Store,
  Volume2,
  VolumeX,
} from 'lucide-react'
import { useState } from 'react'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { narrow, useMedia } from '../../lib/use-media.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { useToast } from '../../ui/toast.tsx'
import { ChoiceBar } from './choice-bar.tsx'
import { useRestaurant } from './restaurant-context.ts'
import { SearchBox } from './search-box.tsx'
import { SoundDialog } from './sound-dialog.tsx'
import { useFullScreen } from './use-full-screen.ts'
import { useWakeLock, type WakeState } from './use-wake-lock.ts'
import styles from './board.module.css'

interface BoardToolbarProps {
  search: string
  onSearch: (text: string) => void
}

export function BoardToolbar({ search, onSearch }: BoardToolbarProps) {
  const t = useTranslate()
  const navigate = useNavigate()
  const { preferences, changePreferences } = useRestaurant()
  const create = (): void => void navigate({ to: '/board/new' })
  useShortcuts({ n: create })
  return (
    <header className={styles.toolbar}>
      <h1 className={styles.title}>{t('board.title')}</h1>
      <ChoiceBar
        label={t('board.view')}
        choices={[
          { id: 'counter', name: t('board.view.counter'), icon: <Store aria-hidden /> },
          { id: 'kitchen', name: t('board.view.kitchen'), icon: <ChefHat aria-hidden /> },
        ]}
        chosen={[preferences.view]}
        onPress={(view) => changePreferences({ view })}
      />
      <StationChoice />
      <SearchBox
        label={t('board.search')}
        placeholder={t('board.search.placeholder')}
        value={search}
        onChange={onSearch}
      />
      <div className={styles.tools}>
        <SoundTool />
        <AwakeTool />
        <FullScreenTool />
        <Button collapses tone="primary" icon={<Plus aria-hidden />} onPress={create}>
          {t('board.newOrder')}
        </Button>
      </div>
    </header>
  )
}

/** Several may be on; none is all. With one station there is nothing to choose. */
function StationChoice() {
  const t = useTranslate()
  const { stations, preferences, changePreferences } = useRestaurant()
  const isNarrow = useMedia(narrow)
  if (stations.length < 2 || (isNarrow && preferences.view === 'counter')) return null
  const chosen = preferences.stations
  const press = (id: string): void => {
    const others = chosen.filter((one) => one !== id)
    changePreferences({ stations: others.length < chosen.length ? others : [...chosen, id] })
  }
  return <ChoiceBar label={t('board.stations')} choices={stations} chosen={chosen} onPress={press} />
}

function SoundTool() {
  const t = useTranslate()
  const { preferences } = useRestaurant()
  const [isOpen, setOpen] = useState(false)
  const isSilent = preferences.tune === 'off' || preferences.volume === 0
  return (
    <>
      <IconButton
        label={isSilent ? t('board.sound.isOff') : t('board.sound')}
        icon={isSilent ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
        onPress={() => setOpen(true)}
      />
      <SoundDialog isOpen={isOpen} onClose={() => setOpen(false)} />
    </>
  )
}

const wakeNames: Record<WakeState, MessageId> = {
  on: 'board.awake.on',
  off: 'board.awake.off',
  unsupported: 'board.awake.unsupported',
  refused: 'board.awake.refused',
}

function AwakeTool() {
  const t = useTranslate()
  const toast = useToast()
  const { preferences, changePreferences } = useRestaurant()
  const state = useWakeLock(preferences.keepAwake)
  const press = (): void => {
    if (state === 'unsupported' || state === 'refused')
      toast({ title: t(wakeNames[state]), detail: t('board.awake.advice'), tone: 'bad' })
    else changePreferences({ keepAwake: !preferences.keepAwake })
  }
  return (
    <IconButton
      label={t(wakeNames[state])}
      icon={state === 'on' ? <MonitorCheck aria-hidden /> : <MonitorOff aria-hidden />}
      onPress={press}
    />
  )
}

function FullScreenTool() {
  const t = useTranslate()
  const isNarrow = useMedia(narrow)
  const toast = useToast()
  const { isFull, toggle } = useFullScreen()
  const press = (): void => void toggle().catch(() => toast({ title: t('board.full.refused'), tone: 'bad' }))
  useShortcuts({ f: press })
  // A telephone's page fills its screen anyhow.
  if (isNarrow) return null
  return (
    <IconButton
      label={isFull ? t('board.full.leave') : t('board.full')}
      icon={isFull ? <Minimize aria-hidden /> : <Maximize aria-hidden />}
      onPress={press}
    />
  )
}
