import type { Db } from '../../db/schema.ts'
import { accountedQuantity, type Reckoned } from './reconcile.ts'

export interface ActionCounts {
  accounted_quantity: number
  actions_count: number
}

/** What the record says of some recalls: every one of them is in the answer. At most 500 at once. */
export async function countActions(db: Db, recallIds: readonly string[]): Promise<Map<string, ActionCounts>> {
  const rows = recallIds.length === 0 ? [] : await reckonedRows(db, recallIds)
  const byRecall = Map.groupBy(rows, ({ recall_id }) => recall_id)
  return new Map(
    recallIds.map((id) => {
      const actions = byRecall.get(id) ?? []
      return [id, { accounted_quantity: accountedQuantity(actions), actions_count: actions.length }]
    }),
  )
}

async function reckonedRows(
  db: Db,
  recallIds: readonly string[],
): Promise<(Reckoned & { recall_id: string })[]> {
  return db
    .selectFrom('recall_actions')
    .select(['recall_id', 'id', 'sequence', 'action', 'quantity', 'supersedes_id', 'gtin', 'serial'])
    .where('recall_id', 'in', recallIds)
    .execute()
}
