import { PGlite } from '@electric-sql/pglite'
import { Kysely, PGliteDialect } from 'kysely'
import { plainBulk } from '#server/db/bulk.ts'
import { migrate } from '#server/db/migrate.ts'
import type { Database } from '#server/db/open.ts'
import type { Tables } from '#server/db/schema.ts'

/** A real PostgreSQL in this process with the hub's tables, gone when it is closed. */
export async function openTestPostgres(): Promise<Database> {
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: new PGlite() }) })
  await migrate(db, async () => {})
  return {
    kind: 'postgres',
    db,
    readers: db,
    near: db,
    path: undefined,
    bulk: plainBulk(db),
    unclean: false,
    close: () => db.destroy(),
  }
}
