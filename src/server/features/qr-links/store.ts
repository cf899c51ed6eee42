import type { NewQrLink, QrLinkChange } from '#contract/qr-links.ts'
import { ValidationFailed } from '#contract/errors.ts'
import { canonicalSlug } from '#contract/slugs.ts'
import { normaliseTimestamp, timestamp } from '../../clock.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import type { HiddenRanges } from '../../db/hidden-ranges.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import { freeSlug } from './free-slug.ts'
import type { QrLinkRow } from './table.ts'

const slugTaken = 'The slug has already been taken.'

/** A live link within what a caller may see; rows of an import under way are not there yet. */
export async function findQrLinkRow(
  db: Db,
  id: string,
  limitedTo: string | null,
  hidden: HiddenRanges,
): Promise<QrLinkRow | undefined> {
  const row = await anyQrLinkRow(db, id, limitedTo, hidden)
  return row?.deleted_at === null ? row : undefined
}

/** As `findQrLinkRow`, deleted links too. */
export async function anyQrLinkRow(
  db: Db,
  id: string,
  limitedTo: string | null,
  hidden: HiddenRanges,
): Promise<QrLinkRow | undefined> {
  const row = await db.selectFrom('qr_links').selectAll().where('id', '=', id).executeTakeFirst()
  const mine = row !== undefined && (limitedTo === null || row.business_id === limitedTo)
  return mine && !hidden.includes(row.seq) ? row : undefined
}

export async function insertQrLink(
  db: Db,
  businessId: string,
  input: NewQrLink,
  now: number,
): Promise<QrLinkRow> {
  const at = timestamp(now)
  const row: QrLinkRow = {
    seq: await takeSequence(db, 'qr_links'),
    id: newId(now),
    business_id: businessId,
    slug: input.slug ? canonicalSlug(input.slug) : await freeSlug(db, businessId),
    destination_url: input.destination_url,
    title: input.title ?? null,
    campaign: input.campaign ?? null,
    tags: JSON.stringify(uniqueTags(input.tags ?? [])),
    notes: input.notes ?? null,
    is_active: input.is_active === false ? 0 : 1,
    starts_at: wireTime(input.starts_at) ?? null,
    expires_at: wireTime(input.expires_at) ?? null,
    style: JSON.stringify(input.style ?? {}),
    scan_count: 0,
    last_scanned_at: null,
    import_id: null,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  refuseBackwardsSpan(row)
  await orSlugTaken(db.insertInto('qr_links').values(row).execute())
  await insertTags(db, row)
  return row
}

export async function updateQrLink(
  db: Db,
  row: QrLinkRow,
  change: QrLinkChange,
  now: number,
): Promise<QrLinkRow> {
  const next: QrLinkRow = { ...row, version: row.version + 1, updated_at: timestamp(now) }
  if (change.slug !== undefined) next.slug = canonicalSlug(change.slug)
  if (change.destination_url !== undefined) next.destination_url = change.destination_url
  if (change.title !== undefined) next.title = change.title
  if (change.campaign !== undefined) next.campaign = change.campaign
  if (change.notes !== undefined) next.notes = change.notes
  if (change.tags !== undefined) next.tags = JSON.stringify(uniqueTags(change.tags))
  if (change.is_active !== undefined) next.is_active = change.is_active ? 1 : 0
  if (change.starts_at !== undefined) next.starts_at = wireTime(change.starts_at) ?? null
  if (change.expires_at !== undefined) next.expires_at = wireTime(change.expires_at) ?? null
  if (change.style !== undefined) next.style = JSON.stringify(change.style)
  refuseBackwardsSpan(next)
  const { seq: _seq, id: _id, ...values } = next
  await orSlugTaken(db.updateTable('qr_links').set(values).where('seq', '=', row.seq).execute())
  if (next.tags !== row.tags) {
    await deleteTags(db, row)
    await insertTags(db, next)
  }
  return next
}

/** Puts a link away: out of every list, its redirect 410, its scans kept for a restore. */
export async function trashQrLink(db: Db, row: QrLinkRow, now: number): Promise<void> {
  const deleted_at = timestamp(now)
  await db
    .updateTable('qr_links')
    .set({ deleted_at, updated_at: deleted_at, version: row.version + 1 })
    .where('seq', '=', row.seq)
    .execute()
  await deleteTags(db, row)
}

/** Throws 422 when the slug went to another link in the meantime. */
export async function restoreQrLinkRow(db: Db, row: QrLinkRow, now: number): Promise<QrLinkRow> {
  if (row.deleted_at === null) return row
  const next = { ...row, deleted_at: null, updated_at: timestamp(now), version: row.version + 1 }
  const { deleted_at, updated_at, version } = next
  await orSlugTaken(
    db.updateTable('qr_links').set({ deleted_at, updated_at, version }).where('seq', '=', row.seq).execute(),
  )
  await insertTags(db, next)
  return next
}

async function insertTags(db: Db, row: QrLinkRow): Promise<void> {
  const tags = JSON.parse(row.tags) as string[]
  if (tags.length === 0) return
  const rows = tags.map((tag) => ({ tag, link_seq: row.seq }))
  await db.insertInto('qr_link_tags').values(rows).execute()
}

async function deleteTags(db: Db, row: QrLinkRow): Promise<void> {
  const tags = JSON.parse(row.tags) as string[]
  if (tags.length === 0) return
  await db.deleteFrom('qr_link_tags').where('tag', 'in', tags).where('link_seq', '=', row.seq).execute()
}

/** Trimmed by the input already; the same tag twice is one tag. */
function uniqueTags(tags: string[]): string[] {
  return [...new Set(tags)]
}

function wireTime(text: string | null | undefined): string | undefined {
  return text ? normaliseTimestamp(text) : undefined
}

function refuseBackwardsSpan({ starts_at, expires_at }: QrLinkRow): void {
  if (starts_at === null || expires_at === null || starts_at < expires_at) return
  const message = 'The expires at field must be a date after starts at.'
  throw new ValidationFailed({ expires_at: [message] })
}

async function orSlugTaken<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isUniqueViolation(error)) throw new ValidationFailed({ slug: [slugTaken] })
    throw error
  }
}
