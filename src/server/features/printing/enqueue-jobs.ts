import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import type { NewPrintJob } from './new-print-job.ts'
import { livePrinters } from './print-jobs-store.ts'
import type { PrinterRow, PrintJobRow } from './table.ts'
import type { TicketMaker } from './ticket-maker.ts'

/**
 * Queues tickets in the caller's transaction: what supersedes what, the station's next number, the bytes for its first
 * printer. Writes nothing on a device without printers: there the board alone is worked with.
 */
export async function enqueueJobs(
  trx: Db,
  maker: TicketMaker,
  jobs: readonly NewPrintJob[],
  now: number,
): Promise<void> {
  const printers = new Map((await livePrinters(trx)).map((printer) => [printer.id, printer]))
  if (printers.size === 0) return
  for (const job of jobs) {
    const known = await trx
      .selectFrom('print_jobs')
      .select('id')
      .where('dedupe_key', '=', job.dedupeKey)
      .executeTakeFirst()
    if (known) continue
    const cameOut = await supersede(trx, job, now)
    // What never was on paper needs nobody to be told that it is void.
    if (job.kind === 'void' && !cameOut) continue
    await insert(trx, maker, job, printers, now)
  }
}

/** Sets earlier revisions aside that have not come out; whether any of them has, or may have. */
async function supersede(trx: Db, job: NewPrintJob, now: number): Promise<boolean> {
  const earlier = await trx
    .selectFrom('print_jobs')
    .select(['id', 'state', 'kind'])
    .where('order_intent_id', '=', job.orderIntentId)
    .where('revision', '<', job.revision)
    .where('station_id', job.station ? '=' : 'is', job.station?.id ?? null)
    .where('kind', 'in', job.kind === 'void' ? ['kitchen', 'guest', 'void'] : [job.kind])
    .execute()
  let cameOut = false
  for (const { id, state, kind } of earlier) {
    const waits = state === 'waiting' || state === 'held'
    const mayBeOut = !waits ? state !== 'superseded' && state !== 'skipped' : await wasTried(trx, id)
    if (kind !== 'void' && mayBeOut) cameOut = true
    // What was begun goes on: it may be half out, and its mark says what it is.
    if (!waits || mayBeOut) continue
    await trx
      .updateTable('print_jobs')
      .set({
        state: 'superseded',
        reason: 'A later revision of the order took its place.',
        updated_at: timestamp(now),
      })
      .where('id', '=', id)
      .execute()
  }
  return cameOut
}

async function wasTried(trx: Db, jobId: string): Promise<boolean> {
  const tried = await trx
    .selectFrom('print_attempts')
    .select('id')
    .where('print_job_id', '=', jobId)
    .where((e) => e.or([e('outcome', 'is', null), e('outcome', '=', 'unknown')]))
    .limit(1)
    .executeTakeFirst()
  return tried !== undefined
}

async function insert(
  trx: Db,
  maker: TicketMaker,
  job: NewPrintJob,
  printers: ReadonlyMap<string, PrinterRow>,
  now: number,
): Promise<void> {
  const { station } = job
  const printerIds = (station?.printerIds ?? []).filter((id) => printers.has(id))
  const first = printers.get(printerIds[0] ?? '')
  // The guest's ticket is no work of the station's: its numbers are the kitchen's to watch.
  const seq = station && job.kind !== 'guest' ? await nextNumber(trx, station.id, job.businessDay) : null
  const number = station && seq !== null ? `${station.prefix}-${String(seq).padStart(4, '0')}` : null
  const ticket = { ...job.ticket, station_number: number }
  const profile = first?.profile ?? `generic-80`
  const { bytes, markAt } = await maker.encode(ticket, profile)
  await trx
    .insertInto('print_jobs')
    .values({
      ...emptyJob(now),
      dedupe_key: job.dedupeKey,
      kind: job.kind,
      business_id: job.businessId,
      order_intent_id: job.orderIntentId,
      order_number: job.orderNumber,
      revision: job.revision,
      copy: job.copy,
      station_id: station?.id ?? null,
      station_name: station?.name ?? null,
      station_seq: seq,
      station_number: number,
      business_day: job.businessDay,
      ticket: JSON.stringify(ticket),
      bytes,
      bytes_profile: profile,
      mark_at: markAt,
      printer_ids: JSON.stringify(printerIds),
      printer_id: first?.id ?? null,
      after_doubt: station?.afterDoubt ?? 'reprint',
      hold_at: timestamp(now + (station?.holdAfterMinutes ?? 30) * 60_000),
      ...(first ? {} : { state: 'held', reason: noPrinter(station?.name) }),
    })
    .execute()
}

function noPrinter(station: string | undefined): string {
  return station === undefined
    ? 'No printer is chosen for it. Choose one for a station, then print it.'
    : `${station} has no printer. Choose one for the station, then print it.`
}

/** What every job begins with. */
export function emptyJob(now: number): PrintJobRow {
  const at = timestamp(now)
  return {
    id: newId(now),
    dedupe_key: '',
    kind: 'test',
    business_id: null,
    order_intent_id: null,
    order_number: null,
    revision: 1,
    copy: 1,
    station_id: null,
    station_name: null,
    station_seq: null,
    station_number: null,
    business_day: null,
    ticket: null,
    bytes: null,
    bytes_profile: null,
    mark_at: 0,
    printer_ids: '[]',
    printer_id: null,
    after_doubt: 'reprint',
    is_reprint: 0,
    state: 'waiting',
    reason: null,
    due_at: at,
    hold_at: null,
    created_at: at,
    updated_at: at,
  }
}

/**
 * The station's next number of the day. Numbers have no gaps, so that a cook sees a ticket that is missing: one whose
 * ticket never came out, because a later revision took its place, is given out again.
 */
async function nextNumber(trx: Db, stationId: string, day: string): Promise<number> {
  const free = await trx
    .selectFrom('print_jobs')
    .select(['id', 'station_seq'])
    .where('station_id', '=', stationId)
    .where('business_day', '=', day)
    .where('state', '=', 'superseded')
    .where('station_seq', 'is not', null)
    .orderBy('station_seq')
    .limit(1)
    .executeTakeFirst()
  if (free?.station_seq == null) return takeSequence(trx, `station:${stationId}:${day}`)
  await trx.updateTable('print_jobs').set({ station_seq: null }).where('id', '=', free.id).execute()
  return free.station_seq
}
