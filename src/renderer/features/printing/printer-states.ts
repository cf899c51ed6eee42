import {
  CircleCheck,
  CircleHelp,
  CircleSlash,
  DoorOpen,
  Hourglass,
  OctagonAlert,
  Printer as PrinterIcon,
  ScrollText,
  type LucideIcon,
} from 'lucide-react'
import type { PrintJobState } from '#contract/print-jobs.ts'
import type { PrinterProof, PrinterState, PrinterTransport } from '#contract/printers.ts'
import type { MessageId } from '../../lib/translate.ts'
import type { Tone } from '../../ui/status-badge.tsx'

interface Look {
  icon: LucideIcon
  tone: Tone
  name: MessageId
}

export const printerStates: Record<PrinterState, Look> = {
  unknown: { icon: CircleHelp, tone: 'calm', name: 'printer.state.unknown' },
  ready: { icon: CircleCheck, tone: 'good', name: 'printer.state.ready' },
  printing: { icon: PrinterIcon, tone: 'accent', name: 'printer.state.printing' },
  paper_low: { icon: ScrollText, tone: 'warn', name: 'printer.state.paper_low' },
  paper_out: { icon: ScrollText, tone: 'bad', name: 'printer.state.paper_out' },
  cover_open: { icon: DoorOpen, tone: 'bad', name: 'printer.state.cover_open' },
  error: { icon: OctagonAlert, tone: 'bad', name: 'printer.state.error' },
  busy: { icon: Hourglass, tone: 'warn', name: 'printer.state.busy' },
  offline: { icon: CircleSlash, tone: 'bad', name: 'printer.state.offline' },
}

export const jobStates: Record<PrintJobState, Look> = {
  waiting: { icon: Hourglass, tone: 'warn', name: 'job.state.waiting' },
  printing: { icon: PrinterIcon, tone: 'accent', name: 'job.state.printing' },
  printed: { icon: CircleCheck, tone: 'good', name: 'job.state.printed' },
  sent: { icon: CircleHelp, tone: 'calm', name: 'job.state.sent' },
  held: { icon: OctagonAlert, tone: 'bad', name: 'job.state.held' },
  skipped: { icon: CircleSlash, tone: 'calm', name: 'job.state.skipped' },
  superseded: { icon: CircleSlash, tone: 'calm', name: 'job.state.superseded' },
}

export const transportNames: Record<PrinterTransport, MessageId> = {
  tcp: 'printer.transport.tcp',
  usb: 'printer.transport.usb',
  serial: 'printer.transport.serial',
  ipp: 'printer.transport.ipp',
  spooler: 'printer.transport.spooler',
  system: 'printer.transport.system',
}

/** What a person may rely on, by what the printer can prove. */
export const proofNotes: Record<PrinterProof, MessageId> = {
  unknown: 'printer.proof.unknown',
  process_id: 'printer.proof.paper',
  status: 'printer.proof.status',
  ipp: 'printer.proof.ipp',
  star_counter: 'printer.proof.paper',
  none: 'printer.proof.none',
}
