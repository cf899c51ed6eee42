import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { listRecalls } from '#contract/recalls.ts'
import type { Api } from '../../lib/api.tsx'

/** One page of a business's recalls, the newest first. */
export function recallsQuery(api: Api, business_id: string, page: number) {
  return queryOptions({
    queryKey: ['recalls', business_id, page],
    queryFn: async ({ signal }) =>
      (await api.call(listRecalls, { query: { business_id, page, per_page: 50 }, signal })).recalls,
    placeholderData: keepPreviousData,
  })
}
