import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '#server/db/open.ts'
import { databases } from '#test/support/databases.ts'
import * as businesses from '#server/features/businesses/store.ts'

const now = Date.parse('2026-11-23T09:30:00Z')
const at = '2026-11-23T09:30:00.000000Z'

describe.each(databases)('on %s the database itself', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
    const { businessId } = await businesses.ensureOwner(database.db, now)
    const stamps = { created_at: at, updated_at: at, version: 1 }
    await database.db
      .insertInto('recalls')
      .values({
        id: 'r1',
        business_id: businessId,
        status: 'active',
        is_mock: 0,
        source: 'manual',
        product_passport_id: null,
        notice: '{"title":"t"}',
        lines: '[]',
        search_text: 't',
        revision: 1,
        activated_at: at,
        closed_at: null,
        closing_reason: null,
        ...stamps,
      })
      .execute()
    await database.db
      .insertInto('recall_actions')
      .values({
        id: 'a1',
        recall_id: 'r1',
        business_id: businessId,
        sequence: 1,
        action: 'destroyed',
        quantity: 3,
        entry: '{}',
        supersedes_id: null,
        gtin: null,
        serial: null,
        place: null,
        done_at: at,
        previous_hash: '',
        hash: 'x',
        created_at: at,
      })
      .execute()
  }, 60_000)
  afterAll(() => database.close())

  it('refuses to change or delete an action', async () => {
    const { db } = database
    await expect(db.updateTable('recall_actions').set({ quantity: 4 }).execute()).rejects.toThrow(
      /never changed/,
    )
    await expect(db.deleteFrom('recall_actions').execute()).rejects.toThrow(/never changed/)
    const rows = await db.selectFrom('recall_actions').select('quantity').execute()
    expect(rows).toEqual([{ quantity: 3 }])
  })
})
