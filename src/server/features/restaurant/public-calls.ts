import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { ServiceRequestRow } from './table.ts'

/** A second touch within this time means the first. */
const sameWithin = 60_000

interface GuestCall {
  kind: ServiceRequestRow['kind']
  note: string | null
  table_id: string | null
  receipt_hash: string
}

/**
 * The call of the same table that says the same and is still open; its receipt is the newest one's from then on.
 * A call without a table is never taken for another's, and one with new words is a new one: nothing goes lost.
 */
export async function findSameCall(
  db: Db,
  { kind, note, table_id, receipt_hash }: GuestCall,
  now: number,
): Promise<ServiceRequestRow | undefined> {
  if (table_id === null) return undefined
  const first = await db
    .selectFrom('service_requests')
    .selectAll()
    .where('table_id', '=', table_id)
    .where('kind', '=', kind)
    .where('status', '=', 'open')
    .where('deleted_at', 'is', null)
    .where('created_at', '>', timestamp(now - sameWithin))
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!first || (note !== null && note !== first.note)) return undefined
  return db
    .updateTable('service_requests')
    .set({ receipt_hash })
    .where('id', '=', first.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}
