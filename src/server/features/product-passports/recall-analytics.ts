import type { PassportAnalytics } from '#contract/product-passports.ts'
import type { RecallAction } from '#contract/recall-actions.ts'
import type { RecallNotice } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'
import type { PassportParts } from './passport-parts.ts'
import type { ProductPassportRow } from './table.ts'

type RecallBlock = NonNullable<PassportAnalytics['recall']>

/** What a recall changed: that which overrides the passport, else the last that did; null where none ever came into force. */
export async function analyseRecall(
  db: Db,
  passport: ProductPassportRow,
  parts: Pick<PassportParts, 'recordedActions' | 'standingActions' | 'accountedQuantity'>,
): Promise<PassportAnalytics['recall']> {
  const recall = await db
    .selectFrom('recalls')
    .select(['id', 'activated_at', 'notice'])
    .where((e) =>
      passport.recall_id === null
        ? e('product_passport_id', '=', passport.id)
        : e('id', '=', passport.recall_id),
    )
    .where('activated_at', 'is not', null)
    .orderBy('activated_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!recall?.activated_at) return null
  const actions = await parts.recordedActions(db, recall.id)
  const uncorrected = actions.filter(({ superseded_by_id }) => superseded_by_id === null)
  return {
    recall_id: recall.id,
    announced_at: recall.activated_at,
    ...(await countScans(db, passport.id, recall.activated_at)),
    after_destruction: await countAfterDestruction(db, passport, uncorrected),
    actions: sumsOf(parts.standingActions(actions)),
    affected: (JSON.parse(recall.notice) as RecallNotice).affected_quantity ?? null,
    accounted: parts.accountedQuantity(actions),
    first_action_after: secondsToFirst(recall.activated_at, uncorrected),
  }
}

type ScanCounts = Pick<
  RecallBlock,
  'scans_before' | 'scans_after' | 'in_scope' | 'possible' | 'out_of_scope' | 'distinct_serials'
>

/** By the verdict that each scan was given at its time; those before the notice had none. */
async function countScans(db: Db, passportId: string, announcedAt: string): Promise<ScanCounts> {
  const scans = db.selectFrom('passport_scans').where('product_passport_id', '=', passportId)
  const before = await scans
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('scanned_at', '<', announcedAt)
    .executeTakeFirstOrThrow()
  const after = await scans
    .select(['verdict', (e) => e.fn.countAll<number>().as('count')])
    .where('scanned_at', '>=', announcedAt)
    .groupBy('verdict')
    .execute()
  const serials = await scans
    .select((e) => e.fn.count<number>('serial').distinct().as('count'))
    .where('scanned_at', '>=', announcedAt)
    .executeTakeFirstOrThrow()
  const of = (verdict: string): number => Number(after.find((one) => one.verdict === verdict)?.count ?? 0)
  return {
    scans_before: Number(before.count),
    scans_after: after.reduce((sum, { count }) => sum + Number(count), 0),
    in_scope: of('recalled'),
    possible: of('possible'),
    out_of_scope: of('not_listed'),
    distinct_serials: Number(serials.count),
  }
}

/**
 * Scans of an item later than the record says that it was destroyed or sent back. Only a serial number tells one item
 * from another, so entries without one raise no alarm.
 */
async function countAfterDestruction(
  db: Db,
  { id, gtin }: ProductPassportRow,
  actions: readonly RecallAction[],
): Promise<number> {
  const goneAt = new Map<string, string>()
  for (const { action, serial, done_at, quantity, gtin: about } of actions) {
    const isGone = (action === 'destroyed' || action === 'returned') && quantity > 0
    if (!isGone || serial === null || (about !== null && about !== gtin)) continue
    const known = goneAt.get(serial)
    if (known === undefined || done_at < known) goneAt.set(serial, done_at)
  }
  if (goneAt.size === 0) return 0
  const scans = await db
    .selectFrom('passport_scans')
    .select(['serial', 'scanned_at'])
    .where('product_passport_id', '=', id)
    .where('serial', 'is not', null)
    .execute()
  return scans.filter(({ serial, scanned_at }) => scanned_at > (goneAt.get(serial ?? '') ?? '\uffff')).length
}

function sumsOf(actions: readonly RecallAction[]): RecallBlock['actions'] {
  const sums = new Map<string, number>()
  for (const { action, quantity } of actions) sums.set(action, (sums.get(action) ?? 0) + quantity)
  return [...sums].map(([action, quantity]) => ({ action, quantity }))
}

/** From the notice to the first action; 0 where somebody acted before it. */
function secondsToFirst(announcedAt: string, actions: readonly RecallAction[]): number | null {
  if (actions.length === 0) return null
  const first = Math.min(...actions.map(({ done_at }) => Date.parse(done_at)))
  return Math.max(0, Math.round((first - Date.parse(announcedAt)) / 1000))
}
