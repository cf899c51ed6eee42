import { queryOptions } from '@tanstack/react-query'
import { listStations } from '#contract/stations.ts'
import { allPages } from './all-pages.ts'
import type { Api } from './api.tsx'

/** The stations of a business, in their order. */
export function stationsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['stations', business_id],
    queryFn: ({ signal }) =>
      allPages(async (page) => {
        const query = { business_id, page, per_page: 100 }
        return (await api.call(listStations, { query, signal })).stations
      }),
  })
}
