import type { Context } from '../../context.ts'
import type { Slice } from '../../db/bulk.ts'
import type { BulkLinks } from './bulk-links.ts'
import type { ImportRecord } from './table.ts'

const rowsAtOnce = 500

interface Job {
  context: Context
  links: BulkLinks
  record: ImportRecord
}

/** Removes every trace of a commit that did not come to its end. Runs to its end whatever was done before. */
export async function removeHalfWritten({ context, links, record }: Job): Promise<void> {
  await removeRange({ context, links, record }, false)
  await context.database.db.deleteFrom('import_updates').where('import_id', '=', record.id).execute()
}

/**
 * Takes a committed import back: its links go, what it updated is as before; what somebody changed since stays and
 * is counted as kept. Can be run again after a kill.
 */
export async function undoCommit(job: Job, progress: (rows: number) => void): Promise<{ kept: number }> {
  const created = await removeRange(job, true, progress)
  const updated = await putBackUpdates(job)
  return { kept: created.kept + updated.kept }
}

function removeRange(
  job: Job,
  unchangedOnly: boolean,
  progress: (rows: number) => void = () => {},
): Promise<{ removed: number; kept: number }> {
  return job.context.database.bulk((slice) => removeSlices(job, slice, unchangedOnly, progress))
}

async function removeSlices(
  { links, record }: Job,
  slice: Slice,
  unchangedOnly: boolean,
  progress: (rows: number) => void,
): Promise<{ removed: number; kept: number }> {
  const total = { removed: 0, kept: 0 }
  let from: number | undefined = record.first_seq ?? undefined
  const last = record.last_seq ?? 0
  while (from !== undefined) {
    const range = { from, last, limit: rowsAtOnce, unchangedOnly }
    const step = await slice((trx) => links.remove(trx, range))
    total.removed += step.removed
    total.kept += step.kept
    from = step.next
    progress(total.removed)
  }
  return total
}

async function putBackUpdates({ context, links, record }: Job): Promise<{ reversed: number; kept: number }> {
  const { db } = context.database
  const total = { reversed: 0, kept: 0 }
  for (;;) {
    const done = await db.transaction().execute(async (trx) => {
      const staged = await trx
        .selectFrom('import_updates')
        .select(['link_seq', 'before'])
        .where('import_id', '=', record.id)
        .orderBy('link_seq')
        .limit(rowsAtOnce)
        .execute()
      for (const { link_seq, before } of staged) {
        const reversed = await links.putBack(trx, { seq: link_seq, before, now: context.clock() })
        total[reversed ? 'reversed' : 'kept']++
      }
      const seqs = staged.map(({ link_seq }) => link_seq)
      if (seqs.length > 0) {
        await trx
          .deleteFrom('import_updates')
          .where('import_id', '=', record.id)
          .where('link_seq', 'in', seqs)
          .execute()
      }
      return seqs.length
    })
    if (done === 0) return total
    await new Promise(setImmediate)
  }
}
