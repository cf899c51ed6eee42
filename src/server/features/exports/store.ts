import type { BundleStatus, ExportBundle } from '#contract/export-bundles.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { BundleProgress } from './bundle-item.ts'
import type { StoredRequest } from './bundle-source.ts'
import type { ExportBundleRow } from './table.ts'

/** A row as the contract names it. Ten thousand ids are not told again: how many there were is in `total`. */
export function presentBundle(row: ExportBundleRow): ExportBundle {
  const { until: _until, ids: _ids, logo: _logo, ...request } = JSON.parse(row.request) as StoredRequest
  return { ...row, request }
}

export function storedRequest(row: ExportBundleRow): StoredRequest {
  return JSON.parse(row.request) as StoredRequest
}

/** The bundles of a business, or of all that the caller may see. */
export function bundlesOf(db: Db, businessId: string | undefined) {
  const all = db.selectFrom('export_bundles')
  return businessId === undefined ? all : all.where('business_id', '=', businessId)
}

export async function insertBundle(
  db: Db,
  businessId: string,
  request: StoredRequest,
  { total, until }: { total: number; until?: string },
  now: number,
): Promise<ExportBundleRow> {
  const at = timestamp(now)
  const row: ExportBundleRow = {
    id: newId(now),
    business_id: businessId,
    kind: request.kind,
    status: 'queued',
    request: JSON.stringify({ ...request, ...(until !== undefined && { until }) } satisfies StoredRequest),
    done: 0,
    total,
    verified: 0,
    refused: 0,
    bytes: null,
    sha256: null,
    filename: null,
    reason: null,
    expires_at: null,
    created_at: at,
    updated_at: at,
  }
  await db.insertInto('export_bundles').values(row).execute()
  return row
}

export function findBundleRow(db: Db, id: string): Promise<ExportBundleRow | undefined> {
  return db.selectFrom('export_bundles').selectAll().where('id', '=', id).executeTakeFirst()
}

type Change = Partial<Omit<ExportBundleRow, 'id' | 'business_id' | 'kind' | 'created_at' | 'updated_at'>>

/**
 * Changes a bundle that is in one of the states, in one step. Undefined where it is not any more: somebody else has
 * cancelled or finished it.
 */
export function changeBundle(
  db: Db,
  id: string,
  from: readonly BundleStatus[],
  change: Change,
  now: number,
): Promise<ExportBundleRow | undefined> {
  return db
    .updateTable('export_bundles')
    .set({ ...change, updated_at: timestamp(now) })
    .where('id', '=', id)
    .where('status', 'in', from)
    .returningAll()
    .executeTakeFirst()
}

/** The progress as columns; `bytes` is that of the finished file and not told before. */
export function columnsOf({ done, verified, refused }: BundleProgress): Change {
  return { done, verified, refused }
}
