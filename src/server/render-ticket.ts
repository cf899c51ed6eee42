import type { Ticket } from '#contract/ticket.ts'
import type { Db } from './db/schema.ts'
import type { RenderTicket } from './features/restaurant/restaurant-parts.ts'
import { encodeTicket, type TicketPress } from './features/tickets/encode-ticket.ts'
import { layOutTicket } from './features/tickets/lay-out-ticket.ts'
import { findProfile } from './features/tickets/printer-profiles.ts'
import type { PrinterProfile } from './features/tickets/profile.ts'
import { ticketHtml } from './features/tickets/ticket-html.ts'
import { ticketPdf } from './features/tickets/ticket-pdf.ts'
import { ticketPng } from './features/tickets/ticket-png.ts'
import { ticketText } from './features/tickets/ticket-text.ts'

/** Tickets in every form but JSON, as the printer asked for, or a plain one of the width, would have them. */
export function makeRenderTicket(db: Db, press: TicketPress): RenderTicket {
  return async (ticket, { format, width, printerId }) => {
    const profile = await profileFor(db, width, printerId)
    const layout = layOutTicket(ticket, profile)
    if (format === 'text') return { type: 'text/plain; charset=utf-8', body: ticketText(layout) }
    if (format === 'html') {
      return { type: 'text/html; charset=utf-8', body: ticketHtml(layout, profile.widthMm, titleOf(ticket)) }
    }
    const { bytes } = await encodeTicket(ticket, profile, press)
    if (format === 'png') return { type: 'image/png', body: ticketPng(bytes, profile, press) }
    if (format === 'pdf') {
      return { type: 'application/pdf', body: await ticketPdf(bytes, layout, profile, press) }
    }
    return { type: 'application/octet-stream', body: bytes }
  }
}

function titleOf({ order_number, station }: Ticket): string {
  return [order_number, station].filter(Boolean).join(' · ')
}

async function profileFor(db: Db, width: '58' | '80', printerId: string | null): Promise<PrinterProfile> {
  const printer =
    printerId === null
      ? undefined
      : await db.selectFrom('printers').select('profile').where('id', '=', printerId).executeTakeFirst()
  const plain = findProfile(`generic-${width}`)!
  return printer === undefined ? plain : (findProfile(printer.profile) ?? plain)
}
