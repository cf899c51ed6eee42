import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '#server/db/open.ts'
import { makeConfig } from '#server/entry-config.ts'
import { openTestPostgres } from './postgres.ts'

/** Both databases that the stores run on, for `describe.each`: a name, and what opens an empty one. */
export const databases: [name: string, open: () => Promise<Database>][] = [
  ['SQLite', openTestSqlite],
  ['PostgreSQL', openTestPostgres],
]

/** In a folder of its own that goes with it. */
async function openTestSqlite(): Promise<Database> {
  const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-store-'))
  const database = await openDatabase({ dataDir, readWorker: makeConfig({ dataDir }).workers.read })
  async function close(): Promise<void> {
    await database.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { ...database, close }
}
