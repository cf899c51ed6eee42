import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrations } from '#migrations/index.ts'
import type { Db } from './schema.ts'

/**
 * Brings the tables up to date. `beforeChange` runs only when a migration is due on a database that has data, and
 * is where the backup is made. Throws the migration's own error; SQLite and PostgreSQL take a failed one back.
 */
export async function migrate(db: Db, beforeChange: () => Promise<void>): Promise<void> {
  const migrator = new Migrator({
    db: db as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
  })
  const all = await migrator.getMigrations()
  const due = all.filter((migration) => migration.executedAt === undefined)
  if (due.length === 0) return
  if (due.length < all.length) await beforeChange()
  const { error } = await migrator.migrateToLatest()
  if (error) throw error instanceof Error ? error : new Error('A migration failed.', { cause: error })
}
