import { queryOptions } from '@tanstack/react-query'
import { showGuestAccess } from '#contract/guest-access.ts'
import type { Api } from './api.tsx'

/** Whether guests on the same network reach the guest page, and where. */
export function guestAccessQuery(api: Api) {
  return queryOptions({
    queryKey: ['guest-access'],
    queryFn: async ({ signal }) => (await api.call(showGuestAccess, { signal })).guest_access,
  })
}
