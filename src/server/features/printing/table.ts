import type { Selectable } from 'kysely'
import type { PrintAttempt, PrintJob } from '#contract/print-jobs.ts'
import type { Printer } from '#contract/printers.ts'

export interface PrintersTable {
  id: string
  name: string
  transport: Printer['transport']
  address: string
  profile: string
  width: Printer['width']
  is_exclusive: number
  has_drawer: number
  is_paused: number
  proof: Printer['proof']
  /** Whether it tells how often its knife has cut; null until it was asked. */
  counts_cuts: number | null
  state: Printer['state']
  state_reason: string | null
  state_at: string | null
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}
export type PrinterRow = Selectable<PrintersTable>

export interface PrintJobsTable {
  id: string
  /** order:revision:kind:station:copy, so that one thing is queued once. */
  dedupe_key: string
  kind: PrintJob['kind']
  business_id: string | null
  order_intent_id: string | null
  order_number: string | null
  revision: number
  copy: number
  station_id: string | null
  station_name: string | null
  station_seq: number | null
  station_number: string | null
  business_day: string | null
  /** JSON, see `Ticket`; null for a drawer or a test page. */
  ticket: string | null
  bytes: Buffer | null
  /** The profile that `bytes` were made for; another printer gets its own from `ticket`. */
  bytes_profile: string | null
  /** Offset in `bytes` at which REPRINT and BACKUP heads go in. */
  mark_at: number
  /** JSON array, in the order they are tried. */
  printer_ids: string
  printer_id: string | null
  after_doubt: 'reprint' | 'ask'
  is_reprint: number
  state: PrintJob['state']
  reason: string | null
  /** Not before this. */
  due_at: string
  /** Not by itself after this: a person decides. */
  hold_at: string | null
  created_at: string
  updated_at: string
}
export type PrintJobRow = Selectable<PrintJobsTable>

export interface PrintAttemptsTable {
  id: string
  print_job_id: string
  number: number
  printer_id: string
  mark: PrintAttempt['mark']
  process_id: string | null
  /** JSON: the cutter's counter or another maker's evidence, before and after. */
  evidence_before: string | null
  evidence_after: string | null
  outcome: PrintAttempt['outcome']
  reason: string | null
  started_at: string
  ended_at: string | null
}
export type PrintAttemptRow = Selectable<PrintAttemptsTable>
