import { CalendarClock, CircleCheck, CirclePause, CircleX, type LucideIcon } from 'lucide-react'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx'
import type { LinkStatus } from './qr-link-search.ts'

const looks: Record<LinkStatus, { icon: LucideIcon; tone: Tone; name: MessageId }> = {
  active: { icon: CircleCheck, tone: 'good', name: 'links.status.active' },
  paused: { icon: CirclePause, tone: 'calm', name: 'links.status.paused' },
  scheduled: { icon: CalendarClock, tone: 'accent', name: 'links.status.scheduled' },
  expired: { icon: CircleX, tone: 'warn', name: 'links.status.expired' },
}

export const statusNames = Object.fromEntries(
  Object.entries(looks).map(([status, { name }]) => [status, name]),
) as Record<LinkStatus, MessageId>

export function LinkBadge({ status }: { status: LinkStatus }) {
  const t = useTranslate()
  const { icon, tone, name } = looks[status]
  return (
    <StatusBadge icon={icon} tone={tone}>
      {t(name)}
    </StatusBadge>
  )
}
