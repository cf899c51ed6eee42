import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'
import { findPassportRow } from './store.ts'
import type { ProductPassportRow } from './table.ts'

/** The passport that a path names. */
export function findPassport({
  db,
  params,
  identity,
}: {
  db: Db
  params: { id: string }
  identity: Identity
}): Promise<ProductPassportRow | undefined> {
  return findPassportRow(db, params.id, identity.businessId)
}
