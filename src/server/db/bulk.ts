import type { Database as Sqlite } from 'better-sqlite3'
import { ReadThread } from './read-pool.ts'
import type { Db, Trx } from './schema.ts'

/**
 * Does one slice in a transaction of its own; other requests get their turn before it. On SQLite the file `attached`
 * is there as the schema `staged` meanwhile.
 */
export type Slice = <R>(work: (trx: Trx) => Promise<R>, attached?: string) => Promise<R>

/**
 * Work of very many rows. A slice is a few milliseconds on the writing connection. It is safe from a kill at once but
 * from a power cut only with the next ordinary commit, so such work must end with one, and must be something that a
 * start can take back until then.
 */
export type Bulk = <T>(work: (slice: Slice) => Promise<T>) => Promise<T>

/** Slices after which a thread begins to move the log into the file beside the work, some 20 MB of it. */
const slicesPerCheckpoint = 8
/** Slices after which the work waits for that, which lets the log begin anew: reckoned, some 200 MB. */
const slicesPerLog = 64

/** Turns of the event loop between slices: a request that asks twice shall not wait for two slices. */
const turnsForOthers = 3

/** Of a log, in pages: where a commit moves it into the file by itself. SQLite's own number. */
const usualCheckpoint = 1000

/**
 * On SQLite a slice commits without waiting for the disk, and the log is moved into the file by another thread, which
 * this work alone waits for: both would hold up everybody else's requests (measured in docs/decisions/0005).
 */
export function sqliteBulk(db: Db, sqlite: Sqlite, script: URL, path: string): Bulk {
  let running = 0
  return async (work) => {
    const thread = new ReadThread(script, path, true)
    const checkpoint = () => thread.read('pragma wal_checkpoint(passive)', [])
    let slices = 0
    let checkpointing: Promise<unknown> | undefined
    function startCheckpoint(): void {
      checkpointing ??= checkpoint().finally(() => (checkpointing = undefined))
      // Whoever waits for it hears of it; a disk that is full is told by the next slice too.
      checkpointing.catch(() => {})
    }
    running++
    sqlite.pragma('wal_autocheckpoint = 0')
    try {
      return await work(async (part, attached) => {
        if (++slices % slicesPerCheckpoint === 0) startCheckpoint()
        if (slices % slicesPerLog === 0) await checkpointing?.then(checkpoint)
        for (let turn = 0; turn < turnsForOthers; turn++) await new Promise(setImmediate)
        return unsynced(db, sqlite, part, attached)
      })
    } finally {
      if (--running === 0) sqlite.pragma(`wal_autocheckpoint = ${usualCheckpoint}`)
      await checkpoint().catch(() => {})
      await thread.close()
    }
  }
}

/** The connection is held until it is back in its safe mode: no other write can slip in between. */
function unsynced<R>(
  db: Db,
  sqlite: Sqlite,
  part: (trx: Trx) => Promise<R>,
  attached: string | undefined,
): Promise<R> {
  return db.connection().execute(async (connection) => {
    if (attached !== undefined) sqlite.prepare('attach ? as staged').run(attached)
    sqlite.pragma('synchronous = NORMAL')
    // All rows name one business, which the caller has: looking it up for each was a tenth of the work.
    sqlite.pragma('foreign_keys = OFF')
    try {
      return await connection.transaction().execute(part)
    } finally {
      try {
        sqlite.pragma('synchronous = FULL')
      } finally {
        sqlite.pragma('foreign_keys = ON')
        if (attached !== undefined) sqlite.exec('detach staged')
      }
    }
  })
}

/** Where the database does all that itself. */
export function plainBulk(db: Db): Bulk {
  return (work) => work((part) => db.transaction().execute(part))
}
