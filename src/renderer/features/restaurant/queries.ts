import { queryOptions } from '@tanstack/react-query'
import type { QueryOf } from '#contract/endpoint.ts'
import { listMenuItems } from '#contract/menu-items.ts'
import {
  findOrderIntent,
  listOrderIntents,
  showDaySummary,
  showOrderTicket,
} from '#contract/order-intents.ts'
import { listPrintJobs, showPrintJobPreview, showPrintTrouble } from '#contract/print-jobs.ts'
import { listServiceRequests } from '#contract/service-requests.ts'
import { listTables } from '#contract/tables.ts'
import { allPages } from '../../lib/all-pages.ts'
import type { Api } from '../../lib/api.tsx'

/** Everything that is short is asked for whole; the keys stand under the names that live events make old. */
export function menuQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['menu-items', 'entry', business_id],
    queryFn: ({ signal }) =>
      allPages(async (page) => {
        const query = { business_id, page, per_page: 100 }
        return (await api.call(listMenuItems, { query, signal })).menu_items
      }),
  })
}

export function tablesQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['tables', 'entry', business_id],
    queryFn: ({ signal }) =>
      allPages(async (page) => {
        const query = { business_id, page, per_page: 100 }
        return (await api.call(listTables, { query, signal })).tables
      }),
  })
}

/** Calls that nobody has answered yet, the oldest first. */
export function openCallsQuery(api: Api, business_id: string) {
  return queryOptions({
    queryKey: ['service-requests', 'open', business_id],
    queryFn: async ({ signal }) => {
      const query = { business_id, status: 'open', per_page: 100 } as const
      return (await api.call(listServiceRequests, { query, signal })).service_requests.data
    },
  })
}

/** One order. Its key stands outside of `order-intents`: only what happens to this order makes it old. */
export function orderQuery(api: Api, id: string) {
  return queryOptions({
    queryKey: ['one-order', id],
    queryFn: async ({ signal }) => (await api.call(findOrderIntent, { params: { id }, signal })).order_intent,
  })
}

export type OrdersQuery = QueryOf<typeof listOrderIntents>

/** Orders of a day. On a busy evening events come too often to ask again at each: the screen does so at its pace. */
export function dayOrdersQuery(api: Api, query: OrdersQuery) {
  return queryOptions({
    queryKey: ['day-orders', query],
    queryFn: async ({ signal }) => (await api.call(listOrderIntents, { query, signal })).order_intents,
  })
}

export function daySummaryQuery(api: Api, business_id: string, day: string) {
  return queryOptions({
    queryKey: ['day-summary', business_id, day],
    queryFn: async ({ signal }) =>
      (await api.call(showDaySummary, { params: { day }, query: { business_id }, signal })).day,
  })
}

/** The tickets of an order as they went to printers. */
export function ticketsOfOrderQuery(api: Api, order_intent_id: string) {
  return queryOptions({
    queryKey: ['print-jobs', 'order', order_intent_id],
    queryFn: async ({ signal }) =>
      (await api.call(listPrintJobs, { query: { order_intent_id, per_page: 100 }, signal })).print_jobs.data,
  })
}

/** What the board's cards say of their tickets: all that are stuck, and the newest hundred. */
export function boardTicketsQuery(api: Api) {
  return queryOptions({
    queryKey: ['board-tickets'],
    queryFn: async ({ signal }) => {
      const ask = (query: QueryOf<typeof listPrintJobs>) => api.call(listPrintJobs, { query, signal })
      const newest = (await ask({ per_page: 100 })).print_jobs.data
      const stuck = await allPages(
        async (page) => (await ask({ state: 'stuck', per_page: 100, page })).print_jobs,
      )
      return [...stuck, ...newest]
    },
    retry: false,
  })
}

export function printTroubleQuery(api: Api) {
  return queryOptions({
    queryKey: ['print-jobs', 'trouble'],
    queryFn: async ({ signal }) => (await api.call(showPrintTrouble, { signal })).trouble,
  })
}

/** A ticket as it would print now, for a station or, with null, for the guest. */
export function ticketPictureQuery(api: Api, id: string, revision: number, station_id: string | null) {
  return queryOptions({
    queryKey: ['ticket-picture', id, revision, station_id],
    queryFn: async ({ signal }) => {
      const query = { format: 'png', width: '80', station_id } as const
      return (await api.request(showOrderTicket, { params: { id }, query, signal })).blob()
    },
    retry: false,
  })
}

/** A ticket decoded from the very bytes that went to its printer. */
export function jobPictureQuery(api: Api, id: string, version: string) {
  return queryOptions({
    queryKey: ['job-picture', id, version],
    queryFn: async ({ signal }) =>
      (await api.request(showPrintJobPreview, { params: { id }, query: { format: 'png' }, signal })).blob(),
    retry: false,
    staleTime: Infinity,
  })
}
