import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallNotice, RecallStatus } from '#contract/recalls.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { RecallRow } from './table.ts'

export interface NewRecall {
  businessId: string
  isMock: boolean
  source: RecallRow['source']
  passportId: string | null
  notice: RecallNotice
  lines: readonly RecallLine[]
  status: Exclude<RecallStatus, 'closed'>
}

/** Who did it, when, and why. */
export interface Who {
  by: string
  now: number
  reason: string | null
}

export async function insertRecall(trx: Db, recall: NewRecall, who: Who): Promise<RecallRow> {
  const at = timestamp(who.now)
  const row: RecallRow = {
    id: newId(who.now),
    business_id: recall.businessId,
    status: recall.status,
    is_mock: recall.isMock ? 1 : 0,
    source: recall.source,
    product_passport_id: recall.passportId,
    notice: JSON.stringify(recall.notice),
    lines: JSON.stringify(recall.lines),
    search_text: searchTextOf(recall.notice),
    revision: recall.status === 'active' ? 1 : 0,
    activated_at: recall.status === 'active' ? at : null,
    closed_at: null,
    closing_reason: null,
    version: 1,
    created_at: at,
    updated_at: at,
  }
  await trx.insertInto('recalls').values(row).execute()
  if (row.status === 'active') await enforce(trx, row, recall.lines, who)
  return row
}

export interface RecallChange {
  notice?: RecallNotice | undefined
  lines?: readonly RecallLine[] | undefined
  status?: 'active' | 'closed' | undefined
}

/** Writes a change that the rules allow; what is in force gets a revision, and its criteria anew. */
export async function updateRecall(
  trx: Db,
  row: RecallRow,
  change: RecallChange,
  who: Who,
): Promise<RecallRow> {
  const at = timestamp(who.now)
  const status = change.status ?? row.status
  const wasForce = row.status === 'active'
  const next: RecallRow = {
    ...row,
    ...(change.notice && { notice: JSON.stringify(change.notice), search_text: searchTextOf(change.notice) }),
    ...(change.lines && { lines: JSON.stringify(change.lines) }),
    status,
    revision: row.revision + (wasForce || status === 'active' ? 1 : 0),
    activated_at: status === 'active' && !wasForce ? at : row.activated_at,
    ...(status === 'closed' && { closed_at: at, closing_reason: who.reason }),
    version: row.version + 1,
    updated_at: at,
  }
  await trx.updateTable('recalls').set(next).where('id', '=', row.id).execute()
  if (status === 'active') await enforce(trx, next, JSON.parse(next.lines) as RecallLine[], who)
  else if (wasForce) {
    await trx.deleteFrom('recall_criteria').where('recall_id', '=', row.id).execute()
    await keepRevision(trx, next, who)
  }
  return next
}

export async function removeDraft(trx: Db, id: string): Promise<void> {
  await trx.deleteFrom('recalls').where('id', '=', id).where('status', '=', 'draft').execute()
}

function searchTextOf({ title, number, issuer, reason }: RecallNotice): string {
  return [title, number, issuer, reason].filter(Boolean).join(' ').toLowerCase()
}

const rowsAtOnce = 500

/** One row a GTIN and line, which is what a scan is looked up by. */
async function enforce(trx: Db, row: RecallRow, lines: readonly RecallLine[], who: Who): Promise<void> {
  await trx.deleteFrom('recall_criteria').where('recall_id', '=', row.id).execute()
  const criteria = lines.flatMap(({ gtins }, line) =>
    gtins.map((gtin) => ({ gtin, recall_id: row.id, line, business_id: row.business_id })),
  )
  for (let from = 0; from < criteria.length; from += rowsAtOnce) {
    await trx
      .insertInto('recall_criteria')
      .values(criteria.slice(from, from + rowsAtOnce))
      .execute()
  }
  await keepRevision(trx, row, who)
}

async function keepRevision(trx: Db, row: RecallRow, { by, now, reason }: Who): Promise<void> {
  const { id: recall_id, revision, notice, lines } = row
  const created_at = timestamp(now)
  await trx
    .insertInto('recall_revisions')
    .values({ recall_id, revision, notice, lines, reason, by, created_at })
    .execute()
}
