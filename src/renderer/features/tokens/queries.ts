import { queryOptions } from '@tanstack/react-query'
import { listTokens } from '#contract/tokens.ts'
import type { Api } from '../../lib/api.tsx'

export function tokensQuery(api: Api, page: number) {
  return queryOptions({
    queryKey: ['tokens', page],
    queryFn: async ({ signal }) =>
      (await api.call(listTokens, { query: { page, per_page: 50 }, signal })).tokens,
  })
}
