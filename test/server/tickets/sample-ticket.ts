import { fileURLToPath } from 'node:url'
import type { Ticket, TicketLine } from '#contract/ticket.ts'
import { createTicketPress, type TicketPress } from '#server/features/tickets/encode-ticket.ts'
import { findProfile } from '#server/features/tickets/printer-profiles.ts'
import type { PrinterProfile } from '#server/features/tickets/profile.ts'

export function sampleLine(changes: Partial<TicketLine> = {}): TicketLine {
  return { quantity: 1, name: 'Soup', modifiers: [], allergens: [], note: null, total: 750, ...changes }
}

/** A kitchen ticket with one soup. */
export function sampleTicket(changes: Partial<Ticket> = {}): Ticket {
  return {
    kind: 'kitchen',
    order_intent_id: null,
    revision: 1,
    shop: { name: 'Cafe', lines: [], logo: null },
    order_number: '42',
    station_number: 'K-0042',
    station: 'Grill',
    service_type: 'dine_in',
    table: '7',
    guest_count: null,
    customer: null,
    lines: [sampleLine()],
    notes: null,
    placed_at: '2026-11-23T09:30:00.000000Z',
    accepted_at: null,
    timezone: 'Europe/Amsterdam',
    locale: 'en-GB',
    currency: 'EUR',
    total: null,
    qr: null,
    footer: null,
    ...changes,
  }
}

export function profileOf(id: string): PrinterProfile {
  const profile = findProfile(id)
  if (profile === undefined) throw new Error(`no profile ${id}`)
  return profile
}

export function samplePress(): TicketPress {
  return createTicketPress(fileURLToPath(new URL('../../../node_modules/@fontsource', import.meta.url)))
}
