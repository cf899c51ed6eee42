import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import { listRecallActions } from '#contract/recall-actions.ts'
import {
  changeRecall,
  createRecall,
  deleteRecall,
  findRecall,
  importRecalls,
  listRecallRevisions,
  listRecalls,
  type RecallStatus,
} from '#contract/recalls.ts'
import { useApi, type Api } from '../../lib/api.tsx'

export interface RecallFilter {
  status: RecallStatus | null
  search: string
  page: number
}

/** One page of a business's recalls, the newest first, with what answers rest on. */
export function recallsQuery(api: Api, business_id: string, { status, search, page }: RecallFilter) {
  return queryOptions({
    queryKey: ['recalls', 'list', business_id, status, search, page],
    queryFn: ({ signal }) => {
      const query = { business_id, page, per_page: 20, status, ...(search !== '' && { search }) }
      return api.call(listRecalls, { query, signal })
    },
    placeholderData: keepPreviousData,
  })
}

/** One recall with the version that a change has to name. */
export function recallQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['recalls', 'one', id],
    queryFn: async ({ signal }) => {
      const { data, headers } = await api.callWithHeaders(findRecall, { params: { id }, signal })
      return { recall: data.recall, etag: headers.get('etag') }
    },
  })
}

export function actionsQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: ['recall-actions', id, page],
    queryFn: async ({ signal }) =>
      (await api.call(listRecallActions, { params: { id }, query: { page, per_page: 20 }, signal })).actions,
    placeholderData: keepPreviousData,
  })
}

export function revisionsQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['recalls', 'revisions', id],
    queryFn: async ({ signal }) =>
      (await api.call(listRecallRevisions, { params: { id }, query: { per_page: 50 }, signal })).revisions
        .data,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['recalls'] })
}

export function useCreateRecall() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (body: BodyOf<typeof createRecall>) => api.call(createRecall, { body }),
    onSuccess,
  })
}

export function useChangeRecall(id: string, etag: string | null) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (body: BodyOf<typeof changeRecall>) =>
      api.call(changeRecall, { params: { id }, body, headers: etag === null ? {} : { 'If-Match': etag } }),
    onSuccess,
  })
}

export function useDeleteRecall() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteRecall, { params: { id } }),
    onSuccess,
  })
}

export function useImportRecalls(business_id: string) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (file: File) => {
      const headers = { 'Content-Type': 'application/octet-stream' }
      return (await api.call(importRecalls, { query: { business_id }, upload: file, headers })).import
    },
    onSuccess,
  })
}
