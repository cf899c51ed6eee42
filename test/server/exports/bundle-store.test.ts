import { describe, expect, it, onTestFinished } from 'vitest'
import { ValidationFailed } from '#contract/errors.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { capsFor, takeOneOfToday } from '#server/features/exports/caps.ts'
import {
  bundlesOf,
  changeBundle,
  findBundleRow,
  insertBundle,
  presentBundle,
  storedRequest,
} from '#server/features/exports/store.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.UTC(2026, 10, 23, 12)

describe.each(databases)('bundles in %s', (_, openDatabase) => {
  async function open() {
    const database = await openDatabase()
    onTestFinished(() => database.close())
    const { businessId } = await ensureOwner(database.db, now)
    return { db: database.db, businessId }
  }

  it('keep the request with how far it reached, and tell it without its ids', async () => {
    const { db, businessId } = await open()
    const request = { kind: 'qr_codes' as const, ids: ['a', 'b'], formats: ['svg'] }
    const { id } = await insertBundle(db, businessId, request, { total: 2, until: '17' }, now)
    const row = (await findBundleRow(db, id))!
    expect(storedRequest(row)).toEqual({ ...request, until: '17' })
    expect(presentBundle(row).request).toEqual({ kind: 'qr_codes', formats: ['svg'] })
    expect(await bundlesOf(db, 'another').selectAll().execute()).toEqual([])
  })

  it('change only from the states that were named', async () => {
    const { db, businessId } = await open()
    const { id } = await insertBundle(db, businessId, { kind: 'qr_codes' }, { total: 1 }, now)
    expect(await changeBundle(db, id, ['building'], { status: 'ready' }, now)).toBeUndefined()
    expect(await changeBundle(db, id, ['queued'], { status: 'building', done: 1 }, now)).toMatchObject({
      status: 'building',
      done: 1,
    })
  })

  it('are counted by kind and day, and refused past the cap', async () => {
    const { db, businessId } = await open()
    for (let made = 0; made < 200; made++) await takeOneOfToday(db, businessId, 'qr_codes', now)
    const caps = await capsFor(db, businessId, now)
    expect(caps['qr_codes']?.remaining_today).toBe(0)
    expect(caps['print_sheets']?.remaining_today).toBe(200)
    await expect(takeOneOfToday(db, businessId, 'qr_codes', now)).rejects.toThrow(ValidationFailed)
    await takeOneOfToday(db, businessId, 'qr_codes', now + 24 * 3600_000)
  })
})
