import { Conflict, PreconditionFailed, ValidationFailed } from '#contract/errors.ts'
import type { ProductPassport } from '#contract/product-passports.ts'
import { timestamp } from '../../clock.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { withLiveRecalls } from './live-recalls.ts'
import type { PassportContent } from './passport-input.ts'
import type { ProductPassportRow } from './table.ts'

/** A passport within what a caller may see. */
export async function findPassportRow(
  db: Db,
  id: string,
  limitedTo: string | null,
): Promise<ProductPassportRow | undefined> {
  const row = await db.selectFrom('product_passports').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row || (limitedTo !== null && row.business_id !== limitedTo)) return undefined
  return (await withLiveRecalls(db, [row]))[0]
}

/** Throws 422 where the business has a passport for the same goods. */
export async function insertPassport(
  db: Db,
  businessId: string,
  content: PassportContent,
  { by, now }: { by: string; now: number },
): Promise<ProductPassportRow> {
  await refuseTaken(db, businessId, content)
  const at = timestamp(now)
  const row: ProductPassportRow = {
    ...content,
    id: newId(now),
    business_id: businessId,
    revision: 1,
    recall_id: null,
    recall_mode: null,
    recall_from: null,
    recall_to: null,
    scan_count: 0,
    version: 1,
    created_at: at,
    updated_at: at,
  }
  await orTaken(content, db.insertInto('product_passports').values(row).execute())
  await keepRevision(db, row, by)
  return row
}

/**
 * Writes a change and keeps it as a revision; a change that changes nothing makes none. Throws 422 as above, and
 * 412 where somebody else was faster.
 */
export async function revisePassport(
  db: Db,
  row: ProductPassportRow,
  content: PassportContent,
  { by, now }: { by: string; now: number },
): Promise<ProductPassportRow> {
  const isSame = Object.entries(content).every(([key, value]) => row[key as keyof PassportContent] === value)
  if (isSame) return row
  await refuseUnlawfulStep(db, row, content)
  await refuseTaken(db, row.business_id, content, row.id)
  const next = {
    ...row,
    ...content,
    revision: row.revision + 1,
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  const { revision, version, updated_at } = next
  const { numUpdatedRows } = await orTaken(
    content,
    db
      .updateTable('product_passports')
      .set({ ...content, revision, version, updated_at })
      .where('id', '=', row.id)
      .where('version', '=', row.version)
      .executeTakeFirst(),
  )
  if (numUpdatedRows === 0n) throw new PreconditionFailed()
  await keepRevision(db, next, by)
  return next
}

export interface OverrideColumns {
  recall_id: string | null
  recall_mode: ProductPassportRow['recall_mode']
  recall_from: string | null
  recall_to: string | null
}

/**
 * Puts a recall before the passport's page or takes it away; what the passport itself says is not touched. Throws 409
 * where somebody else was faster.
 */
export async function writeOverride(
  db: Db,
  row: ProductPassportRow,
  columns: OverrideColumns,
  now: number,
): Promise<ProductPassportRow> {
  const next = { ...row, ...columns, version: row.version + 1, updated_at: timestamp(now) }
  const { version, updated_at } = next
  const { numUpdatedRows } = await db
    .updateTable('product_passports')
    .set({ ...columns, version, updated_at })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) throw new Conflict('The passport was changed meanwhile. Try again.')
  return next
}

/** The passport as it was in a revision: its row with what it said then. Undefined where there is none. */
export async function rowOfRevision(
  db: Db,
  row: ProductPassportRow,
  revision: number,
): Promise<ProductPassportRow | undefined> {
  const kept = await db
    .selectFrom('passport_revisions')
    .select(['content', 'created_at'])
    .where('product_passport_id', '=', row.id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  if (!kept) return undefined
  return { ...row, ...(JSON.parse(kept.content) as PassportContent), revision, updated_at: kept.created_at }
}

async function keepRevision(db: Db, row: ProductPassportRow, by: string): Promise<void> {
  const { name, gtin, granularity, lot, serial, profile, status, core, extension, links } = row
  const content = { name, gtin, granularity, lot, serial, profile, status, core, extension, links }
  await db
    .insertInto('passport_revisions')
    .values({
      product_passport_id: row.id,
      revision: row.revision,
      content: JSON.stringify(content satisfies PassportContent),
      by,
      created_at: row.updated_at,
    })
    .execute()
}

/** Codes of a published passport are on goods: it keeps its identity, and is never a draft again. */
async function refuseUnlawfulStep(db: Db, row: ProductPassportRow, next: PassportContent): Promise<void> {
  const isMoved = (['gtin', 'granularity', 'lot', 'serial'] as const).find((key) => row[key] !== next[key])
  const isWithdrawn = next.status === 'draft' && row.status !== 'draft'
  if ((!isMoved && !isWithdrawn) || !(await wasPublished(db, row))) return
  if (isMoved) {
    const message = 'A published passport keeps its GTIN, lot and serial number: its codes are on goods.'
    throw new ValidationFailed({ [isMoved]: [`${message} Make another passport.`] })
  }
  throw new ValidationFailed({
    status: ['A passport that was published is not made a draft again. Archive it.'],
  })
}

async function wasPublished(db: Db, row: ProductPassportRow): Promise<boolean> {
  if (row.status === 'published') return true
  const kept = await db
    .selectFrom('passport_revisions')
    .select('content')
    .where('product_passport_id', '=', row.id)
    .execute()
  return kept.some(({ content }) => (JSON.parse(content) as ProductPassport).status === 'published')
}

async function refuseTaken(
  db: Db,
  businessId: string,
  content: PassportContent,
  except?: string,
): Promise<void> {
  const twin = await db
    .selectFrom('product_passports')
    .select(['id', 'status'])
    .where('gtin', '=', content.gtin)
    .where('lot', '=', content.lot)
    .where('serial', '=', content.serial)
    .where('business_id', '=', businessId)
    .executeTakeFirst()
  if (twin && twin.id !== except) throw taken(content, twin.status === 'archived')
}

/** Two that pass the look above at the same time meet the unique index. */
async function orTaken<T>(content: PassportContent, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isUniqueViolation(error)) throw taken(content, false)
    throw error
  }
}

function taken({ lot, serial }: PassportContent, isArchived: boolean): ValidationFailed {
  const field = serial === '' ? (lot === '' ? 'gtin' : 'lot') : 'serial'
  const what = { gtin: 'this GTIN', lot: 'this lot', serial: 'this item' }[field]
  const hint = isArchived ? ' It is archived: publish that one again.' : ''
  return new ValidationFailed({ [field]: [`There is a passport for ${what} already.${hint}`] })
}
