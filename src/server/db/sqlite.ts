import { chmodSync, closeSync, openSync } from 'node:fs'
import SqliteDatabase, { type Database as Sqlite, type Statement } from 'better-sqlite3'

/** How many compiled statements one connection keeps; the app has a few hundred distinct ones at most. */
const keptStatements = 500

/**
 * The one writing connection. WAL with FULL: a commit that was answered survives a power cut
 * (docs/decisions/0002-sqlite-durability.md).
 */
export function openWriter(path: string): Sqlite {
  makeOwnersOwn(path)
  const sqlite = new SqliteDatabase(path)
  sqlite.pragma('journal_mode = WAL')
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('checkpoint_fullfsync = ON')
  sqlite.pragma('foreign_keys = ON')
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('trusted_schema = OFF')
  sqlite.pragma('cell_size_check = ON')
  sqlite.pragma('cache_size = -65536')
  return sqlite
}

/** Makes sure that a file is there and its owner's alone, in whatever folder; SQLite makes those beside it alike. */
export function makeOwnersOwn(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

/** A connection that cannot write, for one thread's own reads. The file must exist. */
export function openReader(path: string): Sqlite {
  const sqlite = new SqliteDatabase(path, { readonly: true, fileMustExist: true })
  sqlite.pragma('busy_timeout = 5000')
  sqlite.pragma('trusted_schema = OFF')
  sqlite.pragma('cache_size = -32768')
  return sqlite
}

/** A connection whose one use is `PRAGMA wal_checkpoint`, which a read-only one may not do. */
export function openCheckpointer(path: string): Sqlite {
  const sqlite = new SqliteDatabase(path, { fileMustExist: true })
  sqlite.pragma('synchronous = FULL')
  sqlite.pragma('busy_timeout = 5000')
  return sqlite
}

/** Kysely prepares each query anew; this keeps the compiled statements, the least recently used go first. */
export function withStatementCache(sqlite: Sqlite): {
  prepare(sql: string): Statement<unknown[]>
  close(): void
} {
  const statements = new Map<string, Statement<unknown[]>>()
  function prepare(sql: string): Statement<unknown[]> {
    // A full disk makes SQLite take a transaction back by itself: a second time would fail and hide why.
    if (sql === 'rollback' && !sqlite.inTransaction) return prepare('select 1 where 0')
    const kept = statements.get(sql)
    if (kept && !kept.busy) {
      statements.delete(sql)
      statements.set(sql, kept)
      return kept
    }
    const fresh = sqlite.prepare<unknown[]>(sql)
    if (!kept) statements.set(sql, fresh)
    if (statements.size > keptStatements) statements.delete(statements.keys().next().value as string)
    return fresh
  }
  return { prepare, close: () => sqlite.close() }
}
