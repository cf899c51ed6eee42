import type { ReactNode } from 'react'
import { useTranslate } from '../lib/translate.ts'
import { Skeleton } from './empty-state.tsx'
import { FailureNotice } from './notice.tsx'
import { Page } from './page.tsx'

interface WaitingProps {
  title: string
  back: ReactNode
  /** Null while it is still on its way. */
  error: unknown
  retry: () => void
}

/** The page of one thing before the thing is there, or where it cannot be had. */
export function WaitingPage({ title, back, error, retry }: WaitingProps) {
  const t = useTranslate()
  return (
    <Page title={title} back={back}>
      {error === null ? <Skeleton label={t('ui.loading')} /> : <FailureNotice error={error} retry={retry} />}
    </Page>
  )
}
