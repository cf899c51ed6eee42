import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useAppEvents } from '../../lib/app-events.ts'
import { OpenOrdersKeeper, openOrdersKey } from './open-orders.ts'

/** The open orders of a business, as they are on the server within a second. */
export function useOpenOrders(businessId: string) {
  const api = useApi()
  const queries = useQueryClient()
  const keeper = useMemo(() => new OpenOrdersKeeper({ api, queries, businessId }), [api, queries, businessId])
  useEffect(() => () => keeper.close(), [keeper])
  const query = useQuery({
    queryKey: openOrdersKey(businessId),
    queryFn: ({ signal }) => keeper.load(signal),
    staleTime: Infinity,
    refetchOnMount: 'always',
    // Events tell what changes; after a time without them everything is asked for again.
    refetchOnWindowFocus: false,
  })
  useAppEvents((told) => {
    if (told.type === 'connected') void queries.invalidateQueries({ queryKey: openOrdersKey(businessId) })
    if (told.type !== 'order_intents.changed') return
    if (told.business_id === businessId) keeper.note(told.id)
    void queries.invalidateQueries({ queryKey: ['one-order', told.id] })
  })
  const orders = useMemo(() => query.data && Object.values(query.data), [query.data])
  return { orders, keeper, error: query.error, retry: () => void query.refetch() }
}
