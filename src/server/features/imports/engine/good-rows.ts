import type { LinkValues } from '../../../db/link-values.ts'
import { writeStagedLinks, type StagedAt } from '../../../db/staged-links.ts'
import type { ImportSession } from './import-session.ts'
import { type RowAction, actionOf } from './row-table.ts'
import { type ChangedField, type StoredLink, changedFields, mergeRow } from './merge-row.ts'

/** A row ready to be written: the whole link as it shall be. */
export interface GoodRow extends LinkValues {
  /** 1-based. */
  row: number
  action: 'create' | 'update'
  /** Of the link to be updated, as it was when the chunk was made. */
  existing: { seq: number; id: string; version: number; changed: ChangedField[] } | null
}

export interface GoodChunk {
  rows: GoodRow[]
  /** Rows to be created that are in the staging file instead, if one was asked for. */
  staged: number
  /** Rows left out: nothing to change, to be skipped, or in conflict with a link stored since the preview. */
  unchanged: number
  skipped: number
  conflicts: number
  /** The row (1-based) to go on from, null at the end. */
  next: number | null
}

/**
 * The good rows from `from` (1-based) on, so many at most. Stored links are looked up anew for each chunk.
 */
export function goodChunk(session: ImportSession, from: number, size: number): GoodChunk {
  const { rows } = session.scan
  const chunk: GoodChunk = { rows: [], staged: 0, unchanged: 0, skipped: 0, conflicts: 0, next: null }
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
  const values = session.valuesOf(row, 256 << 10)
  if (link === undefined) {
    const { destination_url: url, tags, is_active: active, ...rest } = values
    const good = { ...rest, slug, destination_url: url ?? '', tags: tags ?? [], is_active: active ?? true }
    return { row: { row: row + 1, action: 'create', ...good, existing: null }, action: 'create' }
  }
  const { seq, id, version, ...merged } = mergeRow(values, link)
  const changed = changedFields(values, link)
  const action =
    changed.length === 0
      ? 'unchanged'
      : session.mode === 'update'
        ? 'update'
        : session.mode === 'skip'
          ? 'skip'
          : 'error'
  return {
    row: { row: row + 1, action: 'update', slug, ...merged, existing: { seq, id, version, changed } },
    action,
  }
}

/** As `goodChunk`, with the rows to be created put into a staging file. */
export function stagedChunk(
  session: ImportSession,
  from: number,
  size: number,
  { path, ...at }: StagedAt & { path: string },
): GoodChunk {
  const chunk = goodChunk(session, from, size)
  const creates = chunk.rows.filter(({ action }) => action === 'create')
  writeStagedLinks(path, creates, at)
  return { ...chunk, staged: creates.length, rows: chunk.rows.filter(({ action }) => action === 'update') }
}

type Columns = { [Key in keyof GoodRow]: GoodRow[Key][] }

/**
 * A chunk as it crosses between threads: by columns, as cloning a thousand objects takes three times as long.
 */
export type PackedChunk = Omit<GoodChunk, 'rows'> & { columns: Columns }

export function packChunk({ rows, ...rest }: GoodChunk): PackedChunk {
  const columns: Columns = {
    row: rows.map(({ row }) => row),
    action: rows.map(({ action }) => action),
    slug: rows.map(({ slug }) => slug),
    destination_url: rows.map((row) => row.destination_url),
    title: rows.map(({ title }) => title),
    campaign: rows.map(({ campaign }) => campaign),
    tags: rows.map(({ tags }) => tags),
    notes: rows.map(({ notes }) => notes),
    is_active: rows.map((row) => row.is_active),
    starts_at: rows.map((row) => row.starts_at),
    expires_at: rows.map((row) => row.expires_at),
    existing: rows.map(({ existing }) => existing),
  }
  return { ...rest, columns }
}

export function unpackChunk({ columns, ...rest }: PackedChunk): GoodChunk {
  const rows = columns.row.map((row, k) => ({
    row,
    action: columns.action[k]!,
    slug: columns.slug[k]!,
    destination_url: columns.destination_url[k]!,
    title: columns.title[k]!,
    campaign: columns.campaign[k]!,
    tags: columns.tags[k]!,
    notes: columns.notes[k]!,
    is_active: columns.is_active[k]!,
    starts_at: columns.starts_at[k]!,
    expires_at: columns.expires_at[k]!,
    existing: columns.existing[k]!,
  }))
  return { ...rest, rows }
}
