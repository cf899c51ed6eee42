import Database from 'better-sqlite3'

interface RowByRow {
  /** A database with a committed import; the rows of the newest one are written again. */
  from: string
  /** A database with the same tables, without them. */
  into: string
  /** Rows in a transaction. */
  atOnce: number
}

type Row = Record<string, unknown>

/**
 * The peer: one prepared statement, run row by row, into the app's own tables with the app's own durability. The rows
 * are read beforehand, so that only writing is timed. Returns milliseconds.
 */
export function insertRowByRow({ from, into, atOnce }: RowByRow): number {
  const { rows, tags } = readRows(from)
  const db = new Database(into)
  for (const pragma of [
    'journal_mode = WAL',
    'synchronous = FULL',
    // Ours asks once whether the business exists; a peer that asks for every row would only be slower.
    'foreign_keys = OFF',
    'cache_size = -65536',
  ])
    db.pragma(pragma)
  const columns = Object.keys(rows[0] ?? {})
  const marks = columns.map(() => '?').join(', ')
  const insert = db.prepare(`insert into qr_links (${columns.join(', ')}) values (${marks})`)
  const insertTag = db.prepare('insert into qr_link_tags (tag, link_seq) values (?, ?)')
  const start = performance.now()
  let open = 0
  for (const row of rows) {
    if (open === 0) db.exec('begin immediate')
    insert.run(columns.map((column) => row[column]))
    for (const tag of tags.get(row['seq'] as number) ?? []) insertTag.run(tag, row['seq'])
    if (++open < atOnce) continue
    db.exec('commit')
    open = 0
  }
  if (open > 0) db.exec('commit')
  const ms = performance.now() - start
  db.close()
  return ms
}

function readRows(path: string): { rows: Row[]; tags: Map<number, string[]> } {
  const db = new Database(path, { readonly: true })
  const id = db
    .prepare(`select id from imports where status = 'committed' order by id desc limit 1`)
    .pluck()
    .get()
  const rows = db.prepare('select * from qr_links where import_id = ? order by seq').all(id) as Row[]
  db.close()
  const tags = new Map(
    rows.map((row) => [row['seq'] as number, JSON.parse(row['tags'] as string) as string[]]),
  )
  return { rows, tags }
}
