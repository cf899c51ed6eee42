import type { PrintJob } from '#contract/print-jobs.ts'
import type { Db } from '../../db/schema.ts'
import { attemptsOf } from './print-jobs-store.ts'
import type { PrintJobRow } from './table.ts'

/** Jobs with their attempts and the names of printers, also of removed ones. */
export async function presentJobs(db: Db, jobs: readonly PrintJobRow[]): Promise<PrintJob[]> {
  const attempts = await attemptsOf(
    db,
    jobs.map(({ id }) => id),
  )
  const names = new Map(
    (await db.selectFrom('printers').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]),
  )
  return jobs.map((job) => ({
    id: job.id,
    kind: job.kind,
    order_intent_id: job.order_intent_id,
    order_number: job.order_number,
    revision: job.revision,
    copy: job.copy,
    station_id: job.station_id,
    station: job.station_name,
    station_number: job.station_number,
    printer_id: job.printer_id,
    printer: job.printer_id === null ? null : (names.get(job.printer_id) ?? null),
    state: job.state,
    reason: job.reason,
    attempts: attempts
      .filter(({ print_job_id }) => print_job_id === job.id)
      .map((attempt) => ({
        number: attempt.number,
        printer_id: attempt.printer_id,
        printer: names.get(attempt.printer_id) ?? '',
        mark: attempt.mark,
        outcome: attempt.outcome,
        reason: attempt.reason,
        started_at: attempt.started_at,
        ended_at: attempt.ended_at,
      })),
    created_at: job.created_at,
    updated_at: job.updated_at,
  }))
}
