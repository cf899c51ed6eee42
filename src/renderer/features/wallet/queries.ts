import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import {
  changeWalletPass,
  createWalletPass,
  deleteWalletPass,
  exportWalletPass,
  findWalletPass,
  listWalletPasses,
  type WalletPass,
} from '#contract/wallet-passes.ts'
import { useApi, type Api } from '../../lib/api.tsx'

export interface CardFilter {
  kind: WalletPass['kind'] | null
  search: string
  importId: string | undefined
  page: number
}

/** One page of a business's cards, the newest first. */
export function cardsQuery(api: Api, business_id: string, { kind, search, importId, page }: CardFilter) {
  return queryOptions({
    queryKey: ['wallet-passes', 'list', business_id, kind, search, importId, page],
    queryFn: async ({ signal }) => {
      const query = {
        business_id,
        page,
        per_page: 20,
        ...(kind && { kind }),
        ...(search !== '' && { search }),
        ...(importId !== undefined && { import_id: importId }),
      }
      return (await api.call(listWalletPasses, { query, signal })).wallet_passes
    },
    placeholderData: keepPreviousData,
  })
}

/** One card with the version that a change has to name. */
export function cardQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['wallet-passes', 'one', id],
    queryFn: async ({ signal }) => {
      const { data, headers } = await api.callWithHeaders(findWalletPass, { params: { id }, signal })
      return { card: data.wallet_pass, etag: headers.get('etag') }
    },
  })
}

/** A picture of the code that a card's files carry, taken from its page; null where there is none. */
export function codeQuery(api: Api, { id, updated_at }: WalletPass) {
  return queryOptions({
    queryKey: ['wallet-codes', id, updated_at],
    queryFn: async ({ signal }) => {
      const query = { format: 'html' as const }
      const answer = await api.request(exportWalletPass, { params: { id }, query, signal })
      // In the text of a card every `<` is written otherwise: this one is its code.
      const [svg] = /<svg[^]*?<\/svg>/.exec(await answer.text()) ?? []
      return svg === undefined ? null : `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
    },
    staleTime: Infinity,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['wallet-passes'] })
}

export function useCreateCard() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof createWalletPass>) =>
      (await api.call(createWalletPass, { body })).wallet_pass,
    onSuccess,
  })
}

export function useChangeCard(id: string, etag: string | null) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof changeWalletPass>) => {
      const headers = etag === null ? {} : { 'If-Match': etag }
      return (await api.call(changeWalletPass, { params: { id }, body, headers })).wallet_pass
    },
    onSuccess,
  })
}

export function useDeleteCard() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteWalletPass, { params: { id } }),
    onSuccess,
  })
}
