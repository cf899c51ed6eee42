import type { Host } from '#contract/host.ts'
import type { PrinterTransport } from '#contract/printers.ts'
import type { PrinterRow } from '../table.ts'
import type { TicketMaker } from '../ticket-maker.ts'
import { ippTransport } from './ipp.ts'
import type { Dots } from './pwg-raster.ts'
import { serialTransport } from './serial.ts'
import { spoolerTransport } from './spooler.ts'
import { starTransport } from './star.ts'
import { systemTransport } from './system.ts'
import { tcpTransport } from './tcp.ts'
import type { LineTransport, Transport } from './transport.ts'
import { usbTransport } from './usb.ts'
import { loadWinspool } from './winspool.ts'

/** What ways to printers take from elsewhere. */
export interface TransportParts {
  maker: Pick<TicketMaker, 'isEscPos' | 'png'>
  /** Bytes of a profile as a page of its paper, for printers that do not speak its language. */
  pdf: (bytes: Buffer, profileId: string) => Promise<Buffer>
  /** The same as dots. */
  dots: (bytes: Buffer, profileId: string) => Dots
  host: Pick<Host, 'printDocument'>
}

type Place = Pick<PrinterRow, 'transport' | 'address' | 'profile' | 'name'>

/** How bytes get to a printer. Opens nothing yet. */
export function transportOf(printer: Place, { maker, pdf, dots, host }: TransportParts): Transport {
  const { address, profile } = printer
  const spoken = (line: LineTransport): Transport => (maker.isEscPos(profile) ? line : starTransport(line))
  const ways: Record<PrinterTransport, () => Transport> = {
    tcp: () => spoken(tcpTransport(address)),
    usb: () => spoken(usbTransport(address)),
    serial: () => spoken(serialTransport(address)),
    ipp: () => {
      const pages = {
        pdf: (bytes: Buffer) => pdf(bytes, profile),
        dots: (bytes: Buffer) => dots(bytes, profile),
      }
      return ippTransport(address, pages)
    },
    spooler: () => spoolerTransport(address, loadWinspool),
    system: () => systemTransport(host, (bytes) => maker.png(bytes, profile)),
  }
  return ways[printer.transport]()
}
