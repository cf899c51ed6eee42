import type { ProductPassport } from '#contract/product-passports.ts'
import type { Db } from '../../db/schema.ts'
import { withLiveRecalls } from './live-recalls.ts'
import { presentPassport } from './present.ts'
import type { ProductPassportRow } from './table.ts'

interface FoundPassport {
  passport: ProductPassport
  /** The recall put before its page, whether its time has come or not; times as stored. */
  override: {
    recallId: string
    mode: NonNullable<ProductPassportRow['recall_mode']>
    from: string | null
    to: string | null
  } | null
}

/**
 * The passport that guests may see of exactly these goods: published, else archived, the oldest first; never a draft.
 * A serial number is of one GTIN, so that a code which names it without the lot finds the item too.
 */
export async function findShownPassport(
  db: Db,
  { gtin, lot, serial }: { gtin: string; lot: string | null; serial: string | null },
): Promise<FoundPassport | undefined> {
  const lots = lot === null ? [''] : [lot, ...(serial === null ? [] : [''])]
  const found = await db
    .selectFrom('product_passports')
    .innerJoin('businesses', 'businesses.id', 'product_passports.business_id')
    .selectAll('product_passports')
    .select('businesses.short_domain')
    .where('gtin', '=', gtin)
    .where('serial', '=', serial ?? '')
    .$if(lot !== null || serial === null, (query) => query.where('lot', 'in', lots))
    .where('status', '!=', 'draft')
    .orderBy('status', 'desc')
    .orderBy('lot', 'desc')
    .orderBy('product_passports.id')
    .executeTakeFirst()
  const [row] = await withLiveRecalls(db, found ? [found] : [])
  if (!row) return undefined
  const { short_domain, ...passport } = row
  const { recall_id, recall_mode, recall_from, recall_to } = row
  const override = recall_id && {
    recallId: recall_id,
    mode: recall_mode ?? ('redirect' as const),
    from: recall_from,
    to: recall_to,
  }
  return { passport: presentPassport(passport, short_domain), override: override || null }
}
