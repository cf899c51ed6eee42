import { Conflict, ValidationFailed } from '#contract/errors.ts'
import type { Context } from '../../context.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { emptyJob, enqueueJobs } from './enqueue-jobs.ts'
import type { NewPrintJob } from './new-print-job.ts'
import { changeJob, livePrinters, printerById } from './print-jobs-store.ts'
import { PrinterWorker, type WorkerParts } from './printer-worker.ts'
import type { PrinterRow, PrintJobRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'
import type { PrinterStatus, Transport } from './transports/transport.ts'

/** A drawer that did not open soon would open when nobody is there. */
const drawerWithin = 15_000
/** Events of queues and printers are told at most so often: a window asks again for what it shows. */
const tellEvery = 100

/**
 * What is printed, on which printer, and what became of it. A job is written in the transaction of what it is for; from
 * there it is never lost and never doubled in silence (docs/decisions/0010-print-spool.md).
 */
export class Spool {
  readonly #context: Context
  readonly #maker: TicketMaker
  readonly #transportFor: (printer: PrinterRow) => Transport
  readonly #workers = new Map<string, PrinterWorker>()
  #isRunning = false
  #toTell = new Set<'printers.changed' | 'print_jobs.changed'>()
  #telling: NodeJS.Timeout | undefined

  constructor(context: Context, maker: TicketMaker, transportFor: (printer: PrinterRow) => Transport) {
    this.#context = context
    this.#maker = maker
    this.#transportFor = transportFor
  }

  /** In the caller's transaction; call `wake` once it is committed. */
  async enqueue(trx: Db, jobs: readonly NewPrintJob[], now: number): Promise<void> {
    await enqueueJobs(trx, this.#maker, jobs, now)
    if (jobs.length > 0) this.#tell('print_jobs.changed')
  }

  /** Begins to print, and first of all to find out how what a crash cut off has ended. */
  async start(): Promise<void> {
    this.#isRunning = true
    await this.#wakeAll()
  }

  /** There may be work for any printer. */
  wake(): void {
    this.#wakeAll().catch((error: unknown) => {
      this.#context.log.error({ err: error }, 'the printers could not be woken')
    })
  }

  async #wakeAll(): Promise<void> {
    if (!this.#isRunning) return
    for (const { id } of await livePrinters(this.#context.database.db)) {
      if (this.#isRunning) this.#workerFor(id).wake()
    }
  }

  /** A printer was added or changed. */
  printerChanged(id: string): void {
    this.#tell('printers.changed')
    if (this.#isRunning) this.#workerFor(id).wake()
  }

  /** Ends its worker; what waited goes to the station's next printer, or waits for a person. */
  async printerRemoved(id: string): Promise<void> {
    await this.#workers.get(id)?.close()
    this.#workers.delete(id)
    const { database, clock } = this.#context
    const waiting = await database.db
      .selectFrom('print_jobs')
      .selectAll()
      .where('printer_id', '=', id)
      .where('state', 'in', ['waiting', 'printing', 'held'])
      .execute()
    for (const job of waiting) await this.#moveFrom(job, id, clock())
    this.#tell('printers.changed')
    this.#tell('print_jobs.changed')
    this.wake()
  }

  async #moveFrom(job: PrintJobRow, from: string, now: number): Promise<void> {
    const { db } = this.#context.database
    const others = (JSON.parse(job.printer_ids) as string[]).filter((id) => id !== from)
    const next = job.state === 'waiting' ? others[0] : undefined
    await db
      .updateTable('print_attempts')
      .set({ outcome: 'unknown', reason: 'Its printer was removed.', ended_at: timestamp(now) })
      .where('print_job_id', '=', job.id)
      .where('outcome', 'is', null)
      .execute()
    await changeJob(
      db,
      job.id,
      next === undefined
        ? {
            state: 'held',
            printer_id: null,
            reason: 'Its printer was removed. Choose another one for it, or skip it.',
          }
        : { printer_id: next, reason: null },
      now,
    )
  }

  async close(): Promise<void> {
    this.#isRunning = false
    clearTimeout(this.#telling)
    await Promise.all([...this.#workers.values()].map((worker) => worker.close()))
  }

  /** A page or a kick that belongs to no order. Returns the job's id. */
  async addForPrinter(trx: Db, printer: PrinterRow, kind: 'test' | 'drawer', shop: string): Promise<string> {
    const now = this.#context.clock()
    const job = emptyJob(now)
    const { bytes, markAt } =
      kind === 'drawer'
        ? { bytes: this.#maker.drawerPulse(printer.profile), markAt: 0 }
        : await this.#maker.testPage(printer.profile, shop)
    await trx
      .insertInto('print_jobs')
      .values({
        ...job,
        dedupe_key: job.id,
        kind,
        bytes,
        bytes_profile: printer.profile,
        mark_at: markAt,
        printer_ids: JSON.stringify([printer.id]),
        printer_id: printer.id,
        hold_at: timestamp(now + (kind === 'drawer' ? drawerWithin : 3_600_000)),
      })
      .execute()
    this.#tell('print_jobs.changed')
    return job.id
  }

  /** What a person decides about a job that waits or is held. Throws 422 where it makes no sense. */
  async settle(
    trx: Db,
    job: PrintJobRow,
    action: 'print' | 'was_printed' | 'skip' | 'move',
    printerId: string | null | undefined,
  ): Promise<void> {
    if (job.state !== 'held' && job.state !== 'waiting') {
      throw new ValidationFailed({
        action: [`This job is ${job.state} already: there is nothing to decide.`],
      })
    }
    const now = this.#context.clock()
    this.#tell('print_jobs.changed')
    if (action === 'skip') return changeJob(trx, job.id, { state: 'skipped', reason: null }, now)
    if (action === 'was_printed') {
      return changeJob(trx, job.id, { state: 'printed', reason: 'A person said that it was printed.' }, now)
    }
    const wanted = printerId ?? job.printer_id ?? (await this.#stationPrinter(trx, job))
    const printer = wanted ? await printerById(trx, wanted) : undefined
    if (!printer) throw new ValidationFailed({ printer_id: ['Choose a printer for it.'] })
    await changeJob(
      trx,
      job.id,
      // A person has seen it: from here it is as fresh as a new one.
      {
        state: 'waiting',
        printer_id: printer.id,
        reason: null,
        due_at: timestamp(now),
        hold_at: timestamp(now + 3_600_000),
        ...(JSON.parse(job.printer_ids).length === 0 && { printer_ids: JSON.stringify([printer.id]) }),
      },
      now,
    )
  }

  async #stationPrinter(trx: Db, job: PrintJobRow): Promise<string | undefined> {
    const station = await trx
      .selectFrom('stations')
      .select('printer_ids')
      .where('id', '=', job.station_id ?? '')
      .executeTakeFirst()
    return station && (JSON.parse(station.printer_ids) as string[])[0]
  }

  /** Another copy, marked REPRINT. Throws 409 while one is on its way. Returns its id. */
  async reprint(trx: Db, job: PrintJobRow, printerId: string | null | undefined): Promise<string> {
    const now = this.#context.clock()
    if (job.kind === 'drawer') {
      throw new ValidationFailed({ id: ['A drawer is not reprinted. Open it from its printer.'] })
    }
    const base = job.dedupe_key.split('#')[0]!
    const siblings = await trx
      .selectFrom('print_jobs')
      .select(['id', 'state', 'copy'])
      .where((e) => e.or([e('dedupe_key', '=', base), e('dedupe_key', 'like', `${base}#%`)]))
      .execute()
    const running = siblings.find(({ state }) => state === 'waiting' || state === 'printing')
    if (running) throw new Conflict(`A copy is on its way already: ${running.id}.`)
    const fresh = emptyJob(now)
    const copy = Math.max(...siblings.map((one) => one.copy)) + 1
    const printer = printerId ?? job.printer_id
    await trx
      .insertInto('print_jobs')
      .values({
        ...job,
        id: fresh.id,
        dedupe_key: `${base}#${copy}`,
        copy,
        is_reprint: 1,
        // It carries the number of what it repeats; a number is counted once.
        station_seq: null,
        state: 'waiting',
        reason: null,
        printer_id: printer,
        printer_ids: JSON.stringify(
          printer
            ? [printer, ...(JSON.parse(job.printer_ids) as string[]).filter((id) => id !== printer)]
            : [],
        ),
        due_at: fresh.due_at,
        hold_at: timestamp(now + 3_600_000),
        created_at: fresh.created_at,
        updated_at: fresh.updated_at,
      })
      .execute()
    this.#tell('print_jobs.changed')
    return fresh.id
  }

  /** The paper of a job as it comes out, decoded from its bytes. */
  async picture(job: PrintJobRow): Promise<Buffer | undefined> {
    return job.bytes ? this.#maker.png(Buffer.from(job.bytes), job.bytes_profile ?? 'generic-80') : undefined
  }

  transportFor(printer: PrinterRow): Transport {
    return this.#transportFor(printer)
  }

  /** Keeps what a printer was seen to be. */
  async sawPrinter(id: string, { state, reason }: PrinterStatus): Promise<void> {
    const { database, clock } = this.#context
    const known = await printerById(database.db, id)
    if (!known) return
    const now = clock()
    const isNew = known.state !== state || known.state_reason !== reason
    // The time it was last seen is not worth a write each ticket.
    const isOld = known.state_at === null || now - Date.parse(known.state_at) > 10_000
    if (!isNew && !isOld) return
    await database.db
      .updateTable('printers')
      .set({ state, state_reason: reason, state_at: timestamp(now) })
      .where('id', '=', id)
      .execute()
    if (isNew) this.#tell('printers.changed')
  }

  #workerFor(id: string): PrinterWorker {
    const kept = this.#workers.get(id)
    if (kept) return kept
    const parts: WorkerParts = {
      context: this.#context,
      maker: this.#maker,
      transportFor: this.#transportFor,
      sawPrinter: (printerId, status) => this.sawPrinter(printerId, status),
      jobsChanged: () => this.#tell('print_jobs.changed'),
      wakeOthers: () => this.wake(),
    }
    const worker = new PrinterWorker(id, parts)
    this.#workers.set(id, worker)
    return worker
  }

  #tell(type: 'printers.changed' | 'print_jobs.changed'): void {
    this.#toTell.add(type)
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined
      for (const one of this.#toTell) this.#context.events.emit({ type: one })
      this.#toTell.clear()
    }, tellEvery)
  }
}
