import { CompiledQuery } from 'kysely'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import { BulkInsert } from '../../db/bulk-insert.ts'
import type { SeqRange } from '../../db/hidden-ranges.ts'
import { newIds } from '../../db/id.ts'
import { uniqueTags, type LinkValues } from '../../db/link-values.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import { stagedColumns } from '../../db/staged-links.ts'
import type { QrLinkRow, QrLinkTagsTable } from './table.ts'

const columns = [
  'seq',
  'id',
  'business_id',
  'slug',
  'destination_url',
  'title',
  'campaign',
  'tags',
  'notes',
  'is_active',
  'starts_at',
  'expires_at',
  'style',
  'scan_count',
  'import_id',
  'version',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof QrLinkRow)[]

type NewRow = Pick<QrLinkRow, (typeof columns)[number]>

/** Writes, takes back and removes many links at a time, for imports. */
export function makeBulkLinks({ events }: Pick<Context, 'events'>) {
  const links = new BulkInsert<NewRow>('qr_links', columns)
  const linkTags = new BulkInsert<QrLinkTagsTable>('qr_link_tags', ['tag', 'link_seq'], 200)

  async function insert(
    db: Db,
    rows: readonly LinkValues[],
    at: { seq: number; importId: string; businessId: string; now: number },
  ): Promise<void> {
    const ids = newIds(rows.length, at.now, at.seq & 0xfffff)
    const made = timestamp(at.now)
    await links.insert(
      db,
      rows.map((row, index) => ({
        ...columnsOf(row),
        seq: at.seq + index,
        id: ids[index]!,
        business_id: at.businessId,
        style: '{}',
        scan_count: 0,
        import_id: at.importId,
        version: 1,
        created_at: made,
        updated_at: made,
      })),
    )
    const tags = rows.flatMap((row, index) =>
      uniqueTags(row.tags).map((tag) => ({ tag, link_seq: at.seq + index })),
    )
    await linkTags.insert(db, tags)
  }

  return {
    insert,
    insertStaged,
    reserve,
    snapshot,
    putBack,
    remove,
    apply: async (db: Db, { seq, after, now }: { seq: number; after: Partial<LinkValues>; now: number }) => {
      const row = await rowBySeq(db, seq)
      if (row) await overwrite(db, row, changesOf(after), now)
    },
    announce: (businessId: string) => events.emit({ type: 'qr_links.changed', business_id: businessId }),
  }
}

// A statement of many rows that can fail keeps a journal of its own, unless its failing ends the transaction.
const takeLinks = `insert or rollback into qr_links (${stagedColumns.join(', ')},
    business_id, style, scan_count, import_id, version, created_at, updated_at)
  select ${stagedColumns.join(', ')}, ?, '{}', 0, ?, 1, ?, ? from staged.links where seq between ? and ?`
const takeTags = `insert or rollback into qr_link_tags (tag, link_seq)
  select j.value, l.seq from staged.links l, json_each(l.tags) j where l.seq between ? and ? order by 1, 2`

/** Of SQLite alone: one statement for the rows and one for their tags, which no other way comes near in speed. */
async function insertStaged(
  db: Db,
  { first, last }: SeqRange,
  { importId, businessId, now }: { importId: string; businessId: string; now: number },
): Promise<void> {
  const made = timestamp(now)
  const values = [businessId, importId, made, made, first, last]
  await db.executeQuery(CompiledQuery.raw(takeLinks, values))
  await db.executeQuery(CompiledQuery.raw(takeTags, [first, last]))
}

type Columns = ReturnType<typeof columnsOf>

function columnsOf({ tags, is_active, ...row }: LinkValues) {
  return { ...row, tags: JSON.stringify(uniqueTags(tags)), is_active: is_active ? 1 : 0 }
}

function changesOf({ tags, is_active, ...rest }: Partial<LinkValues>): Partial<Columns> {
  return {
    ...rest,
    ...(tags && { tags: JSON.stringify(uniqueTags(tags)) }),
    ...(is_active !== undefined && { is_active: is_active ? 1 : 0 }),
  }
}

async function reserve(db: Db, count: number): Promise<SeqRange> {
  const first = await takeSequence(db, 'qr_links', count)
  return { first, last: first + count - 1 }
}

