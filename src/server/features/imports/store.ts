import { createHash } from 'node:crypto'
import type { Updateable } from 'kysely'
import type { ImportKind } from '#contract/import-kinds.ts'
import type { ImportColumn, ImportStatus } from '#contract/imports.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { Edit } from './engine/edit-log.ts'
import { stateOf, type ImportState } from './state.ts'
import type { ImportRecord, ImportsTable } from './table.ts'

export async function findImportRecord(
  db: Db,
  id: string,
  limitedTo: string | null = null,
): Promise<ImportRecord | undefined> {
  const record = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirst()
  return record && (limitedTo === null || record.business_id === limitedTo) ? record : undefined
}

/**
 * Changes an import; `state` is laid over what is kept. With `only`, an import in another status stays as it is.
 * Returns it as it is now.
 */
export async function saveImport(
  db: Db,
  id: string,
  change: Omit<Updateable<ImportsTable>, 'state'> & { state?: Partial<ImportState> },
  now: number,
  only?: readonly ImportStatus[],
): Promise<ImportRecord> {
  const { state, ...columns } = change
  const record = await db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const saved = await db
    .updateTable('imports')
    .set({
      ...columns,
      ...(state && { state: JSON.stringify({ ...stateOf(record), ...state }) }),
      updated_at: timestamp(now),
    })
    .where('id', '=', id)
    .$if(only !== undefined, (q) => q.where('status', 'in', only ?? []))
    .returningAll()
    .executeTakeFirst()
  return saved ?? db.selectFrom('imports').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

const editsAtOnce = 500

/** Keeps edits so that they outlive the worker; a null takes one back. */
export async function saveEdits(db: Db, importId: string, edits: readonly Edit[]): Promise<void> {
  for (let from = 0; from < edits.length; from += editsAtOnce) {
    const batch = edits.slice(from, from + editsAtOnce)
    await db.transaction().execute(async (trx) => {
      for (const edit of batch) await saveEdit(trx, importId, edit)
    })
    // Other requests get their turn between the slices of a large fix.
    await new Promise(setImmediate)
  }
}

async function saveEdit(db: Db, importId: string, { row, column, value }: Edit): Promise<void> {
  if (value === null) {
    await db
      .deleteFrom('import_edits')
      .where('import_id', '=', importId)
      .where('row', '=', row)
      .where('column', '=', column)
      .execute()
    return
  }
  await db
    .insertInto('import_edits')
    .values({ import_id: importId, row, column, value })
    .onConflict((c) => c.columns(['import_id', 'row', 'column']).doUpdateSet({ value }))
    .execute()
}

export async function loadEdits(readers: Db, importId: string): Promise<Edit[]> {
  return readers
    .selectFrom('import_edits')
    .select(['row', 'column', 'value'])
    .where('import_id', '=', importId)
    .orderBy('row')
    .execute()
}

/** Names a kind of file: the same headers in the same order are mapped the same way next time. */
export function fingerprintOf(kind: ImportKind, columns: readonly ImportColumn[]): string {
  const names = columns.map(({ name }) => name.trim().toLowerCase())
  // What was remembered before there were other kinds is of links.
  const named = kind === 'qr_links' ? names : [kind, ...names]
  return createHash('sha256').update(JSON.stringify(named)).digest('hex')
}

export async function rememberMapping(
  db: Db,
  businessId: string,
  fingerprint: string,
  mapping: Record<string, string | null>,
  now: number,
): Promise<void> {
  const values = { mapping: JSON.stringify(mapping), updated_at: timestamp(now) }
  await db
    .insertInto('import_mappings')
    .values({ business_id: businessId, fingerprint, ...values })
    .onConflict((c) => c.columns(['business_id', 'fingerprint']).doUpdateSet(values))
    .execute()
}

export async function recallMapping(
  db: Db,
  businessId: string,
  fingerprint: string,
): Promise<Record<string, string | null> | undefined> {
  const row = await db
    .selectFrom('import_mappings')
    .select('mapping')
    .where('business_id', '=', businessId)
    .where('fingerprint', '=', fingerprint)
    .executeTakeFirst()
  return row && (JSON.parse(row.mapping) as Record<string, string | null>)
}
