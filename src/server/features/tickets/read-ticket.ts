import { decodeEscPos } from './decode-escpos.ts'
import { decodeStar } from './decode-star.ts'
import { drawTape } from './draw-tape.ts'
import type { TicketPress } from './encode-ticket.ts'
import type { PrinterProfile } from './profile.ts'
import type { Tape } from './tape.ts'

/** What the printer of a profile makes of bytes. */
export function readTicket(bytes: Buffer, { language, codePages }: PrinterProfile): Tape {
  return language === 'escpos' ? decodeEscPos(bytes, codePages) : decodeStar(bytes, codePages)
}

/** The paper as a PNG, decoded from the very bytes that go to the printer: a dot each, black on white. */
export function ticketPng(bytes: Buffer, profile: PrinterProfile, press: TicketPress): Buffer {
  return drawTape(readTicket(bytes, profile), profile.dots, press.fonts)
}
