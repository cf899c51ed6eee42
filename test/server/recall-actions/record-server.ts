import type { Client } from '#contract/client.ts'
import type { NewRecallAction, RecallAction } from '#contract/recall-actions.ts'
import { createRecallAction, showRecallReport, type RecallReport } from '#contract/recall-actions.ts'
import type { RecallNotice } from '#contract/recalls.ts'
import { newId } from '#server/db/id.ts'
import type { Db } from '#server/db/schema.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

export interface RecallSeed {
  status?: 'draft' | 'active' | 'closed'
  is_mock?: number
  notice?: Partial<RecallNotice>
  business_id?: string
}

/** Puts a recall into the tables: its own routes are another feature's. */
export async function seedRecall(db: Db, businessId: string, seed: RecallSeed = {}): Promise<string> {
  const at = '2026-11-23T08:00:00.000000Z'
  const id = newId()
  await db
    .insertInto('recalls')
    .values({
      id,
      business_id: seed.business_id ?? businessId,
      status: seed.status ?? 'active',
      is_mock: seed.is_mock ?? 0,
      source: 'manual',
      product_passport_id: null,
      notice: JSON.stringify({ title: 'Peanut butter 350 g', affected_quantity: 100, ...seed.notice }),
      lines: '[]',
      search_text: '',
      revision: 2,
      activated_at: at,
      closed_at: null,
      closing_reason: null,
      version: 1,
      created_at: at,
      updated_at: at,
    })
    .execute()
  return id
}

export interface RecordServer extends AsyncDisposable {
  test: TestServer
  /** Signed in as the window, at the record's routes. */
  window: Client
  fetch(path: string, init?: RequestInit): Promise<Response>
  db: Db
  recall: string
  seed(seed?: RecallSeed): Promise<string>
  act(body: NewRecallAction, recall?: string): Promise<RecallAction>
  /** For answers that are not 2xx. */
  post(body: object, recall?: string): Promise<Response>
  photo(bytes: Uint8Array, type?: string, recall?: string): Promise<Response>
  report(recall?: string): Promise<RecallReport>
  file(format: 'csv' | 'pdf' | 'jsonl', recall?: string): Promise<Buffer>
}

/** A real server with one recall in force. */
export async function startRecordServer(): Promise<RecordServer> {
  const test = await startTestServer()
  const { window } = test
  const ask: TestServer['fetch'] = (path, init) => test.fetch(path, init)
  const { database, owner } = test.server.context
  const { db } = database
  const recall = await seedRecall(db, owner.businessId)
  return {
    test,
    window,
    fetch: ask,
    db,
    recall,
    seed: (seed) => seedRecall(db, owner.businessId, seed),
    act: async (body, id = recall) =>
      (await window.call(createRecallAction, { params: { id }, body })).action,
    post: (body, id = recall) =>
      ask(`/api/recalls/${id}/actions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    photo: (bytes, type = 'image/jpeg', id = recall) =>
      ask(`/api/recalls/${id}/photos`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: Buffer.from(bytes),
      }),
    report: async (id = recall) => (await window.call(showRecallReport, { params: { id } })).report,
    file: async (format, id = recall) => {
      const answer = await ask(`/api/recalls/${id}/report?format=${format}`)
      if (answer.status !== 200) throw new Error(`${answer.status}: ${await answer.text()}`)
      return Buffer.from(await answer.arrayBuffer())
    },
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  }
}
