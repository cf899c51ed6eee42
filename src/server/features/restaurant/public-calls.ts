import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { ServiceRequestToPlace } from './service-requests-store.ts'
import type { ServiceRequestRow } from './table.ts'

/** A second touch within this time means the first. */
const sameWithin = 60_000

/**
 * The call of the same table that says the same and is still open; its receipt is the newest one's from then on.
 * A call without a table is never taken for another's, and one with new words is a new one: nothing goes lost.
 */
export async function findSameCall(
  db: Db,
  { kind, note, table, receiptHash, now }: ServiceRequestToPlace & { receiptHash: string },
): Promise<ServiceRequestRow | undefined> {
  if (table === null) return undefined
  const first = await db
    .selectFrom('service_requests')
    .selectAll()
    .where('table_id', '=', table.id)
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .where('deleted_at', 'is', null)
    .where('created_at', '>', timestamp(now - sameWithin))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!first || (note !== null && note !== first.note)) return undefined
  return db
    .updateTable('service_requests')
    .set({ receipt_hash: receiptHash })
    .where('id', '=', first.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
