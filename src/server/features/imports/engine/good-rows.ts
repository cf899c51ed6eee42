import type { ImportSession } from './import-session.ts'
import { type RowAction, actionOf } from './row-table.ts'
import { type StoredLink, isUnchanged, mergeRow } from './merge-row.ts'

/** A row ready to be written: the whole link as it shall be. */
export interface GoodRow {
  /** 1-based. */
  row: number
  action: 'create' | 'update'
  slug: string
  destination_url: string
  title: string | null
  campaign: string | null
  tags: string[]
  notes: string | null
  is_active: boolean
  starts_at: string | null
  expires_at: string | null
  /** Of the link to be updated, as it was when the chunk was made. */
  existing: { seq: number; id: string; version: number } | null
}

export interface GoodChunk {
  rows: GoodRow[]
  /** Rows left out: nothing to change, to be skipped, or in conflict with a link stored since the preview. */
  unchanged: number
  skipped: number
  conflicts: number
  /** The row (1-based) to go on from, null at the end. */
  next: number | null
}

/** The good rows from `from` (1-based) on, so many at most. Stored links are looked up anew for each chunk. */
export function goodChunk(session: ImportSession, from: number, size: number): GoodChunk {
  const { rows } = session.scan
  const chunk: GoodChunk = { rows: [], unchanged: 0, skipped: 0, conflicts: 0, next: null }
  const picked: { row: number; slug: string }[] = []
  let row = from - 1
  for (; row < rows.size && picked.length < size; row++) {
    const action = actionOf(rows.flags[row]!, session.mode)
    const entry = rows.slugs[row]! - 1
    if (action !== 'error' && entry >= 0) picked.push({ row, slug: session.scan.slugs.text(entry) })
  }
  const stored = new Map(
    session.findStored(picked.map(({ slug }) => slug)).map(({ key, link }) => [key, link]),
  )
  for (const [key, { row: at, slug }] of picked.entries()) {
    const link = stored.get(key)
    const { row: good, action } = makeRow(session, at, slug, link)
    if (action === 'unchanged') chunk.unchanged++
    else if (action === 'skip') chunk.skipped++
    else if (action === 'error') chunk.conflicts++
    else chunk.rows.push(good)
  }
  chunk.next = row < rows.size ? row + 1 : null
  return chunk
}

function makeRow(
  session: ImportSession,
  row: number,
  slug: string,
  link: StoredLink | undefined,
): { row: GoodRow; action: RowAction } {
  const values = session.valuesOf(row)
  if (link === undefined) {
    const { destination_url: url, tags, is_active: active, ...rest } = values
    const good = { ...rest, slug, destination_url: url ?? '', tags: tags ?? [], is_active: active ?? true }
    return { row: { row: row + 1, action: 'create', ...good, existing: null }, action: 'create' }
  }
  const { seq, id, version, ...merged } = mergeRow(values, link)
  const action = isUnchanged(values, link)
    ? 'unchanged'
    : session.mode === 'update'
      ? 'update'
      : session.mode === 'skip'
        ? 'skip'
        : 'error'
  return { row: { row: row + 1, action: 'update', slug, ...merged, existing: { seq, id, version } }, action }
}
