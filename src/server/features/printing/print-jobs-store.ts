import type { Db } from '../../db/schema.ts'
import { newId } from '../../db/id.ts'
import { timestamp } from '../../clock.ts'
import type { PrintAttemptRow, PrinterRow, PrintJobRow } from './table.ts'

export async function jobById(db: Db, id: string): Promise<PrintJobRow | undefined> {
  return db.selectFrom('print_jobs').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function printerById(db: Db, id: string): Promise<PrinterRow | undefined> {
  return db
    .selectFrom('printers')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

export function livePrinters(db: Db): Promise<PrinterRow[]> {
  return db.selectFrom('printers').selectAll().where('deleted_at', 'is', null).orderBy('id').execute()
}

/** The oldest job that waits for a printer and may go. */
export async function nextJobFor(db: Db, printerId: string, now: number): Promise<PrintJobRow | undefined> {
  return (
    db
      .selectFrom('print_jobs')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('printer_id', '=', printerId)
      .where('due_at', '<=', timestamp(now))
      // Of one moment, in the order of their numbers: what is queued together has ids in no order.
      .orderBy('created_at')
      .orderBy('station_seq', (o) => o.asc().nullsLast())
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
  )
}

/** The attempt on a printer of which nobody knows how it ended. */
export async function openAttemptOf(db: Db, printerId: string): Promise<PrintAttemptRow | undefined> {
  return db
    .selectFrom('print_attempts')
    .selectAll()
    .where('printer_id', '=', printerId)
    .where('outcome', 'is', null)
    .executeTakeFirst()
}

export function attemptsOf(db: Db, jobIds: readonly string[]): Promise<PrintAttemptRow[]> {
  if (jobIds.length === 0) return Promise.resolve([])
  return db
    .selectFrom('print_attempts')
    .selectAll()
    .where('print_job_id', 'in', [...jobIds])
    .orderBy('print_job_id')
    .orderBy('number')
    .execute()
}

export interface AttemptStart {
  job: PrintJobRow
  printerId: string
  mark: PrintAttemptRow['mark']
  processId: string
  evidence: string | null
  now: number
}

/** Written, and durable, before the first byte goes out: what a crash leaves is an attempt without an outcome. */
export async function startAttempt(db: Db, start: AttemptStart): Promise<PrintAttemptRow> {
  const { job, now } = start
  return db.transaction().execute(async (trx) => {
    const { last } = await trx
      .selectFrom('print_attempts')
      .select((e) => e.fn.max('number').as('last'))
      .where('print_job_id', '=', job.id)
      .executeTakeFirstOrThrow()
    const row: PrintAttemptRow = {
      id: newId(now),
      print_job_id: job.id,
      number: Number(last ?? 0) + 1,
      printer_id: start.printerId,
      mark: start.mark,
      process_id: start.processId,
      evidence_before: start.evidence,
      evidence_after: null,
      outcome: null,
      reason: null,
      started_at: timestamp(now),
      ended_at: null,
    }
    await trx.insertInto('print_attempts').values(row).execute()
    await changeJob(trx, job.id, { state: 'printing', reason: null }, now)
    return row
  })
}

export interface AttemptEnd {
  outcome: NonNullable<PrintAttemptRow['outcome']>
  reason: string | null
  evidence?: string | null
  /** What becomes of the job. */
  job: Partial<Pick<PrintJobRow, 'state' | 'reason' | 'printer_id' | 'due_at'>>
  now: number
}

/** The end of an attempt and what it means for its job, in one transaction. */
export async function endAttempt(db: Db, attempt: PrintAttemptRow, end: AttemptEnd): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('print_attempts')
      .set({
        outcome: end.outcome,
        reason: end.reason,
        evidence_after: end.evidence ?? null,
        ended_at: timestamp(end.now),
      })
      .where('id', '=', attempt.id)
      .execute()
    await changeJob(trx, attempt.print_job_id, end.job, end.now)
  })
}

export async function changeJob(
  db: Db,
  id: string,
  change: Partial<Omit<PrintJobRow, 'id'>>,
  now: number,
): Promise<void> {
  await db
    .updateTable('print_jobs')
    .set({ ...change, updated_at: timestamp(now) })
    .where('id', '=', id)
    .execute()
}

/** Attempts that may have put paper out without anybody knowing. */
export async function doubtsOf(db: Db, jobId: string): Promise<number> {
  const { count } = await db
    .selectFrom('print_attempts')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('print_job_id', '=', jobId)
    .where('outcome', '=', 'unknown')
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Says of everything that waits for a printer why it does; whether that is news. */
export async function explainWaiting(
  db: Db,
  printer: Pick<PrinterRow, 'id'>,
  reason: string,
  now: number,
): Promise<boolean> {
  const told = await db
    .updateTable('print_jobs')
    .set({ reason, updated_at: timestamp(now) })
    .where('printer_id', '=', printer.id)
    .where('state', 'in', ['waiting', 'printing'])
    .where((e) => e.or([e('reason', 'is', null), e('reason', '!=', reason)]))
    .executeTakeFirst()
  return Number(told.numUpdatedRows) > 0
}
