import { encodePng } from './bitmap-png.ts'
import { drawTape } from './draw-tape.ts'
import type { TicketPress } from './encode-ticket.ts'
import type { PrinterProfile } from './profile.ts'
import { readTicket } from './read-ticket.ts'

/** The paper as a PNG, decoded from the very bytes that go to the printer: a pixel a dot, black on white. */
export function ticketPng(bytes: Buffer, profile: PrinterProfile, press: TicketPress): Buffer {
  return encodePng(drawTape(readTicket(bytes, profile), profile.dots, press.fonts))
}
