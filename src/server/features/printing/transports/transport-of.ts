import type { PrinterRow } from '../table.ts'
import type { TicketMaker } from '../ticket-maker.ts'
import { tcpTransport } from './tcp.ts'
import { PrinterProblem, type Transport } from './transport.ts'

/** How bytes get to a printer. */
export function transportOf(printer: PrinterRow, _maker: TicketMaker): Transport {
  if (printer.transport === 'tcp') return tcpTransport(printer.address)
  return {
    kind: 'line',
    open: () =>
      Promise.reject(new PrinterProblem('Printers connected like this cannot be used yet.', 'error')),
  }
}
