import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  Check,
  CircleHelp,
  ConciergeBell,
  GlassWater,
  HandPlatter,
  Receipt,
  Sparkles,
  Utensils,
  type LucideIcon,
} from 'lucide-react'
import {
  resolveServiceRequest,
  type ServiceRequest,
  type ServiceRequestKind,
} from '#contract/service-requests.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { useToast } from '../../ui/toast.tsx'
import { AgeBadge } from './age-badge.tsx'
import { openCallsQuery } from './queries.ts'
import { useRestaurant } from './restaurant-context.ts'
import styles from './board.module.css'

const kinds: Record<ServiceRequestKind, { icon: LucideIcon; name: MessageId }> = {
  waiter: { icon: HandPlatter, name: 'call.waiter' },
  bill: { icon: Receipt, name: 'call.bill' },
  water: { icon: GlassWater, name: 'call.water' },
  cutlery: { icon: Utensils, name: 'call.cutlery' },
  clean: { icon: Sparkles, name: 'call.clean' },
  help: { icon: CircleHelp, name: 'call.help' },
  other: { icon: ConciergeBell, name: 'call.other' },
}

/** Guests who call for somebody, the oldest first; one touch says that somebody went. */
export function ServiceStrip() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: calls = [] } = useQuery(openCallsQuery(api, current.id))
  const resolve = useResolveCall()
  if (calls.length === 0) return null
  return (
    <section className={styles.calls} aria-label={t('call.title')}>
      <ul className={styles.callList}>
        {calls.map((call) => (
          <li key={call.id}>
            <CallButton call={call} resolve={() => resolve.mutate({ call, undo: false })} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function CallButton({ call, resolve }: { call: ServiceRequest; resolve: () => void }) {
  const t = useTranslate()
  const { limits } = useRestaurant()
  const { icon: Icon, name } = kinds[call.kind]
  const table = call.table ?? t('call.noTable')
  return (
    <button
      type="button"
      className={styles.call}
      aria-label={t('call.resolve', { table, kind: t(name) })}
      onClick={resolve}
    >
      <Icon aria-hidden />
      <span className={styles.callText}>
        <span className={styles.callTable} dir="auto">
          {table}
        </span>
        <span>{t(name)}</span>
        {call.note !== null && (
          <span className={styles.callNote} dir="auto">
            {call.note}
          </span>
        )}
      </span>
      <AgeBadge since={call.created_at} limits={limits} />
      <Check aria-hidden />
    </button>
  )
}

/** Takes a call off the strip at once, and puts it back when that is undone or refused. */
function useResolveCall() {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const queries = useQueryClient()
  const { undo } = useRestaurant()
  const { current } = useBusiness()
  const { queryKey } = openCallsQuery(api, current.id)
  const mutation = useMutation({
    mutationFn: ({ call, undo: isUndo }: { call: ServiceRequest; undo: boolean }) =>
      api.call(resolveServiceRequest, { params: { id: call.id }, body: isUndo ? { undo: true } : {} }),
    onMutate: ({ call, undo: isUndo }) =>
      queries.setQueryData(queryKey, (all) => (isUndo ? all : all?.filter(({ id }) => id !== call.id))),
    onSuccess: (_, { call, undo: isUndo }) => {
      if (isUndo) return
      const table = call.table ?? t('call.noTable')
      undo.offer(t('call.resolved', { table, kind: t(kinds[call.kind].name) }), () =>
        mutation.mutate({ call, undo: true }),
      )
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['service-requests'] }),
  })
  return mutation
}
