import type { PrintJob } from '#contract/print-jobs.ts'
import type { Ticket } from '#contract/ticket.ts'

/** A ticket to be put on paper. What it is printed on is settled when it is queued. */
export interface NewPrintJob {
  /** `order:revision:kind:station:copy`, so that one thing is queued once. */
  dedupeKey: string
  kind: Exclude<PrintJob['kind'], 'drawer' | 'test'>
  businessId: string
  orderIntentId: string
  orderNumber: string
  revision: number
  copy: number
  businessDay: string
  station: {
    id: string
    name: string
    prefix: string
    printerIds: readonly string[]
    afterDoubt: 'reprint' | 'ask'
    holdAfterMinutes: number
  } | null
  /** `station_number` is filled in here. */
  ticket: Ticket
}
