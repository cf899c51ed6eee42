import { randomInt } from 'node:crypto'
import type { Context } from '../../context.ts'
import { endAttempt, startAttempt, type AttemptEnd } from './print-jobs-store.ts'
import { canPrint, inTurnQuestion, PrinterTalk, proofTrailer } from './printer-talk.ts'
import { markOf, settleDoubt } from './settle-doubt.ts'
import type { PrintAttemptRow, PrinterRow, PrintJobRow } from './table.ts'
import type { CopyMark, TicketMaker } from './ticket-maker.ts'
import { PrinterProblem, type Line, type LineTransport, type PrinterStatus } from './transports/transport.ts'

export interface PrintOnLine {
  context: Context
  maker: TicketMaker
  transport: LineTransport
  printer: PrinterRow
  job: PrintJobRow
  /** An attempt of this job whose end nobody knows. */
  open: PrintAttemptRow | undefined
  signal: AbortSignal
  sawPrinter: (printerId: string, status: PrinterStatus) => Promise<void>
}

export type Outcome = { kind: 'done' } | { kind: 'waits'; problem: PrinterProblem }

/** How long a printer that says it is well may take from the last byte to the proof, milliseconds. */
const proofWithin = 15_000
/** How often it is asked meanwhile how it is. */
const askEvery = 1500
/** A printer in the middle of a picture takes everything for dots: so many zeros end any. */
const resync = Buffer.alloc(8192)

/**
 * Prints one job over a line, or settles how its last attempt ended. Opens, asks, writes the attempt down, sends,
 * waits for the proof, closes: a network board serves one computer at a time, so the line is never kept. Throws
 * `PrinterProblem` where nothing was sent.
 */
export async function printOnLine(print: PrintOnLine): Promise<Outcome> {
  const line = await print.transport.open(print.signal)
  try {
    const talk = new PrinterTalk(line)
    const status = await askStatus(line, talk, print)
    if (status && !canPrint(status)) {
      return { kind: 'waits', problem: new PrinterProblem(status.reason ?? 'It is not ready.', status.state) }
    }
    const counter = await readCounter(talk, print)
    if (print.open) {
      await settleDoubt(
        print.context.database.db,
        print.open,
        print.printer,
        { counter },
        print.context.clock(),
      )
      return { kind: 'done' }
    }
    return await send(print, line, talk, counter)
  } finally {
    line.destroy()
  }
}

async function askStatus(
  line: Line,
  talk: PrinterTalk,
  { printer, sawPrinter }: PrintOnLine,
): Promise<PrinterStatus | undefined> {
  let status = await talk.status()
  if (!status && printer.proof !== 'none' && printer.proof !== 'unknown') {
    for (let turn = 0; turn < 3 && !status; turn++) {
      await line.write(resync)
      status = await talk.status()
    }
    if (!status) {
      throw new PrinterProblem('It takes the connection but does not answer. Switch it off and on again.')
    }
  }
  if (status) await sawPrinter(printer.id, status)
  return status
}

/**
 * Only printers that prove by process id are known to count. One that does not answer is not asked again: each ticket
 * would wait for its silence.
 */
async function readCounter(
  talk: PrinterTalk,
  { printer, context }: PrintOnLine,
): Promise<number | undefined> {
  if (printer.proof !== 'process_id' || printer.counts_cuts === 0) return undefined
  const counter = await talk.counter()
  const counts_cuts = counter === undefined ? 0 : 1
  if (printer.counts_cuts !== counts_cuts) {
    const known = context.database.db.updateTable('printers').set({ counts_cuts })
    await known.where('id', '=', printer.id).execute()
  }
  return counter
}

async function send(
  print: PrintOnLine,
  line: Line,
  talk: PrinterTalk,
  counter: number | undefined,
): Promise<Outcome> {
  const { context, printer, job } = print
  const { db } = context.database
  const processId = newProcessId()
  const mark = await markOf(db, job, printer)
  const bytes = await bytesFor(print, mark)
  const attempt = await startAttempt(db, {
    job,
    printerId: printer.id,
    mark: nameOf(mark),
    processId,
    evidence: counter === undefined ? null : String(counter),
    now: context.clock(),
  })
  const end = (outcome: Omit<AttemptEnd, 'now'>) =>
    endAttempt(db, attempt, { ...outcome, now: context.clock() })
  try {
    await line.write(withTrailer(bytes, printer, processId))
    const proof = await awaitProof(print, line, talk, processId)
    await end({ outcome: proof, reason: null, job: { state: proof, reason: proofNote(proof) } })
    return { kind: 'done' }
  } catch (error) {
    if (!(error instanceof PrinterProblem)) throw error
    // What came of it is asked at the next connection; until then the attempt stands open.
    return { kind: 'waits', problem: error }
  }
}

function proofNote(proof: 'printed' | 'sent'): string | null {
  return proof === 'sent' ? 'Sent. This printer cannot confirm that paper came out.' : null
}

/** The stored bytes where they were made for this printer, else the ticket in its own; the mark goes into its place. */
async function bytesFor({ maker, printer, job }: PrintOnLine, mark: CopyMark): Promise<Buffer> {
  const isOwn = job.bytes_profile === printer.profile || job.ticket === null
  const { bytes, markAt } =
    isOwn && job.bytes
      ? { bytes: Buffer.from(job.bytes), markAt: job.mark_at }
      : await maker.encode(JSON.parse(job.ticket ?? '{}') as never, printer.profile)
  if (mark.reprint === 0 && mark.backupFor === null) return bytes
  return Buffer.concat([bytes.subarray(0, markAt), maker.mark(mark, printer.profile), bytes.subarray(markAt)])
}

function nameOf({ reprint, backupFor }: CopyMark): PrintAttemptRow['mark'] {
  if (reprint > 0) return backupFor === null ? 'reprint' : 'both'
  return backupFor === null ? 'none' : 'backup'
}

function withTrailer(bytes: Buffer, { proof }: PrinterRow, processId: string): Buffer {
  if (proof === 'process_id') return Buffer.concat([bytes, proofTrailer(processId)])
  return proof === 'status' ? Buffer.concat([bytes, inTurnQuestion]) : bytes
}

/** Four characters that no ticket before it had, within reason. */
function newProcessId(): string {
  return Array.from({ length: 4 }, () => String.fromCharCode(randomInt(0x30, 0x7b))).join('')
}

/**
 * Waits for the paper. A printer that runs out of it in the middle keeps the rest and goes on when it gets more: as
 * long as it says so, it is waited for. Throws when the line breaks or it stays silent: then nobody knows.
 */
async function awaitProof(
  { printer, sawPrinter, signal }: PrintOnLine,
  line: Line,
  talk: PrinterTalk,
  processId: string,
): Promise<'printed' | 'sent'> {
  if (printer.proof === 'none' || printer.proof === 'unknown') {
    if (await line.finish(proofWithin)) return 'sent'
    throw new PrinterProblem('It did not take the whole ticket.')
  }
  let silentUntil = Date.now() + proofWithin
  while (Date.now() < silentUntil && !signal.aborted) {
    const isThere =
      printer.proof === 'process_id'
        ? await talk.proof(processId, askEvery)
        : await talk.inTurnAnswer(askEvery)
    if (isThere) {
      await sawPrinter(printer.id, { state: 'ready', reason: null })
      return 'printed'
    }
    const status = await talk.status()
    if (!status) continue
    await sawPrinter(printer.id, status)
    if (!canPrint(status)) silentUntil = Date.now() + proofWithin
  }
  throw new PrinterProblem('It took the ticket but did not confirm it.')
}
