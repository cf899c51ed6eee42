import type { Context } from '../../context.ts'
import { endAttempt, startAttempt } from './print-jobs-store.ts'
import type { Outcome } from './print-on-line.ts'
import { canPrint } from './printer-talk.ts'
import { endDrawer, jobAfterDoubt, markOf } from './settle-doubt.ts'
import type { PrintAttemptRow, PrinterRow, PrintJobRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'
import {
  NeedsPerson,
  NothingSent,
  PrinterProblem,
  type JobTransport,
  type PrinterStatus,
} from './transports/transport.ts'

export interface PrintAsJob {
  context: Context
  maker: TicketMaker
  transport: JobTransport
  printer: PrinterRow
  job: PrintJobRow
  open: PrintAttemptRow | undefined
  signal: AbortSignal
  sawPrinter: (printerId: string, status: PrinterStatus) => Promise<void>
}

/** Hands a whole job to a printer or queue that remembers jobs by name: the name is its evidence after a crash. */
export async function printAsJob(print: PrintAsJob): Promise<Outcome> {
  const { context, transport, printer, job, open, sawPrinter, signal } = print
  const { db } = context.database
  if (open) return settle(print, open)
  const status = await transport.status()
  await sawPrinter(printer.id, status)
  if (!canPrint(status) && status.state !== 'unknown' && status.state !== 'printing') {
    return { kind: 'waits', problem: new PrinterProblem(status.reason ?? 'It is not ready.', status.state) }
  }
  const mark = await markOf(db, job, printer)
  const isMarked = mark.reprint > 0 || mark.backupFor !== null
  const { bytes, markAt } =
    job.bytes && (job.bytes_profile === printer.profile || job.ticket === null)
      ? { bytes: Buffer.from(job.bytes), markAt: job.mark_at }
      : await print.maker.encode(JSON.parse(job.ticket ?? '{}') as never, printer.profile)
  const head = isMarked ? print.maker.mark(mark, printer.profile) : Buffer.alloc(0)
  const attempt = await startAttempt(db, {
    job,
    printerId: printer.id,
    mark: !isMarked ? 'none' : mark.reprint === 0 ? 'backup' : mark.backupFor === null ? 'reprint' : 'both',
    processId: '',
    evidence: null,
    now: context.clock(),
  })
  const whole = Buffer.concat([bytes.subarray(0, markAt), head, bytes.subarray(markAt)])
  let outcome: 'printed' | 'sent'
  try {
    outcome = await transport.print(whole, nameOf(attempt), signal)
  } catch (error) {
    if (!(error instanceof PrinterProblem)) throw error
    // Refused as a whole: nothing came out. Anything else is asked for by its name at the next try.
    if (error instanceof NothingSent) {
      await endAttempt(db, attempt, {
        outcome: 'clean_fail',
        reason: error.message,
        job: { state: error instanceof NeedsPerson ? 'held' : 'waiting', reason: error.message },
        now: context.clock(),
      })
      if (error instanceof NeedsPerson) return { kind: 'done' }
    }
    return { kind: 'waits', problem: error }
  }
  const reason = outcome === 'sent' ? 'Handed to the queue, which cannot confirm that paper came out.' : null
  await endAttempt(db, attempt, {
    outcome,
    reason: null,
    job: { state: outcome, reason },
    now: context.clock(),
  })
  return { kind: 'done' }
}

function nameOf({ id, number }: PrintAttemptRow): string {
  return `QRScan ${id} ${number}`
}

async function settle({ context, transport, job }: PrintAsJob, open: PrintAttemptRow): Promise<Outcome> {
  const { db } = context.database
  const now = context.clock()
  if (job.kind === 'drawer') {
    await endDrawer(db, open, now)
    return { kind: 'done' }
  }
  const found = await transport.find(nameOf(open))
  if (found === 'waiting') {
    return { kind: 'waits', problem: new PrinterProblem('It is still in the printer’s own queue.', 'busy') }
  }
  if (found === 'printed') {
    await endAttempt(db, open, {
      outcome: 'printed',
      reason: null,
      job: { state: 'printed', reason: null },
      now,
    })
  } else if (found === 'absent') {
    const reason = 'The printer never got it.'
    await endAttempt(db, open, {
      outcome: 'clean_fail',
      reason,
      job: { state: 'waiting', reason: null },
      now,
    })
  } else {
    const reason = 'Nothing tells whether it came out.'
    const next = await jobAfterDoubt(db, job)
    await endAttempt(db, open, { outcome: 'unknown', reason, job: next, now })
  }
  return { kind: 'done' }
}
