import type { Db } from '../../db/schema.ts'
import { entryOf } from './entry.ts'
import type { RecallActionRow } from './table.ts'
import { verifyRecord } from './verify-record.ts'

/** What is wrong with the record as it lies in the database, in a sentence; undefined where nothing is. */
export async function findRecordProblem(
  db: Db,
  text: string,
  rows: readonly RecallActionRow[],
): Promise<string | undefined> {
  return (
    verifyRecord(text).problem?.message ??
    rows.map(columnProblem).find((problem) => problem !== undefined) ??
    (await deviceProblem(db))
  )
}

/** Columns are for looking up; the entry is what was sealed. */
function columnProblem(row: RecallActionRow): string | undefined {
  const entry = entryOf(row)
  const names = [
    'id',
    'recall_id',
    'business_id',
    'sequence',
    'action',
    'quantity',
    'supersedes_id',
    'gtin',
    'serial',
    'place',
    'done_at',
    'previous_hash',
    'created_at',
  ] as const
  const wrong = names.find((name) => entry[name] !== row[name])
  return wrong && `The table says another ${wrong} than entry ${entry.recall_sequence} itself.`
}

/** The device's whole chain, without reading what its entries say: none is missing, each follows the one before. */
async function deviceProblem(db: Db): Promise<string | undefined> {
  // In one statement: an action may be recorded between two.
  const counts = await db
    .selectFrom('recall_actions')
    .select((e) => [
      e.fn.countAll<number>().as('entries'),
      e.fn.max('sequence').as('last'),
      e.selectFrom('sequences').select('next').where('name', '=', 'recall_actions').as('next'),
    ])
    .executeTakeFirstOrThrow()
  const [entries, last, given] = [counts.entries, counts.last ?? 0, (counts.next ?? 1) - 1].map(Number)
  if (entries !== last)
    return `The record of this device ends with number ${last}, but holds ${entries} entries.`
  if (given !== last)
    return `This device has given out ${given} numbers, but its record ends with number ${last}.`
  const torn = await db
    .selectFrom('recall_actions as a')
    .innerJoin('recall_actions as b', (join) => join.on((e) => e('b.sequence', '=', e('a.sequence', '+', 1))))
    .whereRef('b.previous_hash', '!=', 'a.hash')
    .select('b.sequence')
    .limit(1)
    .executeTakeFirst()
  return torn && `Entry ${torn.sequence} of this device's record does not follow the one before it.`
}
