import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewRecallAction } from '#contract/recall-actions.ts'
import type { Database } from '#server/db/open.ts'
import * as businesses from '#server/features/businesses/store.ts'
import { makeGs1Engine, readBuiltInDictionary } from '#server/features/gs1/validate.ts'
import { countActions } from '#server/features/recall-actions/count-actions.ts'
import { entryOf } from '#server/features/recall-actions/entry.ts'
import { recordAction } from '#server/features/recall-actions/record-action.ts'
import { gatherEvidence } from '#server/features/recall-actions/report.ts'
import { recordedActions } from '#server/features/recall-actions/store.ts'
import { verifyRecord } from '#server/features/recall-actions/verify-record.ts'
import { databases } from '#test/support/databases.ts'
import { hostileTexts } from './hostile-texts.ts'
import { seedRecall } from './record-server.ts'

const validate = makeGs1Engine(readBuiltInDictionary())
const now = Date.parse('2026-11-23T09:30:00Z')

describe.each(databases)('on %s the record', (_name, open) => {
  let database: Database
  let businessId: string
  beforeAll(async () => {
    database = await open()
    businessId = (await businesses.ensureOwner(database.db, now)).businessId
  }, 60_000)
  afterAll(() => database.close())

  const recallOf = (id: string) =>
    database.db.selectFrom('recalls').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  async function record(recallId: string, body: NewRecallAction) {
    const order = { recall: await recallOf(recallId), body, by: 'Ana', byId: 'u1', now }
    return recordAction(database.db, order, validate)
  }

  it('is one chain whoever writes at the same time, and survives being read and judged', async () => {
    const [one, two] = [await seedRecall(database.db, businessId), await seedRecall(database.db, businessId)]
    await Promise.all(
      hostileTexts.map((text, at) =>
        record(at % 2 ? one : two, { action: 'destroyed', quantity: 1, note: text, place: text, unit: text }),
      ),
    )
    const rows = await database.db.selectFrom('recall_actions').selectAll().orderBy('sequence').execute()
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(rows.map((_, at) => at + 1))
    for (const [at, row] of rows.entries())
      expect(row.previous_hash).toBe(at === 0 ? '0'.repeat(64) : rows[at - 1]!.hash)
    for (const id of [one, two]) {
      const evidence = await gatherEvidence(database.db, await recallOf(id), { dataDir: '/nowhere', now })
      expect(evidence.report.chain).toMatchObject({ entries: 10, intact: true, problem: null })
      expect(verifyRecord(evidence.record).intact).toBe(true)
    }
  })

  it('knows a second sending, refuses another content, corrects once', async () => {
    const recall = await seedRecall(database.db, businessId)
    const body = { id: `twin-${recall}`, action: 'returned', quantity: 4, lot: 'A' } as const
    const twins = await Promise.all([record(recall, body), record(recall, body), record(recall, body)])
    expect(twins.filter(({ isNew }) => isNew)).toHaveLength(1)
    await expect(record(recall, { ...body, quantity: 5 })).rejects.toMatchObject({ status: 422 })
    const correction = { action: 'returned', quantity: 3, supersedes_id: body.id } as const
    const outcomes = await Promise.allSettled([record(recall, correction), record(recall, correction)])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = outcomes.find((one) => one.status === 'rejected')
    expect(refused?.reason).toMatchObject({ status: 409 })
    const actions = await recordedActions(database.db, recall)
    expect(actions.map(({ superseded_by_id }) => superseded_by_id)).toEqual([actions[1]!.id, null])
    const counts = await countActions(database.db, [recall, 'none'])
    expect(counts.get(recall)).toEqual({ accounted_quantity: 3, actions_count: 2 })
    expect(counts.get('none')).toEqual({ accounted_quantity: 0, actions_count: 0 })
  })

  it('leaves no gap where something was refused half way', async () => {
    const recall = await seedRecall(database.db, businessId)
    const { row: first } = await record(recall, { action: 'notified', quantity: 1 })
    const wrong = { action: 'notified', quantity: 1, photo_ids: ['none'] } as const
    await expect(record(recall, { ...wrong, photo_ids: ['none'] })).rejects.toMatchObject({ status: 422 })
    const { row: second } = await record(recall, { action: 'notified', quantity: 1 })
    expect(Number(second.sequence)).toBe(Number(first.sequence) + 1)
    expect(entryOf(second)).toMatchObject({ recall_sequence: 2, by: 'Ana', by_id: 'u1' })
  })
})
