import { pageNumber, paginate, type Paginator } from '#contract/pagination.ts'
import type { FastifyRequest } from 'fastify'

interface ListCall {
  request: FastifyRequest
  origin: string
  query: { page?: number | string; per_page?: number }
  sentQuery: Record<string, unknown>
}

/** The rows that a page's query asks for. */
export function windowOf(query: ListCall['query']): { limit: number; offset: number } {
  const limit = query.per_page ?? 25
  return { limit, offset: (pageNumber(query.page) - 1) * limit }
}

/**
 * Laravel's paginator around the rows that `load` gets. A page that is no positive integer is the first; one past
 * the end is empty.
 */
export async function pageOf<Row>(
  { request, origin, query, sentQuery }: ListCall,
  total: number,
  load: (window: { limit: number; offset: number }) => Promise<Row[]>,
): Promise<Paginator<Row>> {
  const { limit: perPage, offset } = windowOf(query)
  const page = pageNumber(query.page)
  const items = offset < total ? await load({ limit: perPage, offset }) : []
  const path = `${origin}${(request.url.split('?', 1)[0] ?? '').replace(/\/+$/, '')}`
  return paginate({ items, total, page, perPage, path, query: sentQuery })
}
