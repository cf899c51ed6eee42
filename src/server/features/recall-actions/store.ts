import type { Db } from '../../db/schema.ts'
import type { RecallAction, RecallActionKind } from '#contract/recall-actions.ts'
import { entryOf, noHash, presentAction } from './entry.ts'
import type { RecallActionRow } from './table.ts'

/** Rows read at once. */
const batch = 500
/** Ids named in one statement; SQLite takes no more than 32,766 of them. */
const idsAtOnce = 500

export async function findAction(db: Db, id: string): Promise<RecallActionRow | undefined> {
  return db.selectFrom('recall_actions').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Where the chains end: of this device's whole record, and of one recall's. */
export async function chainEnds(
  db: Db,
  recallId: string,
): Promise<{ hash: string; recallHash: string; recallSequence: number }> {
  const rows = db.selectFrom('recall_actions').select(['hash', 'entry']).orderBy('sequence', 'desc').limit(1)
  const [last] = await rows.execute()
  const [lastOfRecall] = await rows.where('recall_id', '=', recallId).execute()
  return {
    hash: last?.hash ?? noHash,
    recallHash: lastOfRecall?.hash ?? noHash,
    recallSequence: lastOfRecall ? entryOf(lastOfRecall).recall_sequence : 0,
  }
}

/** Actions of a recall, of one kind or of all. */
export function actionsOf(db: Db, recallId: string, kind?: RecallActionKind) {
  const query = db.selectFrom('recall_actions').where('recall_id', '=', recallId)
  return kind === undefined ? query : query.where('action', '=', kind)
}

/** The rows of a recall, the oldest first. Read piece by piece: other requests come in between. */
export async function readActions(db: Db, recallId: string): Promise<RecallActionRow[]> {
  const all: RecallActionRow[] = []
  for (;;) {
    const rows = await actionsOf(db, recallId)
      .selectAll()
      .where('sequence', '>', all.at(-1)?.sequence ?? 0)
      .orderBy('sequence')
      .limit(batch)
      .execute()
    all.push(...rows)
    if (rows.length < batch) return all
  }
}

/** Rows as the API shows them, each with what has taken its place. */
export async function presentActions(db: Db, rows: readonly RecallActionRow[]): Promise<RecallAction[]> {
  const successors = new Map<string, string>()
  for (let at = 0; at < rows.length; at += idsAtOnce) {
    const ids = rows.slice(at, at + idsAtOnce).map(({ id }) => id)
    const found = await db
      .selectFrom('recall_actions')
      .select(['id', 'supersedes_id'])
      .where('supersedes_id', 'in', ids)
      .execute()
    for (const { id, supersedes_id } of found) successors.set(supersedes_id!, id)
  }
  return rows.map((row) => presentAction(row, successors.get(row.id) ?? null))
}

/** The record of a recall, the oldest first, corrections and what they correct both. */
export async function recordedActions(db: Db, recallId: string): Promise<RecallAction[]> {
  return presentActions(db, await readActions(db, recallId))
}
