import type { Selectable, Updateable } from 'kysely'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { BusinessesTable } from './table.ts'

export type BusinessRow = Selectable<BusinessesTable>

/** What a caller may see: a token that is limited to one business sees that one only. */
export function businessesOf(db: Db, limitedTo: string | null) {
  const query = db.selectFrom('businesses')
  return limitedTo === null ? query : query.where('businesses.id', '=', limitedTo)
}

export async function findBusinessRow(
  db: Db,
  id: string,
  limitedTo: string | null,
): Promise<BusinessRow | undefined> {
  return businessesOf(db, limitedTo).selectAll().where('id', '=', id).executeTakeFirst()
}

export interface NewBusiness {
  name: string
  short_domain?: string | null | undefined
  timezone?: string | undefined
  currency?: string | undefined
}

export async function insertBusiness(db: Db, input: NewBusiness, now: number): Promise<BusinessRow> {
  const at = timestamp(now)
  const row = {
    id: newId(now),
    name: input.name,
    short_domain: input.short_domain ?? null,
    timezone: input.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: input.currency ?? 'EUR',
    version: 1,
    created_at: at,
    updated_at: at,
  }
  await db.insertInto('businesses').values(row).execute()
  return row
}

export async function updateBusiness(
  db: Db,
  row: BusinessRow,
  change: Updateable<BusinessesTable>,
  now: number,
): Promise<BusinessRow> {
  return db
    .updateTable('businesses')
    .set({ ...change, version: row.version + 1, updated_at: timestamp(now) })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * The owner of this device and a first business, made at the first start: the app works with no account at all,
 * and a later account takes these over.
 */
export async function ensureOwner(db: Db, now: number): Promise<{ userId: string; businessId: string }> {
  return db.transaction().execute(async (trx) => {
    const user = await trx.selectFrom('users').select('id').orderBy('id').executeTakeFirst()
    const business = await trx.selectFrom('businesses').select('id').orderBy('id').executeTakeFirst()
    return {
      userId: user?.id ?? (await insertOwner(trx, now)),
      businessId: business?.id ?? (await insertBusiness(trx, { name: 'My business' }, now)).id,
    }
  })
}

async function insertOwner(db: Db, now: number): Promise<string> {
  const at = timestamp(now)
  const id = newId(now)
  await db
    .insertInto('users')
    .values({ id, name: 'Owner', email: null, created_at: at, updated_at: at })
    .execute()
  return id
}
