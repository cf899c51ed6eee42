import type { Context } from '../../context.ts'
import { timestamp } from '../../clock.ts'
import {
  changeJob,
  explainWaiting,
  jobById,
  nextJobFor,
  openAttemptOf,
  printerById,
} from './print-jobs-store.ts'
import { printOnLine, type Outcome } from './print-on-line.ts'
import { printAsJob } from './print-as-job.ts'
import { settleDoubt } from './settle-doubt.ts'
import type { PrinterRow, PrintJobRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'
import { PrinterProblem, type PrinterStatus, type Transport } from './transports/transport.ts'

/** What a worker works with. */
export interface WorkerParts {
  context: Context
  maker: TicketMaker
  transportFor: (printer: PrinterRow) => Transport
  /** Keeps what a printer was seen to be, and tells open windows when that is new. */
  sawPrinter: (printerId: string, status: PrinterStatus) => Promise<void>
  jobsChanged: () => void
  /** Another printer has work now. */
  wakeOthers: () => void
}

/** Waits between tries while a printer cannot be reached, milliseconds. */
const pauses = [500, 1000, 2000, 5000]
/** How long a printer may fail before the station's next one takes over. */
const patience = 10_000

/** One printer, one thing at a time: the oldest ticket that waits for it, until none does. */
export class PrinterWorker {
  readonly #parts: WorkerParts
  readonly #printerId: string
  #wake: () => void = () => {}
  #isWoken = false
  #stop = new AbortController()
  #failures = 0
  /** When it first failed, since it last worked. */
  #failingSince: number | undefined
  readonly #running: Promise<void>

  constructor(printerId: string, parts: WorkerParts) {
    this.#parts = parts
    this.#printerId = printerId
    this.#running = this.#run()
  }

  /** There may be work, or a person has put something right. */
  wake(): void {
    this.#isWoken = true
    this.#wake()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    this.#wake()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#stop.signal.aborted) {
      this.#isWoken = false
      let pause: number | undefined
      try {
        pause = await this.#step()
      } catch (error) {
        this.#parts.context.log.error({ err: error }, 'a printer’s queue stumbled and goes on')
        pause = 2000
      }
      if (pause !== 0 && !this.#stop.signal.aborted) await this.#rest(pause)
    }
  }

  /** Sleeps until woken, or for so long. */
  async #rest(pause: number | undefined): Promise<void> {
    if (this.#isWoken) return
    let timer: NodeJS.Timeout | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (pause !== undefined) timer = setTimeout(resolve, pause)
    })
    clearTimeout(timer)
  }

  /** One job, or a look at a doubt. Milliseconds to rest; 0 for none, undefined until woken. */
  async #step(): Promise<number | undefined> {
    const { context } = this.#parts
    const { db } = context.database
    const printer = await printerById(db, this.#printerId)
    if (!printer || printer.is_paused === 1) return undefined
    const open = await openAttemptOf(db, printer.id)
    const job = open
      ? await jobById(db, open.print_job_id)
      : await nextJobFor(db, printer.id, context.clock())
    if (!job) return undefined
    if (!open && (await this.#isTooLate(job))) return 0
    const transport = this.#parts.transportFor(printer)
    try {
      const outcome =
        transport.kind === 'line'
          ? await printOnLine({ ...this.#parts, transport, printer, job, open, signal: this.#stop.signal })
          : await printAsJob({ ...this.#parts, transport, printer, job, open, signal: this.#stop.signal })
      return await this.#after(outcome, printer, job)
    } catch (error) {
      if (this.#stop.signal.aborted) return undefined
      if (!(error instanceof PrinterProblem)) throw error
      return await this.#failed(error, printer, job)
    }
  }

  async #after(outcome: Outcome, printer: PrinterRow, job: PrintJobRow): Promise<number> {
    this.#parts.jobsChanged()
    if (outcome.kind === 'waits') return this.#failed(outcome.problem, printer, job)
    this.#failures = 0
    this.#failingSince = undefined
    return 0
  }

  /** A ticket that is older than its station wants waits for a person instead of coming out late. */
  async #isTooLate(job: PrintJobRow): Promise<boolean> {
    const { context, jobsChanged } = this.#parts
    const now = context.clock()
    if (job.hold_at === null || timestamp(now) < job.hold_at) return false
    const isDrawer = job.kind === 'drawer'
    await changeJob(
      context.database.db,
      job.id,
      isDrawer
        ? { state: 'skipped', reason: 'The drawer was not opened: its printer could not be reached in time.' }
        : {
            state: 'held',
            reason:
              'It could not be printed for so long that it may be out of date. Print it now, or skip it.',
          },
      now,
    )
    jobsChanged()
    return true
  }

  /** Says why it waits, hands over to the next printer when patience ends, and tries again a little later. */
  async #failed(problem: PrinterProblem, printer: PrinterRow, job: PrintJobRow): Promise<number> {
    const { context, sawPrinter, jobsChanged } = this.#parts
    const { db } = context.database
    const now = context.clock()
    this.#failingSince ??= now
    await sawPrinter(printer.id, { state: problem.state, reason: problem.message })
    const next = now - this.#failingSince >= patience ? await this.#nextPrinter(job) : undefined
    if (next) {
      const open = await openAttemptOf(db, printer.id)
      // Nobody can ask a printer that cannot be reached: what is unknown is printed elsewhere, and says so.
      if (open) await settleDoubt(db, open, printer, { counter: undefined }, now)
      await this.#moveAll(printer, now)
      this.#parts.wakeOthers()
      jobsChanged()
      return 0
    }
    if (await explainWaiting(db, printer, `${printer.name}: ${problem.message}`, now)) jobsChanged()
    return pauses[Math.min(this.#failures++, pauses.length - 1)]!
  }

  /** The first of the job's other printers that is there and not known to be in trouble itself. */
  async #nextPrinter(job: PrintJobRow): Promise<PrinterRow | undefined> {
    if (job.kind === 'drawer' || job.kind === 'test') return undefined
    for (const id of JSON.parse(job.printer_ids) as string[]) {
      if (id === this.#printerId) continue
      const other = await printerById(this.#parts.context.database.db, id)
      const isWell = other && !['offline', 'error', 'paper_out', 'cover_open'].includes(other.state)
      if (isWell && other.is_paused === 0) return other
    }
    return undefined
  }

  /** Everything that waits here and may go elsewhere goes there, in its order. */
  async #moveAll(printer: PrinterRow, now: number): Promise<void> {
    const { db } = this.#parts.context.database
    const waiting = await db
      .selectFrom('print_jobs')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('printer_id', '=', printer.id)
      .execute()
    for (const job of waiting) {
      const next = await this.#nextPrinter(job)
      if (!next) continue
      const reason = `${printer.name} could not print it; it goes to ${next.name}, marked BACKUP.`
      await changeJob(db, job.id, { printer_id: next.id, reason }, now)
    }
  }
}
