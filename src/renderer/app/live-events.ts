import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiError } from '#contract/errors.ts'
import { watchEvents } from '#contract/device.ts'
import type { AppEvent } from '#contract/events.ts'
import { showBundleProgress } from '../features/exports/queries.ts'
import { importKey } from '../features/imports/queries.ts'
import { useApi, type Api } from '../lib/api.tsx'
import { useAppEventSource, type AppEvents } from '../lib/app-events.ts'
import { readEventStream } from '../lib/event-stream.ts'

const keys = {
  'qr_links.changed': 'qr-links',
  'imports.changed': 'imports',
  'tokens.changed': 'tokens',
  'businesses.changed': 'businesses',
  // The restaurant's settings say so too: they change what guests see.
  'menu.changed': ['menu-items', 'restaurant-settings'],
  'tables.changed': 'tables',
  'stations.changed': 'stations',
  'order_intents.changed': 'order-intents',
  'service_requests.changed': 'service-requests',
  'printers.changed': 'printers',
  'print_jobs.changed': 'print-jobs',
  'guest_access.changed': 'guest-access',
  'product_passports.changed': 'product-passports',
  'recalls.changed': ['recalls', 'recall-actions'],
  // The pictures of links take the look of their campaign.
  'brand_presets.changed': ['brand-presets', 'qr-images'],
  'integration_credentials.changed': 'integration-credentials',
  'wallet_passes.changed': 'wallet-passes',
  'export_bundles.changed': 'export-bundles',
} as const

/** Which queries an event makes old. */
export function applyEvent(queries: QueryClient, event: AppEvent): void {
  if (event.type === 'import.progress') {
    queries.setQueryData(importKey(event.id), event.import)
    return
  }
  if (event.type === 'export_bundle.progress') {
    showBundleProgress(queries, event.bundle)
    return
  }
  for (const key of [keys[event.type]].flat()) void queries.invalidateQueries({ queryKey: [key] })
}

/** Follows the server's events, and tells whether it is being heard. */
export function useLiveEvents(): boolean {
  const api = useApi()
  const queries = useQueryClient()
  const events = useAppEventSource()
  const [heard, setHeard] = useState(true)
  useEffect(() => {
    const stop = new AbortController()
    void follow({ api, queries, events, setHeard }, stop.signal)
    return () => stop.abort()
  }, [api, queries, events])
  return heard
}

interface Following {
  api: Api
  queries: QueryClient
  events: AppEvents
  setHeard: (heard: boolean) => void
}

async function follow({ api, queries, events, setHeard }: Following, signal: AbortSignal) {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      const response = await api.request(watchEvents, { signal, headers: { Accept: 'text/event-stream' } })
      if (response.body === null) return
      // What happened while nobody listened is not told again.
      if (failures > 0) void queries.invalidateQueries()
      failures = 0
      setHeard(true)
      events.emit({ type: 'connected' })
      for await (const data of readEventStream(response.body)) {
        const event = JSON.parse(data) as AppEvent
        applyEvent(queries, event)
        events.emit(event)
      }
    } catch (error) {
      if (signal.aborted || (error instanceof ApiError && error.status === 401)) return
    }
    setHeard(false)
    await new Promise((resolve) => setTimeout(resolve, Math.min(500 * 2 ** failures, 10_000)))
  }
}
