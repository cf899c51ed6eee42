import type { GuestAccess } from '#contract/guest-access.ts'
import type { Db } from '../../db/schema.ts'

/** What the owner decided about the guests' door; it holds over a restart. */
export type DoorSettings = Pick<GuestAccess, 'is_open' | 'port' | 'host'>

/** Closed, and on one port always: a code on a table must still lead here next week. */
const unset: DoorSettings = { is_open: false, port: 8095, host: null }

const name = 'guest_access'

export async function loadDoorSettings(db: Db): Promise<DoorSettings> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row ? { ...unset, ...(JSON.parse(row.value) as Partial<DoorSettings>) } : unset
}

export async function saveDoorSettings(db: Db, settings: DoorSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await db
    .insertInto('settings')
    .values({ name, value })
    .onConflict((c) => c.column('name').doUpdateSet({ value }))
    .execute()
}