function rowBySeq(db: Db, seq: number): Promise<QrLinkRow | undefined> {
  return db
    .selectFrom('qr_links')
    .selectAll()
    .where('seq', '=', seq)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
}

/** What an undo puts back, with the version that the update will leave behind. */
interface Snapshot {
  columns: Columns
  version: number
}

async function snapshot(db: Db, seqs: readonly number[]): Promise<Map<number, string>> {
  const rows = await db
    .selectFrom('qr_links')
    .selectAll()
    .where('seq', 'in', [...seqs])
    .execute()
  return new Map(rows.map((row) => [row.seq, JSON.stringify(snapshotOf(row))]))
}

function snapshotOf(row: QrLinkRow): Snapshot {
  const { slug, destination_url, title, campaign, tags, notes, is_active, starts_at, expires_at } = row
  const kept = { slug, destination_url, title, campaign, tags, notes, is_active, starts_at, expires_at }
  return { columns: kept, version: row.version + 1 }
}

async function overwrite(db: Db, row: QrLinkRow, change: Partial<Columns>, now: number): Promise<void> {
  await db
    .updateTable('qr_links')
    .set({ ...change, version: row.version + 1, updated_at: timestamp(now) })
    .where('seq', '=', row.seq)
    .execute()
  if (change.tags === undefined || change.tags === row.tags) return
  const old = JSON.parse(row.tags) as string[]
  if (old.length > 0) {
    await db.deleteFrom('qr_link_tags').where('tag', 'in', old).where('link_seq', '=', row.seq).execute()
  }
  const tags = (JSON.parse(change.tags) as string[]).map((tag) => ({ tag, link_seq: row.seq }))
  if (tags.length > 0) await db.insertInto('qr_link_tags').values(tags).execute()
}

async function putBack(
  db: Db,
  { seq, before, now }: { seq: number; before: string; now: number },
): Promise<boolean> {
  const row = await rowBySeq(db, seq)
  const kept = JSON.parse(before) as Snapshot
  if (!row || row.version !== kept.version) return false
  await overwrite(db, row, kept.columns, now)
  return true
}

async function remove(
  db: Db,
  { from, last, limit, unchangedOnly }: { from: number; last: number; limit: number; unchangedOnly: boolean },
): Promise<{ removed: number; kept: number; next: number | undefined }> {
  const rows = await db
    .selectFrom('qr_links')
    .select(['seq', 'version', 'tags', 'scan_count', 'deleted_at'])
    .where('seq', '>=', from)
    .where('seq', '<=', last)
    .orderBy('seq')
    .limit(limit)
    .execute()
  const end = rows.at(-1)?.seq
  if (end === undefined) return { removed: 0, kept: 0, next: undefined }
  // What a person deleted already is gone for good with the import that made it.
  const isKept = (row: (typeof rows)[number]) => unchangedOnly && row.version !== 1 && row.deleted_at === null
  const kept = rows.filter(isKept).map(({ seq }) => seq)
  const gone = rows.filter((row) => !isKept(row))
  await removeTags(db, gone)
  const scanned = gone.filter(({ scan_count }) => scan_count > 0).map(({ seq }) => seq)
  if (scanned.length > 0) await db.deleteFrom('qr_scans').where('link_seq', 'in', scanned).execute()
  await db
    .deleteFrom('qr_links')
    .where('seq', '>=', from)
    .where('seq', '<=', end)
    .$if(kept.length > 0, (q) => q.where('seq', 'not in', kept))
    .execute()
  return { removed: gone.length, kept: kept.length, next: rows.length < limit ? undefined : end + 1 }
}

async function removeTags(db: Db, rows: readonly { seq: number; tags: string }[]): Promise<void> {
  const seqsByTag = new Map<string, number[]>()
  for (const { seq, tags } of rows) {
    if (tags === '[]') continue
    for (const tag of JSON.parse(tags) as string[]) seqsByTag.set(tag, [...(seqsByTag.get(tag) ?? []), seq])
  }
  for (const [tag, seqs] of seqsByTag) {
    await db.deleteFrom('qr_link_tags').where('tag', '=', tag).where('link_seq', 'in', seqs).execute()
  }
}
