import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/open.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { insertMenuItem } from '#server/features/restaurant/menu-items-store.ts'
import { placeOrder } from '#server/features/restaurant/place-order.ts'
import { findSameCall } from '#server/features/restaurant/public-calls.ts'
import { findGuestPlace, readPublicMenu } from '#server/features/restaurant/public-menu.ts'
import { findReceipt, newReceipt } from '#server/features/restaurant/public-receipts.ts'
import { placeServiceRequest } from '#server/features/restaurant/service-requests-store.ts'
import { settingsOf } from '#server/features/restaurant/settings.ts'
import { insertTable, removeTable } from '#server/features/restaurant/tables-store.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.parse('2026-11-23T12:00:00Z')

/** What guests ask of a desktop they may ask of a hub. */
describe.each(databases)('the guests’ side on %s', (_name, open) => {
  let database: Database
  let businessId: string
  beforeAll(async () => {
    database = await open()
    businessId = (await ensureOwner(database.db, now)).businessId
  }, 60_000)
  afterAll(() => database.close())

  it('a table is found by its code while it is there, and the menu comes in its order', async () => {
    const { db } = database
    const table = await insertTable(db, businessId, { name: '7' }, now)
    for (const [name, sort] of [
      ['Last', 9],
      ['First', 1],
    ] as const) {
      await insertMenuItem(db, businessId, { name, price: 100, sort, allergens: ['milk'] }, now)
    }
    const place = await findGuestPlace(db, table.code, 'another business')
    expect(place).toEqual({ businessId, table })
    const menu = await readPublicMenu(db, place!, await settingsOf(db, businessId))
    expect(menu.items.map(({ name, is_available, allergens }) => [name, is_available, allergens])).toEqual([
      ['First', true, ['milk']],
      ['Last', true, ['milk']],
    ])
    await removeTable(db, table, now)
    expect(await findGuestPlace(db, table.code, businessId)).toBeUndefined()
    expect(await findGuestPlace(db, null, businessId)).toEqual({ businessId, table: null })
  })

  it('an order is found by its receipt alone', async () => {
    const { db } = database
    const item = await insertMenuItem(db, businessId, { name: 'Soup', price: 650 }, now)
    const receipt = newReceipt()
    const placing = {
      businessId,
      table: null,
      order: { lines: [{ menu_item_id: item.id, quantity: 2 }] },
      accept: false,
      receiptHash: receipt.hash,
      print: { enqueue: async () => {}, wake: () => {} },
      now,
    }
    await db.transaction().execute((trx) => placeOrder(trx, placing, 'guest', 'guest'))
    expect(await findReceipt(db, receipt.token)).toMatchObject({ number: 1, status: 'received', total: 1300 })
    expect(await findReceipt(db, receipt.hash)).toBeUndefined()
  })

  it('a call is the first one for a minute', async () => {
    const { db } = database
    const table = await insertTable(db, businessId, { name: '8' }, now)
    const call = { businessId, table, kind: 'bill' as const, note: null, receiptHash: 'a', now }
    const first = await placeServiceRequest(db, call)
    const again = (ms: number) => findSameCall(db, { ...call, receiptHash: 'b', now: now + ms })
    expect(await again(59_999)).toEqual({ ...first, receipt_hash: 'b' })
    expect(await again(60_000)).toBeUndefined()
    expect(await findSameCall(db, { ...call, table: null })).toBeUndefined()
  })
})
