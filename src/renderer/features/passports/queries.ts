import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import { validateGs1 } from '#contract/gs1.ts'
import {
  changeProductPassport,
  createProductPassport,
  deleteProductPassport,
  exportProductPassport,
  findProductPassport,
  listPassportRevisions,
  listProductPassports,
  setRecallOverride,
  showPassportAnalytics,
  type LabelSymbol,
  type PassportStatus,
} from '#contract/product-passports.ts'
import { findRecall } from '#contract/recalls.ts'
import { useApi, type Api } from '../../lib/api.tsx'

export interface PassportFilter {
  status: PassportStatus | null
  search: string
  page: number
}

/** One page of a business's passports, the newest first. */
export function passportsQuery(api: Api, business_id: string, { status, search, page }: PassportFilter) {
  return queryOptions({
    queryKey: ['product-passports', 'list', business_id, status, search, page],
    queryFn: async ({ signal }) => {
      const query = { business_id, page, per_page: 20, status, ...(search !== '' && { search }) }
      return (await api.call(listProductPassports, { query, signal })).product_passports
    },
    placeholderData: keepPreviousData,
  })
}

/** One passport with the version that a change has to name. */
export function passportQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['product-passports', 'one', id],
    queryFn: async ({ signal }) => {
      const { data, headers } = await api.callWithHeaders(findProductPassport, { params: { id }, signal })
      return { passport: data.product_passport, etag: headers.get('etag') }
    },
  })
}

/** What a passport said in a revision. */
export function pastPassportQuery(api: Api, id: string, revision: number) {
  return queryOptions({
    queryKey: ['product-passports', 'past', id, revision],
    queryFn: async ({ signal }) =>
      (await api.call(findProductPassport, { params: { id }, query: { revision }, signal })).product_passport,
    staleTime: Infinity,
  })
}

export function revisionsQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: ['product-passports', 'revisions', id, page],
    queryFn: async ({ signal }) =>
      (await api.call(listPassportRevisions, { params: { id }, query: { page, per_page: 10 }, signal }))
        .revisions,
    placeholderData: keepPreviousData,
  })
}

/** What can be had of a passport; what it is made of changes with its revision. */
export function exportsQuery(api: Api, id: string, revision: number) {
  return queryOptions({
    queryKey: ['product-passports', 'exports', id, revision],
    queryFn: async ({ signal }) =>
      (await api.call(exportProductPassport, { params: { id }, signal })).exports,
  })
}

/** A label as a picture for the page. */
export function labelQuery(api: Api, id: string, symbol: LabelSymbol, revision: number) {
  return queryOptions({
    queryKey: ['product-passports', 'label', id, symbol, revision],
    queryFn: async ({ signal }) => {
      const query = { format: 'label_svg' as const, symbol }
      return (await api.request(exportProductPassport, { params: { id }, query, signal })).blob()
    },
  })
}

export function analyticsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['product-passports', 'analytics', id],
    queryFn: async ({ signal }) =>
      (await api.call(showPassportAnalytics, { params: { id }, query: { interval: 'day' }, signal }))
        .analytics,
  })
}

export function overrideQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['recalls', 'override', id],
    queryFn: async ({ signal }) => (await api.call(findRecall, { params: { id }, signal })).recall,
  })
}

/** What is wrong with a GTIN, in a sentence; null where nothing is. */
export function gtinQuery(api: Api, gtin: string) {
  return queryOptions({
    queryKey: ['gs1', 'gtin', gtin],
    queryFn: async ({ signal }) => {
      const { result } = await api.call(validateGs1, { body: { input: gtin, kind: 'gtin' }, signal })
      return result.valid ? null : (result.errors[0]?.message ?? null)
    },
    enabled: /^(\d{8}|\d{12,14})$/.test(gtin),
    staleTime: Infinity,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return async () => {
    await queries.invalidateQueries({ queryKey: ['product-passports'] })
    await queries.invalidateQueries({ queryKey: ['recalls'] })
  }
}

export function useCreatePassport() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (body: BodyOf<typeof createProductPassport>) =>
      (await api.call(createProductPassport, { body })).product_passport,
    onSuccess,
  })
}

export function useChangePassport(id: string, etag: string | null) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (body: BodyOf<typeof changeProductPassport>) => {
      const headers = etag === null ? {} : { 'If-Match': etag }
      return api.call(changeProductPassport, { params: { id }, body, headers })
    },
    onSuccess,
  })
}

export function useArchivePassport(id: string) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({ mutationFn: () => api.call(deleteProductPassport, { params: { id } }), onSuccess })
}

export function useOverride(id: string) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (body: BodyOf<typeof setRecallOverride>) =>
      api.call(setRecallOverride, { params: { id }, body }),
    onSuccess,
  })
}
