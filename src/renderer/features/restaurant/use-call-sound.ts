import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useApi } from '../../lib/api.tsx'
import { openCallsQuery } from './queries.ts'

/** Plays once for every call that comes while somebody looks on; those that were open before stay silent. */
export function useCallSound(businessId: string, play: () => void): void {
  const api = useApi()
  const { data: calls } = useQuery(openCallsQuery(api, businessId))
  const known = useRef<ReadonlySet<string>>(undefined)
  const sound = useEffectEvent(play)
  useEffect(() => {
    if (!calls) return
    const before = known.current
    known.current = new Set([...(before ?? []), ...calls.map(({ id }) => id)])
    if (before && calls.some(({ id }) => !before.has(id))) sound()
  }, [calls])
}
