import { Conflict, ValidationFailed } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { changeOrderIntent } from '#contract/order-intents.ts'
import { isOpen } from '#contract/order-states.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { businessById } from './caller-businesses.ts'
import { given } from './given.ts'
import { priceLines } from './order-lines.ts'
import { linesOf, updateOrder } from './orders-store.ts'
import { menuFor, wireTime } from './place-order.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import { settingsOf } from './settings.ts'
import type { OrderIntentRow } from './table.ts'
import { jobsOfChange, ticketSourceOf } from './ticket-jobs.ts'

type OrderChange = BodyOf<typeof changeOrderIntent>

/**
 * Changes an order in the caller's transaction. Other lines make a new revision; once the order is accepted, whatever
 * makes a ticket read otherwise does, and prints at the stations it concerns. Throws 409 for a closed order, of which
 * only `acknowledged` can still change, and 422.
 */
export async function changeOrder(
  trx: Db,
  row: OrderIntentRow,
  { acknowledged, ...change }: OrderChange,
  print: PrintQueue,
  now: number,
): Promise<OrderIntentRow> {
  const changed = { ...row, ...acknowledgement(row, acknowledged, now) }
  if (Object.keys(given(change)).length === 0) return updateOrder(trx, row, changed, now)
  if (!isOpen(row.status)) {
    throw new Conflict(`Order ${row.number} is ${row.status}: what was ordered can no longer be changed.`)
  }
  Object.assign(changed, await columnsOf(trx, row, change, now))
  const hasOtherLines = changed.lines !== row.lines
  if (row.accepted_at === null) {
    return updateOrder(trx, row, { ...changed, revision: row.revision + Number(hasOtherLines) }, now)
  }
  const revised = { ...changed, revision: row.revision + 1 }
  const jobs = jobsOfChange(await ticketSourceOf(trx, row.business_id), row, revised)
  const next = await updateOrder(trx, row, hasOtherLines || jobs.length > 0 ? revised : changed, now)
  await print.enqueue(trx, jobs, now)
  return next
}

function acknowledgement(
  row: OrderIntentRow,
  acknowledged: boolean | undefined,
  now: number,
): Partial<OrderIntentRow> {
  if (acknowledged === undefined) return {}
  return { acknowledged_at: acknowledged ? (row.acknowledged_at ?? timestamp(now)) : null }
}

async function columnsOf(
  db: Db,
  row: OrderIntentRow,
  { table_id, lines, expected_at, ...plain }: Omit<OrderChange, 'acknowledged'>,
  now: number,
): Promise<Partial<OrderIntentRow>> {
  const table = table_id ? await tableOf(db, row.business_id, table_id) : null
  return {
    ...given(plain),
    ...(expected_at !== undefined && { expected_at: wireTime(expected_at) }),
    ...(table_id !== undefined && { table_id: table?.id ?? null, table_name: table?.name ?? null }),
    ...(lines && (await linesFor(db, row, lines, now))),
  }
}

async function linesFor(
  db: Db,
  row: OrderIntentRow,
  sent: NonNullable<OrderChange['lines']>,
  now: number,
): Promise<Pick<OrderIntentRow, 'lines' | 'total'>> {
  const business = await businessById(db, row.business_id)
  const { locale } = await settingsOf(db, row.business_id)
  const itemIds = sent.map(({ menu_item_id }) => menu_item_id)
  // An order stays in the currency it was taken in.
  const menu = { ...(await menuFor(db, business, locale, itemIds)), currency: row.currency }
  const priced = priceLines(sent, menu, () => newId(now), linesOf(row))
  if ('errors' in priced) throw new ValidationFailed(priced.errors)
  return { lines: JSON.stringify(priced.lines), total: priced.total }
}

/** A live table of the business. Throws 422. */
export async function tableOf(db: Db, businessId: string, id: string): Promise<{ id: string; name: string }> {
  const table = await db
    .selectFrom('dining_tables')
    .select(['id', 'name'])
    .where('id', '=', id)
    .where('business_id', '=', businessId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (table) return table
  throw new ValidationFailed({ table_id: ['The selected table id is invalid.'] })
}
