import { ValidationFailed } from '#contract/errors.ts'
import type { Db } from './db/schema.ts'
import type { RenderTicket } from './features/restaurant/restaurant-parts.ts'
import { encodeTicket, type TicketPress } from './features/tickets/encode-ticket.ts'
import { findProfile } from './features/tickets/printer-profiles.ts'
import type { PrinterProfile } from './features/tickets/profile.ts'

/** Tickets in every form but JSON, as the printer asked for, or a plain one of the width, would have them. */
export function makeRenderTicket(db: Db, press: TicketPress): RenderTicket {
  return async (ticket, { format, width, printerId }) => {
    const profile = await profileFor(db, width, printerId)
    if (format === 'escpos') {
      const { bytes } = await encodeTicket(ticket, profile, press)
      return { type: 'application/octet-stream', body: bytes }
    }
    throw new ValidationFailed({
      format: [`Tickets cannot be had as ${format} here. Ask for json or escpos.`],
    })
  }
}

async function profileFor(db: Db, width: '58' | '80', printerId: string | null): Promise<PrinterProfile> {
  const printer =
    printerId === null
      ? undefined
      : await db.selectFrom('printers').select('profile').where('id', '=', printerId).executeTakeFirst()
  const plain = findProfile(`generic-${width}`)!
  return printer === undefined ? plain : (findProfile(printer.profile) ?? plain)
}
