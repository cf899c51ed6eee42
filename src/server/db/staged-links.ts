import { rmSync } from 'node:fs'
import SqliteDatabase from 'better-sqlite3'
import { newIds } from './id.ts'
import { uniqueTags, type LinkValues } from './link-values.ts'
import { makeOwnersOwn } from './sqlite.ts'

/** Where new links go: from `seq` on, made at `now` (milliseconds). */
export interface StagedAt {
  seq: number
  now: number
}

/** Columns of `links` in a staging file, named as in `qr_links`; what all rows have in common is not in it. */
export const stagedColumns = [
  'seq',
  'id',
  'slug',
  'destination_url',
  'title',
  'campaign',
  'tags',
  'notes',
  'is_active',
  'starts_at',
  'expires_at',
] as const

/**
 * Writes new links into a SQLite file of their own, for the writing connection to take over with one statement: a
 * worker does this, so no row crosses threads. A file that is there goes; this one is worth nothing after a kill.
 */
export function writeStagedLinks(path: string, rows: readonly LinkValues[], { seq, now }: StagedAt): void {
  rmSync(path, { force: true })
  makeOwnersOwn(path)
  const file = new SqliteDatabase(path)
  try {
    file.pragma('journal_mode = OFF')
    file.pragma('synchronous = OFF')
    file.exec(`create table links (seq integer primary key, ${stagedColumns.slice(1).join(', ')})`)
    const insert = file.prepare(`insert into links values (${stagedColumns.map(() => '?').join(', ')})`)
    const ids = newIds(rows.length, now, seq & 0xfffff)
    file.exec('begin')
    for (const [index, row] of rows.entries()) {
      const { slug, destination_url: url, title, campaign, notes, starts_at: start, expires_at: end } = row
      const tags = row.tags.length === 0 ? '[]' : JSON.stringify(uniqueTags(row.tags))
      const active = row.is_active ? 1 : 0
      insert.run(seq + index, ids[index], slug, url, title, campaign, tags, notes, active, start, end)
    }
    file.exec('commit')
  } finally {
    file.close()
  }
}
