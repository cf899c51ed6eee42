import { ensureOwner } from '#server/features/businesses/store.ts'
import { insertMenuItem } from '#server/features/restaurant/menu-items-store.ts'
import { placeOrder, type OrderToPlace } from '#server/features/restaurant/place-order.ts'
import type { PrintQueue, TicketJob } from '#server/features/restaurant/restaurant-parts.ts'
import { insertStation } from '#server/features/restaurant/stations-store.ts'
import type { MenuItemRow, OrderIntentRow, StationRow } from '#server/features/restaurant/table.ts'
import type { Database } from '#server/db/open.ts'
import type { Db } from '#server/db/schema.ts'

/** 09:30 in Berlin, a Monday. */
export const morning = Date.parse('2026-11-23T08:30:00Z')

/** The edge of the printing: what would be queued, and nothing more. */
class QueuedJobs implements PrintQueue {
  readonly jobs: TicketJob[] = []

  async enqueue(_trx: Db, jobs: readonly TicketJob[]): Promise<void> {
    this.jobs.push(...jobs)
  }

  wake(): void {}

  /** What came since the last time, as `kind station@revision: 2 Soup, 1 Coffee`. */
  take(): string[] {
    return this.jobs.splice(0).map(({ kind, station, revision, copy, ticket }) => {
      const lines = ticket.lines.map(({ quantity, name }) => `${quantity} ${name}`).join(', ')
      const change = ticket.revision > 1 ? ' changed' : ''
      return `${kind} ${station?.name ?? '-'}@${revision}.${copy}${change}: ${lines}`
    })
  }
}

/** Two stations and two dishes over a database of either kind, without a server. */
export interface Kitchen {
  database: Database
  db: Db
  businessId: string
  kitchen: StationRow
  bar: StationRow
  soup: MenuItemRow
  beer: MenuItemRow
  print: QueuedJobs
  place(
    lines: { menu_item_id: string; quantity: number }[],
    more?: Partial<OrderToPlace>,
  ): Promise<OrderIntentRow>
}

export async function openKitchen(open: () => Promise<Database>): Promise<Kitchen> {
  const database = await open()
  const { db } = database
  const { businessId } = await ensureOwner(db, morning)
  await db.updateTable('businesses').set({ timezone: 'Europe/Berlin' }).execute()
  const kitchen = await insertStation(db, businessId, { name: 'Kitchen' }, morning)
  const bar = await insertStation(db, businessId, { name: 'Bar', sort: 1 }, morning)
  const soup = await insertMenuItem(
    db,
    businessId,
    { name: 'Soup', kitchen_name: 'SOUP', price: 650 },
    morning,
  )
  const beer = await insertMenuItem(db, businessId, { name: 'Beer', price: 400, station_id: bar.id }, morning)
  const print = new QueuedJobs()
  const place: Kitchen['place'] = (lines, more = {}) =>
    db
      .transaction()
      .execute((trx) =>
        placeOrder(
          trx,
          { businessId, table: null, order: { lines }, accept: false, print, now: morning, ...more },
          'staff',
          'Ada',
        ),
      )
  return { database, db, businessId, kitchen, bar, soup, beer, print, place }
}
