import type { ServiceRequest, ServiceRequestKind } from '#contract/service-requests.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { DiningTableRow, ServiceRequestRow } from './table.ts'

export function presentServiceRequest(row: ServiceRequestRow): ServiceRequest {
  return { ...row, table: row.table_name }
}

export interface ServiceRequestToPlace {
  businessId: string
  table: Pick<DiningTableRow, 'id' | 'name'> | null
  kind: ServiceRequestKind
  note: string | null
  receiptHash?: string | null
  now: number
}

/** Writes a guest's call in the caller's transaction. The caller announces it (`announceServiceRequest`). */
export async function placeServiceRequest(
  trx: Db,
  { businessId, table, kind, note, receiptHash, now }: ServiceRequestToPlace,
): Promise<ServiceRequestRow> {
  const at = timestamp(now)
  const row: ServiceRequestRow = {
    id: newId(now),
    business_id: businessId,
    kind,
    table_id: table?.id ?? null,
    table_name: table?.name ?? null,
    note,
    status: 'open',
    resolved_by: null,
    resolved_at: null,
    receipt_hash: receiptHash ?? null,
    version: 1,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  await trx.insertInto('service_requests').values(row).execute()
  return row
}

/** Answered, or open again. A second person who answers it changes nothing: the first one did. */
export async function resolveServiceRequestRow(
  trx: Db,
  row: ServiceRequestRow,
  { note, undo = false, by, now }: { note?: string | null; undo?: boolean; by: string; now: number },
): Promise<ServiceRequestRow> {
  if ((row.status === 'open') === undo) return row
  const at = timestamp(now)
  const next: ServiceRequestRow = {
    ...row,
    status: undo ? 'open' : 'resolved',
    resolved_by: undo ? null : by,
    resolved_at: undo ? null : at,
    note: note ? [row.note, note].filter((text) => text !== null).join('\n') : row.note,
    version: row.version + 1,
    updated_at: at,
  }
  await trx.updateTable('service_requests').set(next).where('id', '=', row.id).execute()
  return next
}

/** A window of the calls: the open ones oldest first, then the answered ones newest first. */
export async function listServiceRequestRows(
  db: Db,
  businessIds: readonly string[],
  status: ServiceRequestRow['status'] | undefined,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: ServiceRequestRow[] }> {
  const calls = (state: ServiceRequestRow['status']) =>
    db
      .selectFrom('service_requests')
      .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
      .where('status', '=', state)
  const count = async (state: ServiceRequestRow['status']): Promise<number> => {
    if (status !== undefined && status !== state) return 0
    const { count } = await calls(state)
      .select((e) => e.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  const [open, resolved] = [await count('open'), await count('resolved')]
  const rows =
    offset < open ? await calls('open').selectAll().orderBy('id').limit(limit).offset(offset).execute() : []
  if (rows.length < limit && resolved > 0) {
    const rest = calls('resolved').selectAll().orderBy('id', 'desc')
    const from = Math.min(Math.max(offset - open, 0), resolved)
    rows.push(
      ...(await rest
        .limit(limit - rows.length)
        .offset(from)
        .execute()),
    )
  }
  return { total: open + resolved, rows }
}
