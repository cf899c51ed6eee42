import {
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { listBrandPresets } from '#contract/brand-presets.ts'
import type { ReplyOf } from '#contract/endpoint.ts'
import {
  changeExportBundle,
  createExportBundle,
  deleteExportBundle,
  downloadExportBundle,
  listExportBundles,
  listLabelStocks,
  previewSheet,
  type BundleRequest,
  type ExportBundle,
} from '#contract/export-bundles.ts'
import { useApi, type Api } from '../../lib/api.tsx'
import { saveFile } from '../../lib/save-file.ts'

const listKey = ['export-bundles', 'list'] as const

export function bundlesQuery(api: Api, business_id: string, page: number) {
  return queryOptions({
    queryKey: [...listKey, business_id, page],
    queryFn: ({ signal }) =>
      api.call(listExportBundles, { query: { business_id, page, per_page: 10 }, signal }),
    placeholderData: keepPreviousData,
  })
}

/** Shows how far a bundle is without asking again: it is told five times a second. */
export function showBundleProgress(queries: QueryClient, bundle: ExportBundle): void {
  queries.setQueriesData<ReplyOf<typeof listExportBundles>>({ queryKey: listKey }, (before) => {
    if (before === undefined) return before
    const data = before.bundles.data.map((one) => (one.id === bundle.id ? bundle : one))
    return { ...before, bundles: { ...before.bundles, data } }
  })
}

/** The looks of a business's clients, by name. */
export function presetsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['brand-presets', business_id],
    queryFn: async ({ signal }) =>
      (await api.call(listBrandPresets, { query: { business_id, per_page: 100 }, signal })).brand_presets
        .data,
  })
}

export function labelStocksQuery(api: Api) {
  return queryOptions({
    queryKey: ['label-stocks'],
    queryFn: async ({ signal }) => (await api.call(listLabelStocks, { signal })).label_stocks,
    staleTime: Infinity,
  })
}

export function previewQuery(api: Api, business_id: string, request: BundleRequest, page: number) {
  return queryOptions({
    queryKey: ['sheet-preview', business_id, request, page],
    queryFn: ({ signal }) => api.call(previewSheet, { body: { ...request, business_id, page }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
  })
}

function useAgain() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: ['export-bundles'] })
}

export function useMakeBundle(business_id: string) {
  const api = useApi()
  const onSuccess = useAgain()
  return useMutation({
    mutationFn: (request: BundleRequest) =>
      api.call(createExportBundle, { body: { ...request, business_id } }),
    onSuccess,
  })
}

export function useChangeBundle() {
  const api = useApi()
  const onSettled = useAgain()
  return useMutation({
    mutationFn: ({ id, status }: { id: string; status: 'cancelled' | 'paused' | 'queued' }) =>
      api.call(changeExportBundle, { params: { id }, body: { status } }),
    onSettled,
  })
}

export function useDeleteBundle() {
  const api = useApi()
  const onSettled = useAgain()
  return useMutation({
    mutationFn: (id: string) => api.call(deleteExportBundle, { params: { id } }),
    onSettled,
  })
}

export function useSaveBundle() {
  const api = useApi()
  return useMutation({
    mutationFn: async ({ bundle, format }: { bundle: ExportBundle; format: 'zip' | 'pdf' }) => {
      const params = { id: bundle.id }
      const response = await api.request(downloadExportBundle, { params, query: { format } })
      saveFile(await response.blob(), (bundle.filename ?? 'bundle.zip').replace(/zip$/, format))
    },
  })
}
