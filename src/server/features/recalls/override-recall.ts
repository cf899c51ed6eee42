import type { ValidateGs1 } from '#contract/gs1.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallNotice } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'
import { checkedLines, invalid } from './recall-rules.ts'
import { insertRecall, updateRecall, type Who } from './store.ts'
import type { RecallRow } from './table.ts'

/** What a passport asks: a recall for it, a revision of the one it has, or its end. */
export interface OverrideOrder {
  businessId: string
  passportId: string
  recallId: string | null
  action: 'set' | 'lift'
  notice: RecallNotice | undefined
  lines: RecallLine[] | undefined
  isMock: boolean | undefined
  reason: string | null
  by: string
  now: number
}

/** Makes, revises or closes the recall of a passport, in force at once. Throws 422 for what the rules refuse. */
export async function overrideRecall(
  trx: Db,
  order: OverrideOrder,
  validate: ValidateGs1,
): Promise<RecallRow> {
  const who: Who = { by: order.by, now: order.now, reason: order.reason }
  const lines = order.lines && checkedLines(validate, order.lines)
  const row = order.recallId === null ? undefined : await recallById(trx, order.recallId)
  if (order.action === 'lift') {
    if (!row || row.status !== 'active')
      throw invalid('action', 'There is no recall in force that could be lifted.')
    return updateRecall(trx, row, { status: 'closed' }, who)
  }
  // One that was closed elsewhere meanwhile is not brought back: goods recalled again have a recall of their own.
  if (row?.status === 'active') {
    refuseOtherKind(row, order.isMock)
    return updateRecall(trx, row, { notice: order.notice, lines }, who)
  }
  if (!order.notice) throw invalid('notice', 'A recall needs a notice.')
  if (!lines) throw invalid('lines', 'A recall needs at least one line.')
  const recall = {
    businessId: order.businessId,
    isMock: order.isMock ?? false,
    source: 'override' as const,
    passportId: order.passportId,
    notice: order.notice,
    lines,
    status: 'active' as const,
  }
  return insertRecall(trx, recall, who)
}

function refuseOtherKind(row: RecallRow, isMock: boolean | undefined): void {
  if (isMock === undefined || isMock === (row.is_mock === 1)) return
  throw invalid(
    'is_mock',
    'An exercise does not become a recall, nor a recall an exercise. Lift it and set another.',
  )
}

function recallById(db: Db, id: string): Promise<RecallRow | undefined> {
  return db.selectFrom('recalls').selectAll().where('id', '=', id).executeTakeFirst()
}
