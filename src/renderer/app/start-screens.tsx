import { Link2Off, RotateCcw } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '#contract/errors.ts'
import { useTranslate } from '../lib/translate.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import type { Opened } from './session.ts'
import styles from './start-screens.module.css'

export function Starting() {
  const t = useTranslate()
  return (
    <main className={styles.screen} aria-busy>
      <output>{t('start.opening')}</output>
    </main>
  )
}

/** What is shown in place of the app when the page may not talk to the server, and how to get in. */
export function Closed({ reason }: { reason: Exclude<Opened, { state: 'open' }> }) {
  const t = useTranslate()
  const refused = reason.state === 'failed' && reason.error instanceof ApiError
  const title =
    reason.state === 'no-link' ? t('start.noLink') : refused ? t('start.usedLink') : t('start.noServer')
  return (
    <StartScreen title={title} icon={<Link2Off aria-hidden />}>
      {refused || reason.state === 'no-link' ? t('start.openFromLink') : t('start.startAgain')}
      <Commands />
    </StartScreen>
  )
}

/** The session ended: the app was closed or started anew. */
export function SessionEnded() {
  const t = useTranslate()
  return (
    <StartScreen title={t('start.ended')} icon={<Link2Off aria-hidden />}>
      {t('start.openFromLink')}
      <Commands />
    </StartScreen>
  )
}

export function ServerAway({ retry }: { retry: () => void }) {
  const t = useTranslate()
  return (
    <StartScreen
      title={t('start.noServer')}
      icon={<Link2Off aria-hidden />}
      actions={
        <Button icon={<RotateCcw aria-hidden />} onPress={retry}>
          {t('ui.retry')}
        </Button>
      }
    >
      {t('start.startAgain')}
    </StartScreen>
  )
}

function Commands() {
  const t = useTranslate()
  return (
    <span className={styles.commands}>
      <code>npm start</code> <span>{t('start.or')}</span> <code>qrscan open</code>
    </span>
  )
}

interface StartScreenProps {
  title: string
  icon: ReactNode
  children: ReactNode
  actions?: ReactNode
}

function StartScreen({ title, icon, children, actions }: StartScreenProps) {
  return (
    <main className={styles.screen}>
      <EmptyState isPage icon={icon} title={title} actions={actions}>
        {children}
      </EmptyState>
    </main>
  )
}
