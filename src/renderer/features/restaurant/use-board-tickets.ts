import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { PrintJob } from '#contract/print-jobs.ts'
import { useApi } from '../../lib/api.tsx'
import { useAppEvents } from '../../lib/app-events.ts'
import { boardTicketsQuery } from './queries.ts'

export type TicketState = 'held' | 'waiting' | 'printing' | 'printed'
export type TicketStates = Readonly<Record<string, TicketState>>

const states: Partial<Record<PrintJob['state'], TicketState>> = {
  held: 'held',
  waiting: 'waiting',
  printing: 'printing',
  printed: 'printed',
  sent: 'printed',
}
const worstFirst: readonly TicketState[] = ['held', 'waiting', 'printing', 'printed']

/** The state of the ticket of each order that needs most to be known. */
export function ticketStatesOf(
  jobs: readonly Pick<PrintJob, 'kind' | 'order_intent_id' | 'state'>[],
): TicketStates {
  const found: Record<string, TicketState> = {}
  for (const { kind, order_intent_id: id, state } of jobs) {
    const next = states[state]
    if (id === null || next === undefined || kind === 'drawer') continue
    const before = found[id]
    if (before === undefined || worstFirst.indexOf(next) < worstFirst.indexOf(before)) found[id] = next
  }
  return found
}

/** Asked again at most twice a second, however many tickets print. */
const pause = 500

export function useBoardTickets(): TicketStates {
  const api = useApi()
  const queries = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { data } = useQuery(boardTicketsQuery(api))
  useAppEvents(({ type }) => {
    if (type !== 'print_jobs.changed' || timer.current !== undefined) return
    timer.current = setTimeout(() => {
      timer.current = undefined
      void queries.invalidateQueries({ queryKey: ['board-tickets'] })
    }, pause)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return useMemo(() => ticketStatesOf(data ?? []), [data])
}
