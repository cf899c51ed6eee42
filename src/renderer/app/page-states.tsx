import { Compass, TriangleAlert } from 'lucide-react'
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useTranslate } from '../lib/translate.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, Skeleton } from '../ui/empty-state.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { Page } from '../ui/page.tsx'

export function LoadingScreen() {
  const t = useTranslate()
  return (
    <Page title={t('ui.loading')}>
      <Skeleton label={t('ui.loading')} />
    </Page>
  )
}

export function MissingScreen() {
  const t = useTranslate()
  return (
    <EmptyState
      isPage
      icon={<Compass aria-hidden />}
      title={t('page.missing')}
      actions={
        <LinkButton to="/qr-links" tone="primary">
          {t('page.toLinks')}
        </LinkButton>
      }
    >
      {t('page.missing.text')}
    </EmptyState>
  )
}

/** Shown when a screen broke while drawing. What was saved is safe: it is on the server. */
export function CrashScreen({ error, reset }: ErrorComponentProps) {
  const t = useTranslate()
  const router = useRouter()
  const again = (): void => {
    reset()
    void router.invalidate()
  }
  return (
    <EmptyState
      isPage
      icon={<TriangleAlert aria-hidden />}
      title={t('page.crash')}
      actions={
        <>
          <Button tone="primary" onPress={again}>
            {t('ui.retry')}
          </Button>
          <Button onPress={() => location.reload()}>{t('page.reload')}</Button>
        </>
      }
    >
      {t('page.crash.text', { reason: error instanceof Error ? error.message : String(error) })}
    </EmptyState>
  )
}
