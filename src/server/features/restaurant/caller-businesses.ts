import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import type { Selectable } from 'kysely'
import type { Context } from '../../context.ts'
import type { Db, Tables } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'

export type BusinessRow = Selectable<Tables['businesses']>

interface Caller {
  db: Db
  identity: Identity
  context: Context
}

/**
 * The one business that a call is about: the one it names, the token's, or the owner's. Throws 403 for one that the
 * token may not touch, 422 for one that does not exist.
 */
export async function businessOfCall(
  { db, identity, context }: Caller,
  sent: string | undefined,
): Promise<BusinessRow> {
  refuseOther(identity, sent)
  const id = sent ?? identity.businessId ?? context.owner.businessId
  const business = await db.selectFrom('businesses').selectAll().where('id', '=', id).executeTakeFirst()
  if (business) return business
  throw new ValidationFailed({ business_id: ['The selected business id is invalid.'] })
}

/** The businesses whose rows a list shows. Throws 403 as `businessOfCall` does. */
export async function businessesOfCall(
  { db, identity }: Caller,
  sent: string | undefined,
): Promise<BusinessRow[]> {
  refuseOther(identity, sent)
  const only = sent ?? identity.businessId
  const query = db.selectFrom('businesses').selectAll()
  return (only ? query.where('id', '=', only) : query).execute()
}

/** Whether a caller may see a row; another business's is as if it were not there. */
export function isWithin(
  identity: Identity,
  row: { business_id: string; deleted_at: string | null },
): boolean {
  return row.deleted_at === null && (identity.businessId === null || identity.businessId === row.business_id)
}

export async function businessById(db: Db, id: string): Promise<BusinessRow> {
  return db.selectFrom('businesses').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

function refuseOther(identity: Identity, sent: string | undefined): void {
  if (identity.businessId !== null && sent !== undefined && sent !== identity.businessId)
    throw new Forbidden()
}
