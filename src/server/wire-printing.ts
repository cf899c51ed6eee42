import type { Context } from './context.ts'
import { discoverPrinters, type DiscoverPrinters } from './features/printing/discovery.ts'
import { Spool } from './features/printing/spool.ts'
import type { PrinterRow } from './features/printing/table.ts'
import type { TicketMaker } from './features/printing/ticket-maker.ts'
import { transportOf, type TransportParts } from './features/printing/transports/transport-of.ts'
import { drawTape } from './features/tickets/draw-tape.ts'
import { encodeDrawerPulse } from './features/tickets/encode-drawer-pulse.ts'
import { encodeMark } from './features/tickets/encode-mark.ts'
import { encodeTestPage } from './features/tickets/encode-test-page.ts'
import { encodeTicket, type TicketPress } from './features/tickets/encode-ticket.ts'
import { findProfile, listProfiles } from './features/tickets/printer-profiles.ts'
import type { Layout } from './features/tickets/layout.ts'
import type { PrinterProfile } from './features/tickets/profile.ts'
import { readTicket } from './features/tickets/read-ticket.ts'
import { ticketPdf } from './features/tickets/ticket-pdf.ts'
import { ticketPng } from './features/tickets/ticket-png.ts'

/** The spool with everything that it takes from the making of tickets. */
export function makeSpool(context: Context, press: TicketPress): Spool {
  const maker = makeTicketMaker(press)
  const parts: TransportParts = {
    maker,
    host: context.host,
    dots: (bytes, profileId) => {
      const profile = profileOf(profileId)
      return drawTape(readTicket(bytes, profile), profile.dots, press.fonts)
    },
    pdf: (bytes, profileId) => {
      const profile = profileOf(profileId)
      const noWords: Layout = { kind: 'test', columns: profile.columns, locale: 'en', blocks: [] }
      return ticketPdf(bytes, noWords, profile, press)
    },
  }
  return new Spool(context, maker, (printer: PrinterRow) => transportOf(printer, parts))
}

/** Looks for printers in every place where this machine may know some. */
export function makeDiscovery(): DiscoverPrinters {
  return (options) => discoverPrinters(options)
}

export function makeTicketMaker(press: TicketPress): TicketMaker {
  return {
    encode: (ticket, profileId) => encodeTicket(ticket, profileOf(profileId), press),
    mark: (mark, profileId) => encodeMark(mark, profileOf(profileId)),
    testPage: (profileId, shopName) => encodeTestPage(profileOf(profileId), shopName, press),
    drawerPulse: (profileId) => encodeDrawerPulse(profileOf(profileId), 0),
    png: (bytes, profileId) => ticketPng(bytes, profileOf(profileId), press),
    isEscPos: (profileId) => profileOf(profileId).language === 'escpos',
    profiles: () =>
      listProfiles().map(({ id, name, language, widthMm }) => ({
        id,
        name,
        language,
        width: widthMm === 58 ? '58' : '80',
      })),
  }
}

/** A model that a later version took out of the table prints as a plain one. */
function profileOf(id: string): PrinterProfile {
  return findProfile(id) ?? findProfile('generic-80')!
}
