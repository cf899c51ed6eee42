import { doubtsOf, endAttempt, jobById } from './print-jobs-store.ts'
import type { Db } from '../../db/schema.ts'
import type { PrintAttemptRow, PrinterRow, PrintJobRow } from './table.ts'

/** What tells, after a crash or a broken line, whether a ticket came out. */
export interface Evidence {
  /** Cuts of the printer's life, as it says now; undefined where it does not count. */
  counter: number | undefined
}

type Found = 'printed' | 'nothing' | 'unknown'

/**
 * The printer answers its counter in turn, after everything it still had: one cut more is this ticket, as long as
 * nobody else prints there; none more is no ticket. Anything else says nothing.
 */
function judge(attempt: PrintAttemptRow, printer: PrinterRow, { counter }: Evidence): Found {
  const before = attempt.evidence_before === null ? NaN : Number(attempt.evidence_before)
  if (printer.is_exclusive !== 1 || counter === undefined || Number.isNaN(before)) return 'unknown'
  if (counter === before + 1) return 'printed'
  return counter === before ? 'nothing' : 'unknown'
}

/** Ends an attempt of which nobody knew how it ended, and says what becomes of its job. */
export async function settleDoubt(
  db: Db,
  attempt: PrintAttemptRow,
  printer: PrinterRow,
  evidence: Evidence,
  now: number,
): Promise<void> {
  const job = await jobById(db, attempt.print_job_id)
  const found = judge(attempt, printer, evidence)
  const after = evidence.counter === undefined ? null : String(evidence.counter)
  const end = { evidence: after, now }
  if (job?.kind === 'drawer') return endDrawer(db, attempt, now)
  if (found === 'printed') {
    const reason = 'Its own counter says that it came out before the connection broke.'
    return endAttempt(db, attempt, {
      ...end,
      outcome: 'printed',
      reason,
      job: { state: 'printed', reason: null },
    })
  }
  if (found === 'nothing') {
    const reason = 'The connection broke; the printer’s counter says that no ticket came out.'
    return endAttempt(db, attempt, {
      ...end,
      outcome: 'clean_fail',
      reason,
      job: { state: 'waiting', reason: null },
    })
  }
  const reason = 'The connection broke after the first bytes, and nothing tells whether it came out.'
  const next = await jobAfterDoubt(db, job)
  await endAttempt(db, attempt, { ...end, outcome: 'unknown', reason, job: next })
}

/** So often a ticket may have come out before a person is asked: who is killed at every start prints no roll of it. */
const mostDoubts = 3

/**
 * What becomes of a job whose open attempt ends in doubt. A kitchen rather reads a ticket twice, marked, than not at
 * all; who chose to be asked is asked.
 */
export async function jobAfterDoubt(
  db: Db,
  job: Pick<PrintJobRow, 'id' | 'after_doubt'> | undefined,
): Promise<{ state: 'waiting' | 'held'; reason: string }> {
  const doubts = 1 + (job ? await doubtsOf(db, job.id) : 0)
  if (job?.after_doubt !== 'ask' && doubts < mostDoubts) {
    return { state: 'waiting', reason: 'It may have come out. It prints again, marked REPRINT.' }
  }
  const times =
    doubts === 1 ? 'It may have come out already.' : `It may have come out already, ${doubts} times.`
  return { state: 'held', reason: `${times} Look at the printer, then print it or say that it was printed.` }
}

/** A drawer must not open by itself a second time. */
export function endDrawer(db: Db, attempt: PrintAttemptRow, now: number): Promise<void> {
  return endAttempt(db, attempt, {
    outcome: 'unknown',
    reason: 'Nobody can tell whether it opened.',
    job: {
      state: 'skipped',
      reason: 'The drawer may have opened. It is never opened a second time by itself.',
    },
    now,
  })
}

/** What the head of the next copy of a job has to say. */
export async function markOf(
  db: Db,
  job: { id: string; is_reprint: number; copy: number; printer_ids: string; station_name: string | null },
  printer: PrinterRow,
): Promise<{ reprint: number; backupFor: string | null; mayBeDuplicate: boolean }> {
  const doubts = await doubtsOf(db, job.id)
  const [own] = JSON.parse(job.printer_ids) as string[]
  const isBackup = own !== undefined && own !== printer.id
  return {
    reprint: doubts + (job.is_reprint === 1 ? 1 : 0),
    backupFor: isBackup ? (job.station_name ?? 'another printer') : null,
    mayBeDuplicate: doubts > 0,
  }
}
