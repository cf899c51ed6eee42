import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { BodyOf } from '#contract/endpoint.ts'
import { findQrLink, listQrLinks } from '#contract/qr-links.ts'
import { changeTable, createTable, deleteTable, listTables } from '#contract/tables.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { allPages } from '../../lib/all-pages.ts'

/** The tables of a business, in their order. */
export function tablesQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['tables', business_id],
    queryFn: ({ signal }) =>
      allPages(async (page) => {
        const query = { business_id, page, per_page: 100 }
        return (await api.call(listTables, { query, signal })).tables
      }),
  })
}

/** The QR links that a table's code could carry: the first twenty that a search finds. */
export function linkChoicesQuery(api: Api, business_id: string, search: string) {
  return queryOptions({
    queryKey: ['qr-links', 'choices', business_id, search],
    queryFn: async ({ signal }) => {
      const query = { business_id, per_page: 20, ...(search !== '' && { search }) }
      return (await api.call(listQrLinks, { query, signal })).qr_links.data
    },
  })
}

export function chosenLinkQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['qr-links', 'chosen', id],
    queryFn: async ({ signal }) => (await api.call(findQrLink, { params: { id }, signal })).qr_link,
    retry: false,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['tables'] })
}

export function useCreateTables(business_id: string) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: async (bodies: BodyOf<typeof createTable>[]) => {
      for (const body of bodies) await api.call(createTable, { body: { business_id, ...body } })
    },
    onSettled: onSuccess,
  })
}

export function useChangeTable() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: ({ id, ...body }: BodyOf<typeof changeTable> & { id: string }) =>
      api.call(changeTable, { params: { id }, body }),
    onSuccess,
  })
}

export function useDeleteTable() {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteTable, { params: { id } }),
    onSuccess,
  })
}
