import type { Printer } from '#contract/printers.ts'
import { canPrint, PrinterTalk } from './printer-talk.ts'
import type { PrinterRow } from './table.ts'
import {
  PrinterProblem,
  type LineTransport,
  type PrinterStatus,
  type Transport,
} from './transports/transport.ts'

/** What was learnt of a printer; `proof` stays `unknown` as long as it could not be tried. */
export interface Seen {
  status: PrinterStatus
  proof: Printer['proof']
}

const openWithin = 8000
/** ESC @ throws unprinted letters away: an old printer may have taken the question of its proof for some. */
const reset = Buffer.from([0x1b, 0x40])

/**
 * Asks a printer how it is and, when it is not known yet, what it can prove. Nothing is printed. A printer that cannot
 * be reached is an answer, not an error.
 */
export async function askPrinter(transport: Transport, printer: Pick<PrinterRow, 'proof'>): Promise<Seen> {
  try {
    if (transport.kind === 'line') return await askOnLine(transport, printer)
    const status = await transport.status()
    return { status, proof: printer.proof === 'unknown' ? await transport.proof() : printer.proof }
  } catch (error) {
    if (!(error instanceof PrinterProblem)) throw error
    return { status: { state: error.state, reason: error.message }, proof: printer.proof }
  }
}

async function askOnLine(transport: LineTransport, { proof }: Pick<PrinterRow, 'proof'>): Promise<Seen> {
  const line = await transport.open(AbortSignal.timeout(openWithin))
  try {
    const talk = new PrinterTalk(line)
    const status = await talk.status()
    // One that never answers cannot be asked; what is known of one that is only silent now is kept.
    if (!status) return { status: silent, proof: proof === 'unknown' ? 'none' : proof }
    if (proof !== 'unknown' || !canPrint(status)) return { status, proof }
    const found = (await talk.provesById()) ? 'process_id' : (await talk.answersInTurn()) ? 'status' : 'none'
    await line.write(reset)
    await line.finish(1000)
    return { status, proof: found }
  } finally {
    line.destroy()
  }
}

const silent: PrinterStatus = {
  state: 'unknown',
  reason: 'It takes tickets but says nothing of itself. Print a test page and look at it.',
}
