import { ValidationFailed } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { setRecallOverride } from '#contract/product-passports.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { Recall } from '#contract/recalls.ts'
import { normaliseTimestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { PassportParts } from './passport-parts.ts'
import { writeOverride } from './store.ts'
import type { ProductPassportRow } from './table.ts'

type Body = BodyOf<typeof setRecallOverride>

interface Who {
  by: string
  now: number
}

/**
 * Puts a recall before a passport's page, revises the one that is there, or lifts it. A first one needs a notice, a
 * revision and a lifting a reason. Throws 422.
 */
export async function overridePassport(
  trx: Db,
  parts: Pick<PassportParts, 'overrideRecall'>,
  { row, body }: { row: ProductPassportRow; body: Body },
  { by, now }: Who,
): Promise<{ row: ProductPassportRow; recall: Recall }> {
  const action = body.action ?? 'set'
  if (action === 'lift') refuseLifting(row, body)
  else refuseSetting(row, body)
  const recall = await parts.overrideRecall(trx, {
    businessId: row.business_id,
    passportId: row.id,
    recallId: row.recall_id,
    action,
    notice: body.notice,
    lines: action === 'lift' ? undefined : (body.lines ?? (row.recall_id ? undefined : [ownLine(row)])),
    isMock: body.is_mock,
    reason: body.reason ?? null,
    by,
    now,
  })
  const columns =
    action === 'lift'
      ? { recall_id: null, recall_mode: null, recall_from: null, recall_to: null }
      : {
          recall_id: recall.id,
          recall_mode: body.mode ?? row.recall_mode ?? ('redirect' as const),
          ...spanOf(row, body),
        }
  return { row: await writeOverride(trx, row, columns, now), recall }
}

function refuseLifting(row: ProductPassportRow, { reason }: Body): void {
  if (row.recall_id === null) throw invalid('action', 'No recall overrides this passport.')
  if (!reason) throw invalid('reason', 'Lifting a recall needs a reason.')
}

function refuseSetting(row: ProductPassportRow, body: Body): void {
  if (row.status === 'draft') {
    throw invalid('action', 'A draft has no page that a recall could be put before. Publish it first.')
  }
  if (row.recall_id === null && !body.notice) throw invalid('notice', 'A recall needs a notice.')
  if (row.recall_id !== null && !body.reason) {
    throw invalid('reason', 'A recall in force is revised with a reason.')
  }
  const { recall_from: from, recall_to: to } = spanOf(row, body)
  if (from && to && from >= to) {
    throw invalid('effective_to', 'The effective to field must be a date after effective from.')
  }
  const isAbout = ({ gtins }: RecallLine): boolean =>
    gtins.some((gtin) => gtin.padStart(14, '0') === row.gtin)
  if (body.lines && !body.lines.some(isAbout)) {
    throw invalid('lines', `None of the lines names this passport’s GTIN, ${row.gtin}.`)
  }
}

/** When it is before the page: what was not sent stays, null is without an end on that side. */
function spanOf(
  row: ProductPassportRow,
  { effective_from: from, effective_to: to }: Body,
): Pick<ProductPassportRow, 'recall_from' | 'recall_to'> {
  return {
    recall_from: from === undefined ? row.recall_from : from && (normaliseTimestamp(from) ?? null),
    recall_to: to === undefined ? row.recall_to : to && (normaliseTimestamp(to) ?? null),
  }
}

/** Every unit that the passport speaks of. */
function ownLine({ gtin, lot, serial }: ProductPassportRow): RecallLine {
  return {
    gtins: [gtin],
    ...(lot !== '' && { lots: [lot] }),
    ...(serial !== '' && { serials: [serial] }),
  }
}

function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}
