import type { PaperWidth, Ticket, TicketFormat } from '#contract/ticket.ts'
import type { Db } from '../../db/schema.ts'

/** A ticket on its way to paper, as the spool takes it. */
export interface TicketJob {
  /** `order:revision:kind:station:copy`, so that one thing is queued once. */
  dedupeKey: string
  kind: 'kitchen' | 'guest' | 'void'
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
    printerIds: string[]
    afterDoubt: 'reprint' | 'ask'
    holdAfterMinutes: number
  } | null
  ticket: Ticket
}

/** The spool, as far as an order needs it. */
export interface PrintQueue {
  /** Writes the jobs in the order's own transaction. */
  enqueue(trx: Db, jobs: readonly TicketJob[], now: number): Promise<void>
  /** After the commit: there may be work. */
  wake(): void
}

export interface Drawn {
  type: string
  body: Buffer | string
}

/** Every form but JSON. `printerId` asks for that printer's own bytes. */
export type RenderTicket = (
  ticket: Ticket,
  options: { format: Exclude<TicketFormat, 'json'>; width: PaperWidth; printerId: string | null },
) => Promise<Drawn>

/** What the restaurant is handed by app.ts, as features do not know each other. */
export interface RestaurantParts {
  print: PrintQueue
  renderTicket: RenderTicket
  /** Where a table's code leads; null while the guest page is closed. */
  guestUrl: (code: string) => string | null
  /** What a QR link's code carries; null when it is not there or another business's. */
  linkUrl: (db: Db, id: string, businessId: string) => Promise<string | null>
  drawCode: (text: string, options: { format: 'svg' | 'png'; size: number | undefined }) => Promise<Drawn>
}
