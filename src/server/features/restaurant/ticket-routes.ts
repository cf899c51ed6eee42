import { createHash } from 'node:crypto'
import { ValidationFailed } from '#contract/errors.ts'
import { showOrderTicket } from '#contract/order-intents.ts'
import type { Ticket } from '#contract/ticket.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { guestTicket, kitchenTickets } from './order-tickets.ts'
import { findOrder } from './orders-routes.ts'
import type { Drawn, RenderTicket } from './restaurant-parts.ts'
import type { OrderIntentRow } from './table.ts'
import { ticketSourceOf } from './ticket-jobs.ts'

/** A ticket as it would print now. Its ETag is the SHA-256 of exactly the bytes that are answered. */
export function serveTickets(mount: Mount, renderTicket: RenderTicket): void {
  mount(showOrderTicket, {
    find: findOrder,
    handle: async ({ db, row, query }) => {
      const { format = 'json', width = '80', station_id, printer_id } = query
      if (printer_id) await refuseUnknownPrinter(db, printer_id)
      const ticket = await ticketOf(db, row, station_id ?? null)
      const { type, body } =
        format === 'json'
          ? jsonTicket(ticket)
          : await renderTicket(ticket, { format, width, printerId: printer_id ?? null })
      const hash = createHash('sha256').update(body).digest('hex')
      return new RawReply(type, body, { ETag: `"${hash}"` })
    },
  })
}

function jsonTicket(ticket: Ticket): Drawn {
  return { type: 'application/json', body: JSON.stringify({ ticket }) }
}

async function ticketOf(db: Db, row: OrderIntentRow, stationId: string | null): Promise<Ticket> {
  const source = await ticketSourceOf(db, row.business_id)
  if (stationId === null) return guestTicket(source, row)
  if (!source.stations.some(({ id }) => id === stationId)) {
    throw new ValidationFailed({ station_id: ['The selected station id is invalid.'] })
  }
  const found = kitchenTickets(source, row).find(({ station }) => station?.id === stationId)
  if (!found) throw new ValidationFailed({ station_id: ['This order has nothing for this station.'] })
  return { ...found.ticket, ...(await printedAs(db, row.id, stationId)) }
}

/** The number and revision that the station's latest paper carries, where one was made. */
async function printedAs(
  db: Db,
  orderId: string,
  stationId: string,
): Promise<Pick<Ticket, 'station_number' | 'revision'> | undefined> {
  const job = await db
    .selectFrom('print_jobs')
    .select(['station_number', 'ticket'])
    .where('order_intent_id', '=', orderId)
    .where('station_id', '=', stationId)
    .where('kind', '=', 'kitchen')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!job) return undefined
  const { revision } = JSON.parse(job.ticket ?? '{"revision":1}') as Pick<Ticket, 'revision'>
  return { station_number: job.station_number, revision }
}

async function refuseUnknownPrinter(db: Db, id: string): Promise<void> {
  const printer = await db
    .selectFrom('printers')
    .select('id')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!printer) throw new ValidationFailed({ printer_id: ['The selected printer id is invalid.'] })
}
