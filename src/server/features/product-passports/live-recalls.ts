import type { Db } from '../../db/schema.ts'
import type { ProductPassportRow } from './table.ts'

const noRecall = { recall_id: null, recall_mode: null, recall_from: null, recall_to: null } as const

/** The passports as they stand: a recall that was closed, by whomever, is before no page any longer. */
export async function withLiveRecalls<Row extends ProductPassportRow>(
  db: Db,
  rows: readonly Row[],
): Promise<Row[]> {
  const ids = rows.flatMap(({ recall_id }) => recall_id ?? [])
  if (ids.length === 0) return [...rows]
  const closed = await db
    .selectFrom('recalls')
    .select('id')
    .where('id', 'in', ids)
    .where('status', '=', 'closed')
    .execute()
  const gone = new Set(closed.map(({ id }) => id))
  return rows.map((row) =>
    row.recall_id !== null && gone.has(row.recall_id) ? { ...row, ...noRecall } : row,
  )
}

/** Whether a moment, as it is stored, lies in the span in which the recall is before the page. */
export function isOverriddenAt(
  { recall_id, recall_from, recall_to }: ProductPassportRow,
  at: string,
): boolean {
  const isLater = recall_from !== null && at < recall_from
  const isOver = recall_to !== null && at >= recall_to
  return recall_id !== null && !isLater && !isOver
}
