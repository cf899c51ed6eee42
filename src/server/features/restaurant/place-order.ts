import { ValidationFailed } from '#contract/errors.ts'
import type { NewOrderIntent } from '#contract/order-intents.ts'
import { normaliseTimestamp, timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import { advanceOrder } from './advance-order.ts'
import { businessDayOf } from './business-day.ts'
import { businessById, type BusinessRow } from './caller-businesses.ts'
import { itemsById } from './menu-items-store.ts'
import { priceLines, type Menu } from './order-lines.ts'
import { insertOrder } from './orders-store.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import { settingsOf } from './settings.ts'
import { liveStations } from './stations-store.ts'
import type { DiningTableRow, OrderIntentRow } from './table.ts'

export interface OrderToPlace {
  businessId: string
  /** Of the same business; null for an order at no table. */
  table: Pick<DiningTableRow, 'id' | 'name'> | null
  order: Omit<NewOrderIntent, 'business_id' | 'table_id' | 'accept'>
  /** Starts as accepted, and its tickets print. */
  accept: boolean
  /** SHA-256 of what a guest asks with how the order stands. */
  receiptHash?: string | null
  print: PrintQueue
  now: number
}

/**
 * Takes an order in the caller's transaction: checked against the menu, priced, numbered without gaps within its
 * business day. Throws 422. Afterwards, once committed, the caller tells open windows (`announceOrder`) and wakes the
 * printing. `by` is who the history names.
 */
export async function placeOrder(
  trx: Db,
  placing: OrderToPlace,
  source: OrderIntentRow['source'],
  by: string,
): Promise<OrderIntentRow> {
  const { businessId, table, order, now } = placing
  const business = await businessById(trx, businessId)
  const settings = await settingsOf(trx, businessId)
  const itemIds = order.lines.map(({ menu_item_id }) => menu_item_id)
  const menu = await menuFor(trx, business, settings.locale, itemIds)
  const priced = priceLines(order.lines, menu, () => newId(now))
  if ('errors' in priced) throw new ValidationFailed(priced.errors)
  const day = businessDayOf(now, business.timezone, settings.day_starts_at)
  const at = timestamp(now)
  const row = await insertOrder(
    trx,
    {
      id: newId(now),
      business_id: businessId,
      number: await takeSequence(trx, `orders:${businessId}:${day}`),
      business_day: day,
      source,
      status: 'received',
      service_type: order.service_type ?? (table ? 'dine_in' : 'takeaway'),
      table_id: table?.id ?? null,
      table_name: table?.name ?? null,
      guest_count: order.guest_count ?? null,
      customer_name: order.customer_name ?? null,
      customer_phone: order.customer_phone ?? null,
      notes: order.notes ?? null,
      lines: JSON.stringify(priced.lines),
      currency: business.currency,
      total: priced.total,
      revision: 1,
      expected_at: wireTime(order.expected_at),
      placed_at: at,
      accepted_at: null,
      ready_at: null,
      closed_at: null,
      // Whoever enters an order by hand has seen it.
      acknowledged_at: source === 'staff' ? at : null,
      receipt_hash: placing.receiptHash ?? null,
      created_at: at,
      updated_at: at,
      deleted_at: null,
    },
    by,
  )
  if (!placing.accept) return row
  return advanceOrder(trx, row, { to: 'accepted', isSeen: source === 'staff', by, now }, placing.print)
}

/** What lines of a business are checked against: of its items, those that are named and live. */
export async function menuFor(
  db: Db,
  business: BusinessRow,
  locale: string,
  itemIds: readonly string[],
): Promise<Menu> {
  const items = await itemsById(db, itemIds)
  for (const [id, item] of items) {
    if (item.business_id !== business.id || item.deleted_at !== null) items.delete(id)
  }
  const stations = await liveStations(db, business.id)
  return { items, currency: business.currency, locale, stationIds: new Set(stations.map(({ id }) => id)) }
}

/** A moment that was sent in any zone, as it is kept. */
export function wireTime(sent: string | null | undefined): string | null {
  return sent ? (normaliseTimestamp(sent) ?? null) : null
}
