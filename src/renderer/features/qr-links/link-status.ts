import type { QrLink } from '#contract/qr-links.ts'
import type { LinkStatus } from './qr-link-search.ts'

/** As the server filters: paused wins over the dates, then expired, then scheduled. `now` in milliseconds. */
export function statusOf(
  link: Pick<QrLink, 'is_active' | 'starts_at' | 'expires_at'>,
  now: number,
): LinkStatus {
  if (!link.is_active) return 'paused'
  if (link.expires_at !== null && Date.parse(link.expires_at) <= now) return 'expired'
  return link.starts_at !== null && Date.parse(link.starts_at) > now ? 'scheduled' : 'active'
}
