import {
  CircleCheck,
  CirclePause,
  FileX2,
  Hourglass,
  Printer,
  Replace,
  Send,
  type LucideIcon,
} from 'lucide-react'
import type { PrintJobState } from '#contract/print-jobs.ts'
import type { MessageId } from '../../lib/translate.ts'
import type { Tone } from '../../ui/status-badge.tsx'

export const ticketLooks: Record<PrintJobState, { icon: LucideIcon; tone: Tone; name: MessageId }> = {
  waiting: { icon: Hourglass, tone: 'warn', name: 'ticket.state.waiting' },
  printing: { icon: Printer, tone: 'accent', name: 'ticket.state.printing' },
  printed: { icon: CircleCheck, tone: 'good', name: 'ticket.state.printed' },
  sent: { icon: Send, tone: 'good', name: 'ticket.state.sent' },
  held: { icon: CirclePause, tone: 'bad', name: 'ticket.state.held' },
  skipped: { icon: FileX2, tone: 'calm', name: 'ticket.state.skipped' },
  superseded: { icon: Replace, tone: 'calm', name: 'ticket.state.superseded' },
}
