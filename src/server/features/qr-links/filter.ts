import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { QrLinkFilter } from '#contract/qr-links.ts'
import { timestamp } from '../../clock.ts'
import type { HiddenRanges } from '../../db/hidden-ranges.ts'
import type { Tables } from '../../db/schema.ts'

type Links = ExpressionBuilder<Tables, 'qr_links'>

/** Which links a list is about. */
export interface LinkSelection {
  /** The one business to look in; undefined looks in all that the caller may see. */
  businessId: string | undefined
  filter: Omit<QrLinkFilter, 'sort' | 'business_id'>
  /** Milliseconds, for what `active`, `scheduled` and `expired` mean now. */
  now: number
}

/** The condition of a selection. Deleted rows and those of an import under way are never in it. */
export function linksIn({ businessId, filter, now }: LinkSelection, hidden: HiddenRanges) {
  return (e: Links): Expression<SqlBool> => {
    const parts: Expression<SqlBool>[] = [e('qr_links.deleted_at', 'is', null), hidden.visible(e)]
    if (businessId !== undefined) parts.push(ofBusiness(e, businessId, filter))
    if (filter.campaign) parts.push(e('qr_links.campaign', '=', filter.campaign))
    if (filter.import_id) parts.push(ofImport(e, filter.import_id))
    if (filter.tag) parts.push(withTag(e, filter.tag))
    if (filter.status) parts.push(withStatus(e, filter.status, timestamp(now)))
    if (filter.search) parts.push(matching(e, filter.search))
    return e.and(parts)
  }
}

/**
 * A search that nothing else narrows reads the whole table in the order it lies on the disk, which no index of the
 * business does; `is true` keeps the planner away from those.
 */
function ofBusiness(e: Links, id: string, filter: LinkSelection['filter']): Expression<SqlBool> {
  const readsAll = filter.search && !filter.campaign && !filter.tag && !filter.import_id
  const ours = e('qr_links.business_id', '=', id)
  return readsAll ? sql<SqlBool>`(${ours}) is true` : ours
}

/** An import's rows lie in one range of `seq`, which is faster than an index on `import_id` and costs nothing. */
function ofImport(e: Links, id: string): Expression<SqlBool> {
  const end = (column: 'first_seq' | 'last_seq') =>
    e.selectFrom('imports').select(column).where('imports.id', '=', id)
  return e.and([
    e('qr_links.import_id', '=', id),
    e('qr_links.seq', '>=', end('first_seq')),
    e('qr_links.seq', '<=', end('last_seq')),
  ])
}

function withTag(e: Links, tag: string): Expression<SqlBool> {
  return e(
    'qr_links.seq',
    'in',
    e.selectFrom('qr_link_tags').select('qr_link_tags.link_seq').where('qr_link_tags.tag', '=', tag),
  )
}

/** Paused wins over the dates; then expired, then scheduled; what is left is active. */
function withStatus(e: Links, status: NonNullable<QrLinkFilter['status']>, now: string): Expression<SqlBool> {
  const active = e('qr_links.is_active', '=', 1)
  const expired = e.and([e('qr_links.expires_at', 'is not', null), e('qr_links.expires_at', '<=', now)])
  const scheduled = e.and([e('qr_links.starts_at', 'is not', null), e('qr_links.starts_at', '>', now)])
  const unexpired = e.or([e('qr_links.expires_at', 'is', null), e('qr_links.expires_at', '>', now)])
  if (status === 'paused') return e('qr_links.is_active', '=', 0)
  if (status === 'expired') return e.and([active, expired])
  if (status === 'scheduled') return e.and([active, scheduled, unexpired])
  const started = e.or([e('qr_links.starts_at', 'is', null), e('qr_links.starts_at', '<=', now)])
  return e.and([active, started, unexpired])
}

/** Text anywhere in slug, destination, title or campaign; letter case does not matter. */
function matching(e: Links, search: string): Expression<SqlBool> {
  const wanted = search.toLowerCase()
  const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`
  const columns = ['slug', 'destination_url', 'title', 'campaign'] as const
  return e.or(
    columns.map(
      (column) => sql<SqlBool>`${lowered(sql.ref(`qr_links.${column}`), wanted)} like ${pattern} escape '\\'`,
    ),
  )
}

/** SQLite lowers ASCII alone; the other letters of what is looked for are lowered one by one. */
function lowered(column: Expression<unknown>, wanted: string): Expression<unknown> {
  let text: Expression<unknown> = sql`lower(${column})`
  for (const letter of new Set(wanted.match(/[^\u0000-\u007f]/gu))) {
    const capital = letter.toUpperCase()
    if (capital !== letter) text = sql`replace(${text}, ${capital}, ${letter})`
  }
  return text
}
