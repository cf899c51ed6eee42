import {
  chmodSync,
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase, { type Database as Sqlite } from 'better-sqlite3'

const keptBackups = 7

/**
 * Copies the database while it is in use, checks the copy, and only then gives it its name. Keeps the last seven.
 * Returns the path. Throws when the copy does not pass SQLite's integrity check; nothing is left behind then.
 */
export async function backUp(sqlite: Sqlite, folder: string, name: string): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${name}.sqlite`)
  const unfinished = `${path}.unfinished`
  await sqlite.backup(unfinished)
  chmodSync(unfinished, 0o600)
  try {
    checkBackup(unfinished)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  syncPath(unfinished)
  renameSync(unfinished, path)
  if (process.platform !== 'win32') syncPath(folder)
  dropOldBackups(folder)
  return path
}

function checkBackup(path: string): void {
  const copy = new SqliteDatabase(path, { fileMustExist: true })
  try {
    const verdict = copy.pragma('integrity_check', { simple: true })
    if (verdict !== 'ok') throw new Error(`The backup did not pass its check: ${String(verdict)}`)
    // A copy in WAL mode would leave side files beside it; a backup is one file.
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
}

function syncPath(path: string): void {
  const handle = openSync(path, 'r')
  fsyncSync(handle)
  closeSync(handle)
}

function dropOldBackups(folder: string): void {
  const backups = readdirSync(folder).filter((file) => file.endsWith('.sqlite'))
  for (const file of backups.toSorted().slice(0, -keptBackups)) rmSync(join(folder, file))
}
