import type { Db } from './schema.ts'

type SequenceName =
  | 'qr_links'
  | 'qr_scans'
  | 'qr_scan_batches'
  | 'recall_actions'
  | 'recall_changes'
  | 'order_changes'
  // One a business or station and day, without gaps: what is taken back is given out again.
  | `orders:${string}`
  | `station:${string}`
  // How many bundles a business had made of a kind on a day.
  | `exports:${string}`

/**
 * Takes `count` consecutive numbers of a sequence and returns the first. Our own rows in a table rather than the
 * database's own counter, so that an import can own one range and SQLite and PostgreSQL agree.
 */
export async function takeSequence(db: Db, name: SequenceName, count = 1): Promise<number> {
  const { next } = await db
    .insertInto('sequences')
    .values({ name, next: 1 + count })
    .onConflict((c) => c.column('name').doUpdateSet((e) => ({ next: e('sequences.next', '+', count) })))
    .returning('next')
    .executeTakeFirstOrThrow()
  return next - count
}
