import type { Context } from '../../context.ts'
import type { Trx } from '../../db/schema.ts'
import type { SeqRange } from '../../db/hidden-ranges.ts'
import type { BulkLinks, LinkValues } from './bulk-links.ts'
import { CancelledError } from './engine/cancel.ts'
import type { GoodRow } from './engine/good-rows.ts'
import type { ImportWorker } from './engine/import-worker.ts'

/** Rows written before other requests get their turn: a few milliseconds of work. */
const rowsAtOnce = 500
const rowsPerChunk = 2000

export interface CommitJob {
  context: Context
  links: BulkLinks
  worker: ImportWorker
  importId: string
  businessId: string
  /** Where the new rows go; hidden from every reader by now. */
  range: SeqRange
  isCancelled: () => boolean
  progress: (rows: number) => void
}

export interface Written {
  creates: number
  updates: number
  unchanged: number
  skipped: number
  /** Rows whose slug somebody took since the preview, where duplicates shall fail. */
  conflicts: number
}

/**
 * Writes the good rows into the hidden range, slice by slice, and sets the updates aside. Nothing shows yet: the
 * caller's last transaction applies the updates and shows the range. Throws `CancelledError`.
 */
export async function writeGoodRows(job: CommitJob): Promise<Written> {
  const written: Written = { creates: 0, updates: 0, unchanged: 0, skipped: 0, conflicts: 0 }
  for await (const chunk of job.worker.chunks(rowsPerChunk)) {
    const creates = chunk.rows.filter(({ action }) => action === 'create')
    const updates = chunk.rows.filter(({ action }) => action === 'update')
    for (const slice of slicesOf(creates)) {
      await insertSlice(job, slice, job.range.first + written.creates)
      written.creates += slice.length
    }
    for (const slice of slicesOf(updates)) {
      await stageSlice(job, slice)
      written.updates += slice.length
    }
    written.unchanged += chunk.unchanged
    written.skipped += chunk.skipped
    written.conflicts += chunk.conflicts
    job.progress(written.creates + written.updates)
  }
  return written
}

function* slicesOf(rows: GoodRow[]): Generator<GoodRow[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce)
}

async function insertSlice(job: CommitJob, rows: GoodRow[], seq: number): Promise<void> {
  await takeTurn(job)
  const { context, links, importId, businessId } = job
  await context.database.db
    .transaction()
    .execute((trx) => links.insert(trx, rows, { seq, importId, businessId, now: context.clock() }))
}

async function stageSlice(job: CommitJob, rows: GoodRow[]): Promise<void> {
  await takeTurn(job)
  const { context, links, importId } = job
  const seqs = rows.flatMap(({ existing }) => existing?.seq ?? [])
  await context.database.db.transaction().execute(async (trx) => {
    const before = await links.snapshot(trx, seqs)
    const staged = rows.flatMap(({ existing, row: _row, action: _action, ...after }) => {
      const kept = existing && before.get(existing.seq)
      if (!kept) return []
      return [{ import_id: importId, link_seq: existing.seq, before: kept, after: JSON.stringify(after) }]
    })
    if (staged.length > 0) await trx.insertInto('import_updates').values(staged).execute()
  })
}

async function takeTurn({ isCancelled }: CommitJob): Promise<void> {
  await new Promise(setImmediate)
  if (isCancelled()) throw new CancelledError()
}

/** Writes all staged updates; part of the transaction that shows the import. */
export async function applyUpdates(trx: Trx, { links, importId, context }: CommitJob): Promise<void> {
  const now = context.clock()
  let last = 0
  for (;;) {
    const staged = await trx
      .selectFrom('import_updates')
      .select(['link_seq', 'after'])
      .where('import_id', '=', importId)
      .where('link_seq', '>', last)
      .orderBy('link_seq')
      .limit(rowsAtOnce)
      .execute()
    if (staged.length === 0) return
    for (const { link_seq, after } of staged) {
      await links.apply(trx, { seq: link_seq, after: JSON.parse(after) as LinkValues, importId, now })
    }
    last = staged.at(-1)?.link_seq ?? last
    // Reads go on meanwhile; other writes wait for this transaction (docs/decisions/0005-import-commit.md).
    await new Promise(setImmediate)
  }
}
