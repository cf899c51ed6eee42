import { decodeEscPos } from './decode-escpos.ts'
import { decodeStar } from './decode-star.ts'
import type { PrinterProfile } from './profile.ts'
import type { Tape } from './tape.ts'

/** What the printer of a profile makes of bytes. */
export function readTicket(bytes: Buffer, { language, codePages }: PrinterProfile): Tape {
  return language === 'escpos' ? decodeEscPos(bytes, codePages) : decodeStar(bytes, codePages)
}
