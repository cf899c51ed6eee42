import { randomBytes } from 'node:crypto'
import { ValidationFailed } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { changeTable, createTable, DiningTable } from '#contract/tables.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { given } from './given.ts'
import type { RestaurantParts } from './restaurant-parts.ts'
import type { DiningTableRow } from './table.ts'

type NewTable = Omit<BodyOf<typeof createTable>, 'business_id'>
type TableChange = BodyOf<typeof changeTable>

/** A QR link works from anywhere, so it goes before the guest page of this device. */
export async function presentTable(
  db: Db,
  row: DiningTableRow,
  { guestUrl, linkUrl }: Pick<RestaurantParts, 'guestUrl' | 'linkUrl'>,
): Promise<DiningTable> {
  const isActive = row.is_active === 1
  const guest_url = isActive ? guestUrl(row.code) : null
  const link = row.qr_link_id === null ? null : await linkUrl(db, row.qr_link_id, row.business_id)
  return { ...row, is_active: isActive, guest_url, code_url: link ?? guest_url }
}

/** The live tables of businesses. */
export function tablesOf(db: Db, businessIds: readonly string[]) {
  return db
    .selectFrom('dining_tables')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .where('deleted_at', 'is', null)
}

export async function insertTable(
  db: Db,
  businessId: string,
  input: NewTable,
  now: number,
): Promise<DiningTableRow> {
  const at = timestamp(now)
  const row: DiningTableRow = {
    id: newId(now),
    business_id: businessId,
    version: 1,
    name: input.name,
    area: null,
    seats: null,
    code: newCode(),
    qr_link_id: null,
    is_active: 1,
    sort: 0,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    ...columnsOf(input),
  }
  await refuseUnknownLink(db, row)
  await db.insertInto('dining_tables').values(row).execute()
  return row
}

export async function updateTable(
  db: Db,
  row: DiningTableRow,
  change: TableChange,
  now: number,
): Promise<DiningTableRow> {
  const next: DiningTableRow = {
    ...row,
    ...columnsOf(change),
    ...(change.new_code && { code: newCode() }),
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  if (next.qr_link_id !== row.qr_link_id) await refuseUnknownLink(db, next)
  await db.updateTable('dining_tables').set(next).where('id', '=', row.id).execute()
  return next
}

export async function removeTable(db: Db, row: DiningTableRow, now: number): Promise<void> {
  const deleted_at = timestamp(now)
  await db
    .updateTable('dining_tables')
    .set({ deleted_at, updated_at: deleted_at, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
}

/** 96 bits: it cannot be guessed, and its code stays small enough to scan from a table. */
function newCode(): string {
  return randomBytes(12).toString('base64url')
}

function columnsOf(input: TableChange): Partial<DiningTableRow> {
  const { is_active, new_code: _, ...plain } = input
  return { ...given(plain), ...(is_active !== undefined && { is_active: is_active ? 1 : 0 }) }
}

async function refuseUnknownLink(db: Db, { qr_link_id, business_id }: DiningTableRow): Promise<void> {
  if (qr_link_id === null) return
  const link = await db
    .selectFrom('qr_links')
    .select('id')
    .where('id', '=', qr_link_id)
    .where('business_id', '=', business_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!link) throw new ValidationFailed({ qr_link_id: ['The selected qr link id is invalid.'] })
}
