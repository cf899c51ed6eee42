import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database as Sqlite } from 'better-sqlite3'
import { Kysely, PostgresDialect, SqliteAdapter, SqliteDialect } from 'kysely'
import { backUp } from './backup.ts'
import { plainBulk, sqliteBulk, type Bulk } from './bulk.ts'
import { isDiskFull } from './errors.ts'
import { InstanceLock } from './instance-lock.ts'
import { migrate } from './migrate.ts'
import { openReadPool } from './read-pool.ts'
import { openReader, openWriter, withStatementCache } from './sqlite.ts'
import type { Db, Tables } from './schema.ts'

/** An open database with its tables up to date. */
export interface Database {
  kind: 'sqlite' | 'postgres'
  /** The writing connection. Short work only: on SQLite it runs on the thread that answers requests. */
  db: Db
  /** For reads that may take long; on SQLite they run in worker threads. They see what is committed. */
  readers: Db
  /** For reads of at most two thousand rows through an index: on SQLite on this thread, which a worker's reply costs more than. */
  near: Db
  /** Path of the SQLite file, for threads that open their own read-only connection. */
  path: string | undefined
  /** For writes of very many rows, slice by slice; see `bulk.ts`. */
  bulk: Bulk
  /** The last process did not end in order, so the file wants a check. */
  unclean: boolean
  close(): Promise<void>
}

export interface DatabaseOptions {
  dataDir: string
  /** Where the read worker's script is; it differs between the source and the built bundle. */
  readWorker: URL
  /** `postgres://…` makes this a hub. */
  databaseUrl?: string | undefined
}

/** Opens, locks and migrates. Throws `DataFolderInUse` when another process owns the folder. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  mkdirSync(options.dataDir, { recursive: true, mode: 0o700 })
  const lock = new InstanceLock(options.dataDir)
  try {
    return options.databaseUrl
      ? await openPostgres(options.databaseUrl, lock)
      : await openSqlite(options, lock)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openSqlite({ dataDir, readWorker }: DatabaseOptions, lock: InstanceLock): Promise<Database> {
  const path = join(dataDir, 'qrscan.sqlite')
  const marker = join(dataDir, 'running')
  const unclean = existsSync(marker)
  writeFileSync(marker, `${process.pid}\n`, { mode: 0o600 })
  const sqlite = openWriter(path)
  const db = new Kysely<Tables>({
    dialect: new TransactionalSqlite({ database: withStatementCache(sqlite) }),
  })
  await migrateOrClose(db, async () => {
    await backUp(sqlite, join(dataDir, 'backups'), `before-migration-${Date.now()}`)
  })
  const readers = openReadPool(readWorker, path)
  const near = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withStatementCache(openReader(path)) }),
  })
  async function close(): Promise<void> {
    await readers.destroy()
    await near.destroy()
    optimise(sqlite)
    await db.destroy()
    rmSync(marker, { force: true })
    lock.release()
  }
  const bulk = sqliteBulk(db, sqlite, readWorker, path)
  return { kind: 'sqlite', db, readers, near, path, unclean, close, bulk }
}

async function openPostgres(databaseUrl: string, lock: InstanceLock): Promise<Database> {
  const { Pool } = await import('pg')
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: new Pool({ connectionString: databaseUrl, max: 10 }) }),
  })
  await migrateOrClose(db, async () => {})
  async function close(): Promise<void> {
    await db.destroy()
    lock.release()
  }
  const bulk = plainBulk(db)
  return { kind: 'postgres', db, readers: db, near: db, path: undefined, unclean: false, close, bulk }
}

/** What SQLite would note about its indexes can wait for the next end; a full disk must not keep the folder locked. */
function optimise(sqlite: Sqlite): void {
  try {
    sqlite.pragma('optimize')
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

/** A start that fails leaves no connection behind: whoever tries again, or puts a backup back, finds the file free. */
async function migrateOrClose(db: Db, beforeChange: () => Promise<void>): Promise<void> {
  try {
    await migrate(db, beforeChange)
  } catch (error) {
    await db.destroy()
    throw error
  }
}

/** SQLite takes changes of tables back with a transaction; Kysely has to be told, or half a failed migration stays. */
class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
