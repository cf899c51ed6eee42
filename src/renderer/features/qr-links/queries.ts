import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { QueryOf } from '#contract/endpoint.ts'
import {
  changeQrLink,
  createQrLink,
  findQrLink,
  listQrLinkFacets,
  listQrLinks,
  listQrLinkScans,
  showQrLinkAnalytics,
  showQrLinkImage,
  type NewQrLink,
  type QrLinkChange,
} from '#contract/qr-links.ts'
import { useApi, type Api } from '../../lib/api.tsx'

export type LinksQuery = QueryOf<typeof listQrLinks>

/** A page of links. All queries of this feature stand under `qr-links`, which an event makes old as one. */
export function linksQuery(api: Api, query: LinksQuery) {
  return queryOptions({
    queryKey: ['qr-links', 'list', query],
    queryFn: async ({ signal }) => (await api.call(listQrLinks, { query, signal })).qr_links,
  })
}

export function facetsQuery(api: Api, businessId: string) {
  return queryOptions({
    queryKey: ['qr-links', 'facets', businessId],
    queryFn: async ({ signal }) =>
      (await api.call(listQrLinkFacets, { query: { business_id: businessId }, signal })).facets,
  })
}

/** One link with the version that an edit has to name. */
export function linkQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['qr-links', 'one', id],
    queryFn: async ({ signal }) => {
      const { data, headers } = await api.callWithHeaders(findQrLink, { params: { id }, signal })
      return { link: data.qr_link, etag: headers.get('etag') }
    },
  })
}

export function scansQuery(api: Api, id: string, page: number) {
  return queryOptions({
    queryKey: ['qr-links', 'scans', id, page],
    queryFn: async ({ signal }) =>
      (await api.call(listQrLinkScans, { params: { id }, query: { page, per_page: 10 }, signal })).scans,
  })
}

export function analyticsQuery(api: Api, id: string, query: QueryOf<typeof showQrLinkAnalytics>) {
  return queryOptions({
    queryKey: ['qr-links', 'analytics', id, query],
    queryFn: async ({ signal }) =>
      (await api.call(showQrLinkAnalytics, { params: { id }, query, signal })).analytics,
  })
}

export type ImageOptions = QueryOf<typeof showQrLinkImage>

/** The picture of a code. It is fetched, since an `<img src>` could not carry the session. */
export function imageQuery(api: Api, id: string, version: string, query: ImageOptions) {
  return queryOptions({
    queryKey: ['qr-images', id, version, query],
    queryFn: async ({ signal }) =>
      (await api.request(showQrLinkImage, { params: { id }, query, signal })).blob(),
    staleTime: Infinity,
  })
}

export type LinkSave =
  | { kind: 'new'; body: NewQrLink }
  /** Without `etag` whatever is stored is overwritten. */
  | { kind: 'change'; id: string; etag: string | null; body: QrLinkChange }

export function useSaveLink() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (save: LinkSave) => {
      if (save.kind === 'new') return (await api.call(createQrLink, { body: save.body })).qr_link
      const headers: Record<string, string> = save.etag === null ? {} : { 'If-Match': save.etag }
      return (await api.call(changeQrLink, { params: { id: save.id }, body: save.body, headers })).qr_link
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['qr-links'] }),
  })
}
