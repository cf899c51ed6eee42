import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ValidateGs1 } from '#contract/gs1.ts'
import { timestamp } from '#server/clock.ts'
import type { Database } from '#server/db/open.ts'
import { newId } from '#server/db/id.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { analysePassport } from '#server/features/product-passports/analytics.ts'
import { findShownPassport } from '#server/features/product-passports/find-shown.ts'
import { listPassports } from '#server/features/product-passports/list-passports.ts'
import { contentOfChange, contentOfNew } from '#server/features/product-passports/passport-input.ts'
import { analyseRecall } from '#server/features/product-passports/recall-analytics.ts'
import {
  insertPassport,
  revisePassport,
  rowOfRevision,
  writeOverride,
} from '#server/features/product-passports/store.ts'
import { bucketStarts, startOfBucket } from '#server/features/qr-links/intervals.ts'
import { databases } from '#test/support/databases.ts'

/** GS1's judgement is not what is tried here. */
const validate = (() => ({ errors: [] })) as unknown as ValidateGs1
const now = Date.parse('2026-11-23T09:30:00Z')
const who = { by: 'Me', now }

describe.each(databases)('passports in %s', (_name, open) => {
  let database: Database
  let businessId: string
  beforeAll(async () => {
    database = await open()
    businessId = (await ensureOwner(database.db, now)).businessId
  })
  afterAll(() => database.close())
  const make = (lot: string | null, more: object = {}) =>
    insertPassport(
      database.db,
      businessId,
      contentOfNew(validate, { name: `Hafer ${lot}`, gtin: '9506000134376', lot, ...more }),
      who,
    )

  it('are made once for the same goods, revised, and read as they were', async () => {
    const row = await make('A')
    await expect(make('A')).rejects.toMatchObject({ status: 422 })
    const content = contentOfChange(validate, row, { name: 'Öl 50%', status: 'published' })
    const next = await revisePassport(database.db, row, content, who)
    expect(next).toMatchObject({ revision: 2, version: 2, name: 'Öl 50%' })
    expect(await revisePassport(database.db, next, content, who)).toBe(next)
    expect(await rowOfRevision(database.db, next, 1)).toMatchObject({ name: 'Hafer A', status: 'draft' })
    expect(await rowOfRevision(database.db, next, 3)).toBeUndefined()
    // Somebody who read it before that change does not write over it.
    const late = contentOfChange(validate, row, { name: 'Late' })
    await expect(revisePassport(database.db, row, late, who)).rejects.toMatchObject({ status: 412 })
    const none = { recall_id: null, recall_mode: null, recall_from: null, recall_to: null }
    await expect(writeOverride(database.db, row, none, now)).rejects.toMatchObject({ status: 409 })
  })

  it('are searched and paged', async () => {
    for (const lot of ['P1', 'P2', 'P3']) await make(lot)
    const list = (filter: object, offset = 0) =>
      listPassports(database.db, businessId, filter, { limit: 2, offset })
    expect(await list({ search: 'öl 50%' })).toMatchObject({ total: 1, rows: [{ lot: 'A' }] })
    expect((await list({ search: 'hafer p' })).total).toBe(3)
    expect((await list({ search: 'hafer p' }, 2)).rows).toHaveLength(1)
    expect((await list({ status: 'published', gtin: '09506000134376' })).total).toBe(1)
    expect(await list({ search: '\\' })).toEqual({ total: 0, rows: [] })
  })

  it('are found by a code: the published before the archived, never a draft', async () => {
    const find = (lot: string | null, serial: string | null = null) =>
      findShownPassport(database.db, { gtin: '09506000134376', lot, serial })
    expect((await find('A'))?.passport.name).toBe('Öl 50%')
    expect(await find('P1')).toBeUndefined()
    const item = await make('P1', { serial: '7', status: 'archived' })
    expect((await find(null, '7'))?.passport.id).toBe(item.id)
  })

  it('have their scans counted', async () => {
    const row = await make('SCANS', { status: 'published' })
    for (const [minutes, verdict] of [
      [-5, null],
      [5, 'recalled'],
      [6, 'recalled'],
    ] as const) {
      await database.db
        .insertInto('passport_scans')
        .values({
          id: newId(now),
          product_passport_id: row.id,
          scanned_at: timestamp(now + minutes * 60_000),
          lot: 'SCANS',
          serial: 'S',
          link_type: null,
          verdict,
          device: 'phone',
          language: 'de',
        })
        .execute()
    }
    const at = timestamp(now)
    const recall = { id: newId(now), business_id: businessId, product_passport_id: row.id, is_mock: 0 }
    await database.db
      .insertInto('recalls')
      .values({
        ...recall,
        status: 'active',
        source: 'override',
        notice: '{"title":"Glass"}',
        lines: '[]',
        search_text: '',
        revision: 1,
        activated_at: at,
        closed_at: null,
        closing_reason: null,
        version: 1,
        created_at: at,
        updated_at: at,
      })
      .execute()
    const span = {
      from: now - 3_600_000,
      to: now + 3_600_000,
      interval: 'day' as const,
      timezone: 'Europe/Vienna',
    }
    expect(await analysePassport(database.db, row.id, span, { bucketStarts, startOfBucket })).toMatchObject({
      scans: 3,
      series: [{ scans: 3 }],
      lots: [{ name: 'SCANS', scans: 3 }],
    })
    const none = { recordedActions: async () => [], standingActions: () => [], accountedQuantity: () => 0 }
    expect(await analyseRecall(database.db, row, none)).toMatchObject({
      scans_before: 1,
      scans_after: 2,
      in_scope: 2,
      distinct_serials: 1,
      affected: null,
    })
  })
})
