import { queryOptions } from '@tanstack/react-query'
import { findImport, listImports, type ImportStatus } from '#contract/imports.ts'
import type { Api } from '../../lib/api.tsx'

export function importKey(id: string) {
  return ['imports', 'one', id] as const
}

/** Whether the server is working on it, so that its figures change. */
export function isBusy(status: ImportStatus): boolean {
  return status === 'scanning' || status === 'committing' || status === 'undoing'
}

/** One import. Progress comes with the events; asking now and then covers for a stream that broke. */
export function importQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: importKey(id),
    queryFn: async ({ signal }) => (await api.call(findImport, { params: { id }, signal })).import,
    refetchInterval: ({ state }) => (state.data && isBusy(state.data.status) ? 1_500 : false),
  })
}

export function importsQuery(api: Api, businessId: string, page: number) {
  return queryOptions({
    queryKey: ['imports', 'list', businessId, page],
    queryFn: async ({ signal }) => {
      const query = { business_id: businessId, page, per_page: 10 }
      return (await api.call(listImports, { query, signal })).imports
    },
  })
}

/** Where the rows that the page read itself are kept until the server has checked them. */
export function localPreviewKey(id: string) {
  return ['local-preview', id] as const
}
