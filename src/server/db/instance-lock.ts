import { join } from 'node:path'
import SqliteDatabase, { type Database as Sqlite } from 'better-sqlite3'
import { makeOwnersOwn } from './sqlite.ts'

/** Somebody else has this data folder open. */
export class DataFolderInUse extends Error {
  constructor(dataDir: string) {
    super(`The data folder ${dataDir} is in use by another QRScan process.`)
    this.name = 'DataFolderInUse'
  }
}

/**
 * Owns a data folder until closed, or until the process ends in whatever way: the lock is SQLite's own on a side
 * file, so the system lets go of it even after kill -9. The caller must keep the returned value referenced.
 */
export class InstanceLock {
  private readonly file: Sqlite

  constructor(dataDir: string) {
    const path = join(dataDir, 'instance.lock')
    // Who can read it can hold it against us.
    makeOwnersOwn(path)
    this.file = new SqliteDatabase(path, { timeout: 0 })
    try {
      this.file.exec('BEGIN EXCLUSIVE')
    } catch (error) {
      this.file.close()
      if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) throw new DataFolderInUse(dataDir)
      throw error
    }
  }

  release(): void {
    this.file.close()
  }
}
