import type { Db } from '../../db/schema.ts'
import type { SeqRange } from '../../db/hidden-ranges.ts'
import type { LinkValues } from '../../db/link-values.ts'

/** What an import needs of the links; the links feature does it, app.ts hands it over. */
export interface BulkLinks {
  /** Sets a range of `seq` aside that nobody else will write in. */
  reserve(db: Db, count: number): Promise<SeqRange>
  /** Inserts rows from `seq` on. Throws the database's unique violation when a slug went to somebody else. */
  insert(
    db: Db,
    rows: readonly LinkValues[],
    at: { seq: number; importId: string; businessId: string; now: number },
  ): Promise<void>
  /** As `insert`, the rows of a range out of the staging file attached on SQLite (src/server/db/staged-links.ts). */
  insertStaged(
    db: Db,
    range: SeqRange,
    at: { importId: string; businessId: string; now: number },
  ): Promise<void>
  /** The present values of links as text, which `putBack` understands. */
  snapshot(db: Db, seqs: readonly number[]): Promise<Map<number, string>>
  /** Writes the given fields over the link as it is now. */
  apply(
    db: Db,
    update: { seq: number; after: Partial<LinkValues>; importId: string; now: number },
  ): Promise<void>
  /** Puts back what an update changed, unless somebody changed the link since: false then. */
  putBack(db: Db, update: { seq: number; before: string; now: number }): Promise<boolean>
  /**
   * Removes up to `limit` rows of a range from `from` on. With `unchangedOnly`, rows that somebody changed since
   * stay and are counted as kept. `next` is where to go on, undefined at the end.
   */
  remove(
    db: Db,
    range: { from: number; last: number; limit: number; unchangedOnly: boolean },
  ): Promise<{ removed: number; kept: number; next: number | undefined }>
  /** Tells open windows and caches that links of a business changed. */
  announce(businessId: string): void
}
