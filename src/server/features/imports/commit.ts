import type { Context } from '../../context.ts'
import type { Slice } from '../../db/bulk.ts'
import type { Trx } from '../../db/schema.ts'
import type { SeqRange } from '../../db/hidden-ranges.ts'
import type { LinkValues } from '../../db/link-values.ts'
import type { BulkLinks } from './bulk-links.ts'
import { CancelledError } from './engine/cancel.ts'
import type { GoodRow } from './engine/good-rows.ts'
import type { ImportWorker, StagedChunk } from './engine/import-worker.ts'
import type { Written } from './import-target.ts'

/** Updates written before other requests get their turn: a few milliseconds of work. */
const rowsAtOnce = 500
const rowsPerChunk = 4000

/** How long a slice of new rows may take with its commit, in milliseconds, and how many rows it may have. */
const sliceTime = { least: 12, most: 22 }
const sliceRows = { least: 250, first: 500, most: 4000 }

interface CommitJob {
  context: Context
  links: BulkLinks
  worker: ImportWorker
  importId: string
  businessId: string
  /** Beside this path the worker puts new rows for SQLite to take over; undefined on PostgreSQL. */
  stagingPath: string | undefined
  /** Where the new rows go; hidden from every reader by now. */
  range: SeqRange
  isCancelled: () => boolean
  progress: (rows: number) => void
}

/**
 * Writes the good rows into the hidden range, slice by slice, and sets the updates aside. Nothing shows yet: the
 * caller's last transaction applies the updates and shows the range. Throws `CancelledError`.
 */
export function writeGoodRows(job: CommitJob): Promise<Written> {
  return job.context.database.bulk((slice) => writeChunks(job, slice))
}

async function writeChunks(job: CommitJob, inSlice: Slice): Promise<Written> {
  const written: Written = { creates: 0, updates: 0, unchanged: 0, skipped: 0, conflicts: 0 }
  const size = { rows: sliceRows.first }
  const now = job.context.clock()
  const staging =
    job.stagingPath === undefined ? undefined : { path: job.stagingPath, seq: job.range.first, now }
  for await (const chunk of job.worker.chunks(rowsPerChunk, staging)) {
    const updates = chunk.rows.filter(({ action }) => action === 'update')
    const creates = newRowsOf(job, chunk, now)
    for (let from = 0; from < creates.count;) {
      const to = Math.min(creates.count, from + size.rows)
      const first = job.range.first + written.creates
      await writeSlice(job, inSlice, size, (trx) => creates.write(trx, { from, to, first }), creates.path)
      written.creates += to - from
      from = to
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

interface NewRows {
  count: number
  /** The file that they are in, if they are not here. */
  path?: string | undefined
  /** Writes the rows `from` (counted from 0, included) `to` (not included); the first one gets `first` as its seq. */
  write(trx: Trx, part: { from: number; to: number; first: number }): Promise<void>
}

/** The rows of a chunk to be created: on SQLite in a file to be taken over, elsewhere in the chunk itself. */
function newRowsOf({ links, importId, businessId }: CommitJob, chunk: StagedChunk, now: number): NewRows {
  const at = { importId, businessId, now }
  if (chunk.path !== undefined) {
    return {
      count: chunk.staged,
      path: chunk.path,
      write: (trx, { from, to, first }) =>
        links.insertStaged(trx, { first, last: first + to - from - 1 }, at),
    }
  }
  const rows = chunk.rows.filter(({ action }) => action === 'create')
  return {
    count: rows.length,
    write: (trx, { from, to, first }) => links.insert(trx, rows.slice(from, to), { ...at, seq: first }),
  }
}

function* slicesOf(rows: GoodRow[]): Generator<GoodRow[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce)
}

/** Sets the size of the next slice by the time that this one held the writing connection. */
async function writeSlice(
  job: CommitJob,
  inSlice: Slice,
  size: { rows: number },
  write: (trx: Trx) => Promise<void>,
  attached: string | undefined,
): Promise<void> {
  stopIfCancelled(job)
  let start = 0
  await inSlice((trx) => {
    start = performance.now()
    return write(trx)
  }, attached)
  size.rows = nextSize(size.rows, performance.now() - start)
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
export async function applyUpdates(
  trx: Trx,
  { links, importId, now }: Pick<CommitJob, 'links' | 'importId'> & { now: number },
): Promise<void> {
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
