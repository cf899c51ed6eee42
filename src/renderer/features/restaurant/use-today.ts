import { useQuery } from '@tanstack/react-query'
import { useContext, useSyncExternalStore } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { restaurantSettingsQuery } from '../../lib/restaurant-settings.ts'
import { businessDayOf } from './business-day.ts'
import { TickerContext } from './ticker.ts'

/** The business day that it is now, also when it changes while one looks on. */
export function useToday(): string {
  const api = useApi()
  const { current } = useBusiness()
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('useToday outside of TickerContext')
  const { data: settings } = useQuery(restaurantSettingsQuery(api, current.id))
  const startsAt = settings?.day_starts_at ?? 0
  return useSyncExternalStore(ticker.subscribe, () => businessDayOf(Date.now(), current.timezone, startsAt))
}
