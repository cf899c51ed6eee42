import { sql } from 'kysely'
import type { Context } from '../context.ts'

/**
 * SQLite's quick check, in a reading thread, when the last process did not end in order. The app is usable
 * meanwhile; a problem is shown as health `degraded`.
 */
export async function checkAfterUncleanEnd({ database, check, log }: Context): Promise<void> {
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check(20)`.execute(database.readers)
    const problems = rows.map((row) => row.quick_check).filter((verdict) => verdict !== 'ok')
    if (problems.length > 0) {
      check.problem =
        'The database is damaged. Restore the newest backup from the folder "backups" beside it.'
      log.error({ problems }, 'the quick check found damage')
    }
  } catch (error) {
    check.problem = 'The database could not be checked.'
    log.error({ err: error }, 'the quick check failed')
  }
  check.done = true
}
