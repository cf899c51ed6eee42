import { queryOptions } from '@tanstack/react-query'
import { showRestaurantSettings } from '#contract/restaurant-settings.ts'
import type { Api } from './api.tsx'

/** How a restaurant wants its tickets, its board and its guest page. */
export function restaurantSettingsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['restaurant-settings', business_id],
    queryFn: async ({ signal }) =>
      (await api.call(showRestaurantSettings, { query: { business_id }, signal })).restaurant_settings,
  })
}
