import type { Context } from '../../context.ts'
import type { Slice } from '../../db/bulk.ts'
import type { Trx } from '../../db/schema.ts'
import type { SeqRange } from '../../db/hidden-ranges.ts'
import type { BulkLinks, LinkValues } from './bulk-links.ts'
import { CancelledError } from './engine/cancel.ts'
import type { GoodRow } from './engine/good-rows.ts'
import type { ImportWorker } from './engine/import-worker.ts'

/** Updates written before other requests get their turn: a few milliseconds of work. */
const rowsAtOnce = 500
const rowsPerChunk = 4000

/** How long a slice of new rows may hold the writing connection, in milliseconds, and how many rows it may have. */
const sliceTime = { least: 10, most: 20 }
const sliceRows = { least: 100, first: 500, most: 4000 }

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
export function writeGoodRows(job: CommitJob): Promise<Written> {
  return job.context.database.bulk((slice) => writeChunks(job, slice))
}

async function writeChunks(job: CommitJob, inSlice: Slice): Promise<Written> {
  let rows = sliceRows.first
  const written: Written = { creates: 0, updates: 0, unchanged: 0, skipped: 0, conflicts: 0 }
  for await (const chunk of job.worker.chunks(rowsPerChunk)) {
    const creates = chunk.rows.filter(({ action }) => action === 'create')
    const updates = chunk.rows.filter(({ action }) => action === 'update')
    for (let from = 0; from < creates.length;) {
      const slice = creates.slice(from, from + rows)
      const took = await insertSlice(job, inSlice, slice, job.range.first + written.creates)
      rows = nextSize(rows, took)
      from += slice.length
      written.creates += slice.length
    }
    for (const slice of slicesOf(updates)) {
      await stageSlice(job, inSlice, slice)
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

/** Returns how long it held the writing connection. */
async function insertSlice(job: CommitJob, inSlice: Slice, rows: GoodRow[], seq: number): Promise<number> {
  stopIfCancelled(job)
  const { context, links, importId, businessId } = job
  return inSlice(async (trx) => {
    const start = performance.now()
    await links.insert(trx, rows, { seq, importId, businessId, now: context.clock() })
    return performance.now() - start
  })
}

/** A fast disk takes larger slices, which cost less a row; a slow one must not make others wait. */
function nextSize(rows: number, took: number): number {
  if (took > sliceTime.most) return Math.max(sliceRows.least, rows >> 1)
  return took < sliceTime.least ? Math.min(sliceRows.most, rows * 2) : rows
}

async function stageSlice(job: CommitJob, inSlice: Slice, rows: GoodRow[]): Promise<void> {
  stopIfCancelled(job)
  const { links, importId } = job
  const seqs = rows.flatMap(({ existing }) => existing?.seq ?? [])
  await inSlice(async (trx) => {
    const before = await links.snapshot(trx, seqs)
    const staged = rows.flatMap(({ existing, ...row }) => {
      const kept = existing && before.get(existing.seq)
      if (!kept) return []
      // What the file does not change stays out: somebody may be changing it meanwhile.
      const after = Object.fromEntries(existing.changed.map((field) => [field, row[field]]))
      return [{ import_id: importId, link_seq: existing.seq, before: kept, after: JSON.stringify(after) }]
    })
    if (staged.length > 0) await trx.insertInto('import_updates').values(staged).execute()
  })
}

function stopIfCancelled({ isCancelled }: CommitJob): void {
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
      await links.apply(trx, {
        seq: link_seq,
        after: JSON.parse(after) as Partial<LinkValues>,
        importId,
        now,
      })
    }
    last = staged.at(-1)?.link_seq ?? last
    // Reads go on meanwhile; other writes wait for this transaction (docs/decisions/0005-import-commit.md).
    await new Promise(setImmediate)
  }
}
