import { I18nProvider as LinguiProvider } from '@lingui/react'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider as PagesProvider } from '@tanstack/react-router'
import { Suspense, use, useEffect, useState, type ReactNode } from 'react'
import { I18nProvider } from 'react-aria-components'
import { applyAppearance, loadAppearance, saveAppearance, watchSystem } from '../lib/appearance.ts'
import { ApiProvider, type Api } from '../lib/api.tsx'
import { AppEvents, AppEventsContext } from '../lib/app-events.ts'
import { retryDelay, shouldRetry } from '../lib/failure.ts'
import { AppearanceContext } from '../lib/use-appearance.ts'
import { createToasts, ToastProvider } from '../ui/toast.tsx'
import { loadMessages } from './messages/load-messages.ts'
import { createPages } from './router.tsx'
import type { Opened } from './session.ts'
import { Closed, Starting } from './start-screens.tsx'

export function App({ opened }: { opened: Promise<Opened> }) {
  const [i18n] = useState(() => loadMessages(navigator.languages))
  return (
    <LinguiProvider i18n={i18n}>
      <I18nProvider locale={navigator.language}>
        <AppearanceKeeper>
          <Suspense fallback={<Starting />}>
            <Gate opened={opened} />
          </Suspense>
        </AppearanceKeeper>
      </I18nProvider>
    </LinguiProvider>
  )
}

function Gate({ opened }: { opened: Promise<Opened> }) {
  const result = use(opened)
  return result.state === 'open' ? <Inside api={result.api} /> : <Closed reason={result} />
}

function Inside({ api }: { api: Api }) {
  const [queries] = useState(createQueries)
  const [toasts] = useState(createToasts)
  const [events] = useState(() => new AppEvents())
  const [pages] = useState(() => createPages())
  return (
    <ApiProvider api={api}>
      <QueryClientProvider client={queries}>
        <ToastProvider queue={toasts}>
          <AppEventsContext value={events}>
            <PagesProvider router={pages} />
          </AppEventsContext>
        </ToastProvider>
      </QueryClientProvider>
    </ApiProvider>
  )
}

/** The server is on this machine: being offline is no reason to wait, and the events say when to ask again. */
function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: shouldRetry,
        retryDelay,
        staleTime: 30_000,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

function AppearanceKeeper({ children }: { children: ReactNode }) {
  const [appearance, setAppearance] = useState(loadAppearance)
  useEffect(() => watchSystem(() => applyAppearance(appearance)), [appearance])
  const change = (part: Partial<typeof appearance>): void => {
    const next = { ...appearance, ...part }
    setAppearance(next)
    saveAppearance(next)
  }
  return <AppearanceContext value={{ appearance, change }}>{children}</AppearanceContext>
}
