import { queryOptions } from '@tanstack/react-query'
import { listBusinesses, type Business } from '#contract/businesses.ts'
import type { Api } from '../../lib/api.tsx'

/** All businesses, over as many pages as there are. */
export function businessesQuery(api: Api) {
  return queryOptions({
    queryKey: ['businesses'],
    queryFn: async ({ signal }) => {
      const all: Business[] = []
      for (let page = 1; ; page += 1) {
        const { businesses } = await api.call(listBusinesses, { query: { page, per_page: 100 }, signal })
        all.push(...businesses.data)
        if (page >= businesses.last_page) return all
      }
    },
  })
}

const storageKey = 'qrscan.business'

/** Which business was chosen last on this device. */
export const chooseBusiness = {
  load: (): string | null => localStorage.getItem(storageKey),
  save: (id: string): void => localStorage.setItem(storageKey, id),
}
