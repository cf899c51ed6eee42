import { queryOptions } from '@tanstack/react-query'
import { showHealth, showSettings } from '#contract/device.ts'
import type { Api } from '../../lib/api.tsx'

export function healthQuery(api: Api) {
  return queryOptions({
    queryKey: ['device', 'health'],
    queryFn: async ({ signal }) => (await api.call(showHealth, { signal })).health,
    refetchInterval: 15_000,
  })
}

export function settingsQuery(api: Api) {
  return queryOptions({
    queryKey: ['device', 'settings'],
    queryFn: async ({ signal }) => (await api.call(showSettings, { signal })).settings,
  })
}
