import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  setRecallOverride,
  showPassportAnalytics,
  type PassportAnalytics,
} from '#contract/product-passports.ts'
import type { ProductPassport } from '#contract/product-passports.ts'
import { timestamp } from '#server/clock.ts'
import { analyseRecall } from '#server/features/product-passports/recall-analytics.ts'
import { accountedQuantity, standingActions } from '#server/features/recall-actions/reconcile.ts'
import { newId } from '#server/db/id.ts'
import { makePassport, startPassportServer, type PassportServer } from './passport-server.ts'
import { sampleAction } from './sample-subject.ts'

const hour = 3_600_000
const start = Date.parse('2026-11-20T12:00:00Z')

describe('analytics of a passport', () => {
  let server: PassportServer
  let now = start
  let passport: ProductPassport
  beforeAll(async () => {
    server = await startPassportServer({ clock: () => now })
    passport = await makePassport(server.api, { status: 'published' })
    await scan(passport, -30 * hour, { lot: 'A', language: 'de' })
    await scan(passport, -2 * hour, { lot: 'A', serial: 'S1' })
  })
  afterAll(() => server[Symbol.asyncDispose]())

  async function scan(
    { id }: ProductPassport,
    after: number,
    more: { lot?: string; serial?: string; verdict?: string; language?: string } = {},
  ): Promise<void> {
    await server.server.context.database.db
      .insertInto('passport_scans')
      .values({
        id: newId(start + after),
        product_passport_id: id,
        scanned_at: timestamp(start + after),
        lot: null,
        serial: null,
        link_type: null,
        verdict: null,
        device: 'phone',
        language: null,
        ...more,
      })
      .execute()
  }
  const show = async (query: Record<string, string> = {}): Promise<PassportAnalytics> =>
    (await server.api.call(showPassportAnalytics, { params: { id: passport.id }, query })).analytics

  it('counts scans by day, lot, device and language', async () => {
    const analytics = await show()
    expect(analytics).toMatchObject({
      scans: 2,
      interval: 'day',
      lots: [{ name: 'A', scans: 2 }],
      devices: [{ name: 'phone', scans: 2 }],
      languages: [{ name: 'de', scans: 1 }],
      recall: null,
    })
    expect(analytics.series).toHaveLength(31)
    expect(analytics.series.reduce((sum, { scans }) => sum + scans, 0)).toBe(2)
  })

  it('counts within the span asked for, and refuses a span that is none or too fine', async () => {
    const from = timestamp(start - 3 * hour)
    expect((await show({ from, interval: 'hour' })).scans).toBe(1)
    await expect(show({ from: timestamp(start + hour) })).rejects.toMatchObject({ status: 422 })
    await expect(show({ from: '2000-01-01T00:00:00Z', interval: 'hour' })).rejects.toMatchObject({
      status: 422,
    })
  })

  it('tells what a recall changed: before and after, in scope and out, and what came back into circulation', async () => {
    const notice = { title: 'Glass', affected_quantity: 100 }
    const { recall } = await server.api.call(setRecallOverride, {
      params: { id: passport.id },
      body: { notice },
    })
    expect(recall.activated_at).toBe(timestamp(start))
    await scan(passport, 2 * hour, { lot: 'A', serial: 'S1', verdict: 'recalled' })
    await scan(passport, 9 * hour, { lot: 'A', serial: 'S1', verdict: 'recalled' })
    await scan(passport, 3 * hour, { lot: 'A', serial: 'S2', verdict: 'possible' })
    await scan(passport, 4 * hour, { lot: 'B', verdict: 'not_listed' })
    now = start + 10 * hour
    expect((await show()).recall).toEqual({
      recall_id: recall.id,
      announced_at: timestamp(start),
      scans_before: 2,
      scans_after: 4,
      in_scope: 2,
      possible: 1,
      out_of_scope: 1,
      distinct_serials: 2,
      after_destruction: 0,
      actions: [],
      affected: 100,
      accounted: 0,
      first_action_after: null,
    })
  })

  it('raises the alarm for an item scanned after it was destroyed, corrections counted in place of what they correct', async () => {
    const { db } = server.server.context.database
    const row = await db
      .selectFrom('product_passports')
      .selectAll()
      .where('id', '=', passport.id)
      .executeTakeFirstOrThrow()
    const actions = [
      sampleAction({
        id: 'a',
        sequence: 1,
        quantity: 40,
        superseded_by_id: 'b',
        done_at: timestamp(start + 1000),
      }),
      sampleAction({
        id: 'b',
        sequence: 2,
        quantity: 30,
        supersedes_id: 'a',
        done_at: timestamp(start + hour),
      }),
      sampleAction({
        id: 'c',
        sequence: 3,
        action: 'destroyed',
        quantity: 1,
        gtin: passport.gtin,
        serial: 'S1',
        done_at: timestamp(start + 5 * hour),
      }),
      sampleAction({
        id: 'd',
        sequence: 4,
        action: 'destroyed',
        quantity: 1,
        gtin: '09506000134352',
        serial: 'S2',
        done_at: timestamp(start + hour),
      }),
      sampleAction({
        id: 'e',
        sequence: 5,
        action: 'notified',
        quantity: 7,
        done_at: timestamp(start + 5 * hour),
      }),
    ]
    const parts = {
      recordedActions: async () => actions,
      standingActions: (all: readonly (typeof actions)[number][]) => standingActions(all),
      accountedQuantity: (all: readonly (typeof actions)[number][]) => accountedQuantity(all),
    }
    expect(await analyseRecall(db, row, parts)).toMatchObject({
      after_destruction: 1,
      accounted: 32,
      first_action_after: 3600,
      actions: [
        { action: 'quarantined', quantity: 30 },
        { action: 'destroyed', quantity: 2 },
        { action: 'notified', quantity: 7 },
      ],
    })
  })

  it('still tells of a recall that was lifted', async () => {
    await server.api.call(setRecallOverride, {
      params: { id: passport.id },
      body: { action: 'lift', reason: 'All back' },
    })
    expect((await show()).recall).toMatchObject({ scans_after: 4, affected: 100 })
  })
})
