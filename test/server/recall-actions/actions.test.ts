import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listRecallActions, type RecallAction } from '#contract/recall-actions.ts'
import { newId } from '#server/db/id.ts'
import { startRecordServer, type RecordServer } from './record-server.ts'

let server: RecordServer
beforeAll(async () => {
  server = await startRecordServer()
})
afterAll(() => server[Symbol.asyncDispose]())

const answer = {
  checked_at: '2026-11-23T07:59:00.000000Z',
  verdict: 'recalled' as const,
  sentence: 'Recalled. Take it out of sale.',
  missing: [],
  data: {
    version: 'v17',
    criteria: 200_000,
    active_recalls: 12,
    changed_at: '2026-11-22T06:00:00.000000Z',
    synced_at: '2026-11-23T05:00:00.000000Z',
  },
  matches: [
    { recall_id: 'r', revision: 1, line: 0, verdict: 'recalled' as const, reason: 'Lot ABC is listed.' },
  ],
}

describe('recording an action', () => {
  it('keeps all that was sent, what the scan says and what the worker had been told', async () => {
    const scan = 'https://id.gs1.org/01/09506000134376/10/ABC/21/7'
    const body = {
      action: 'quarantined' as const,
      quantity: 12,
      unit: 'case',
      place: 'Store 3',
      person: 'Ana',
      witness: 'Bo',
      note: 'Behind the till',
      scan,
      answer,
      done_at: '2026-11-23T09:30:00+02:00',
      utc_offset: 120,
    }
    const action = await server.act(body)
    expect(action).toMatchObject({
      ...body,
      done_at: '2026-11-23T07:30:00.000000Z',
      gtin: '09506000134376',
      lot: 'ABC',
      serial: '7',
      verdict: 'recalled',
      data_version: 'v17',
      answer,
      recall_id: server.recall,
      recall_revision: 2,
      is_mock: false,
      supersedes_id: null,
      superseded_by_id: null,
    })
    const { entry } = await server.db
      .selectFrom('recall_actions')
      .select('entry')
      .where('id', '=', action.id)
      .executeTakeFirstOrThrow()
    expect(JSON.parse(entry)).toMatchObject({ answer, scan, person: 'Ana' })
  })

  it('takes an answer of the check as it came, and keeps what the record has a place for', async () => {
    const more = { title: 'T', is_mock: false, missing: [], instructions: null }
    const whole = { ...answer, result: { valid: true }, matches: [{ ...answer.matches[0], ...more }] }
    const sent = await server.post({ action: 'destroyed', quantity: 1, answer: whole })
    expect(sent.status).toBe(201)
    expect(((await sent.json()) as { action: RecallAction }).action.answer).toEqual(answer)
  })

  it('sets what a person typed over what was scanned, and keeps the scan', async () => {
    const scan = 'https://id.gs1.org/01/09506000134376/10/ABC'
    const action = await server.act({ action: 'destroyed', quantity: 1, scan, lot: 'XYZ' })
    expect(action).toMatchObject({ scan, lot: 'XYZ', gtin: '09506000134376' })
  })

  it('reads all the codes of one item together, one a line', async () => {
    const scan = ']E09506000134352\n]C110ABC\u001d21X7'
    const action = await server.act({ action: 'destroyed', quantity: 1, scan })
    expect(action).toMatchObject({ scan, gtin: '09506000134352', lot: 'ABC', serial: 'X7' })
  })

  it('numbers without gaps, each entry carrying the hash of the one before, refusals in between', async () => {
    const before = await server.act({ action: 'notified', quantity: 1 })
    expect((await server.post({ action: 'notified', quantity: 1, photo_ids: ['none'] })).status).toBe(422)
    expect((await server.post({ action: 'notified', quantity: 1, supersedes_id: 'none' })).status).toBe(422)
    const after = await server.act({ action: 'notified', quantity: 1 })
    expect(after.sequence).toBe(before.sequence + 1)
    expect(after.previous_hash).toBe(before.hash)
    expect(after.recall_previous_hash).toBe(before.hash)
  })

  it('chains each recall by itself, within the chain of the device', async () => {
    const other = await server.seed()
    const first = await server.act({ action: 'returned', quantity: 1 }, other)
    const between = await server.act({ action: 'returned', quantity: 1 })
    const second = await server.act({ action: 'returned', quantity: 1 }, other)
    expect(first).toMatchObject({ recall_sequence: 1, recall_previous_hash: '0'.repeat(64) })
    expect(second).toMatchObject({
      recall_sequence: 2,
      recall_previous_hash: first.hash,
      previous_hash: between.hash,
    })
  })

  it('takes fifty at once and still has one chain', async () => {
    const recall = await server.seed()
    const actions = await Promise.all(
      Array.from({ length: 50 }, () => server.act({ action: 'destroyed', quantity: 1 }, recall)),
    )
    const numbers = actions.map(({ recall_sequence }) => recall_sequence).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, at) => at + 1))
    expect((await server.report(recall)).chain).toMatchObject({ entries: 50, intact: true, problem: null })
  })

  it('is refused for a draft, and taken for a closed recall: what was done offline comes late', async () => {
    const draft = await server.seed({ status: 'draft' })
    const closed = await server.seed({ status: 'closed' })
    expect((await server.post({ action: 'destroyed', quantity: 1 }, draft)).status).toBe(409)
    expect((await server.post({ action: 'destroyed', quantity: 1 }, closed)).status).toBe(201)
  })

  it('says of an exercise that it is one', async () => {
    const mock = await server.seed({ is_mock: 1 })
    expect((await server.act({ action: 'destroyed', quantity: 1 }, mock)).is_mock).toBe(true)
  })

  it('refuses a verdict that is not the one of the answer', async () => {
    const odd = { action: 'destroyed', quantity: 1, verdict: 'not_listed', answer }
    expect((await server.post(odd)).status).toBe(422)
  })

  it.each([
    ['a kind there is none of', { action: 'sold', quantity: 1 }],
    ['a negative quantity', { action: 'destroyed', quantity: -1 }],
    ['half a unit', { action: 'destroyed', quantity: 1.5 }],
    ['no quantity', { action: 'destroyed' }],
    ['a time that is none', { action: 'destroyed', quantity: 1, done_at: 'yesterday evening' }],
    ['an offset beyond the world', { action: 'destroyed', quantity: 1, utc_offset: 900 }],
    ['a note of U+0000', { action: 'destroyed', quantity: 1, note: 'a\0b' }],
  ])('refuses %s', async (_, body) => {
    expect((await server.post(body)).status).toBe(422)
  })
})

describe('sending an action twice', () => {
  const sent = { action: 'destroyed', quantity: 3, place: 'Dock' } as const

  it('records it once and gives the first answer again, the fields in any order', async () => {
    const id = newId()
    const first = await server.act({ id, ...sent })
    const again = await server.post({ place: 'Dock', quantity: 3, action: 'destroyed', id })
    expect(again.status).toBe(201)
    expect(((await again.json()) as { action: RecallAction }).action).toEqual(first)
  })

  it('records it once when both come at the same moment', async () => {
    const recall = await server.seed()
    const id = newId()
    const twins = await Promise.all(Array.from({ length: 8 }, () => server.act({ id, ...sent }, recall)))
    expect(new Set(twins.map(({ hash }) => hash)).size).toBe(1)
    expect((await server.report(recall)).chain).toMatchObject({ entries: 1, intact: true })
  })

  it('is refused when it says something else, in this recall or another', async () => {
    const id = newId()
    await server.act({ id, ...sent })
    const other = await server.post({ id, ...sent, quantity: 4 })
    expect(other.status).toBe(422)
    expect(((await other.json()) as { errors: object }).errors).toHaveProperty('id')
    expect((await server.post({ id, ...sent }, await server.seed())).status).toBe(422)
  })
})

describe('correcting', () => {
  it('adds an action that takes the place of the old one, which stays as it was', async () => {
    const old = await server.act({ action: 'destroyed', quantity: 30 })
    const correction = await server.act({ action: 'destroyed', quantity: 3, supersedes_id: old.id })
    const { actions } = await server.window.call(listRecallActions, { params: { id: server.recall } })
    const [newest, older] = actions.data
    expect(newest).toEqual(correction)
    expect(older).toEqual({ ...old, superseded_by_id: correction.id })
  })

  it('is done once: a second correction of the same action is a 409 that names the first', async () => {
    const old = await server.act({ action: 'destroyed', quantity: 30 })
    const first = await server.act({ action: 'destroyed', quantity: 3, supersedes_id: old.id })
    const second = await server.post({ action: 'destroyed', quantity: 4, supersedes_id: old.id })
    expect(second.status).toBe(409)
    expect(await second.text()).toContain(first.id)
    const both = [first.id, first.id].map((id, at) =>
      server.post({ action: 'destroyed', quantity: 5 + at, supersedes_id: id }),
    )
    const statuses = (await Promise.all(both)).map(({ status }) => status).toSorted((a, b) => a - b)
    expect(statuses).toEqual([201, 409])
  })

  it('is for actions of the same recall alone', async () => {
    const old = await server.act({ action: 'destroyed', quantity: 30 }, await server.seed())
    const wrong = await server.post({ action: 'destroyed', quantity: 3, supersedes_id: old.id })
    expect(wrong.status).toBe(422)
  })
})

describe('who may see and write', () => {
  it('needs passports:read to read and recalls:write to write', async () => {
    const read = await server.test.makeToken(['passports:read'])
    const write = await server.test.makeToken(['recalls:write'])
    const ask = (token: string, method: string, path: string) =>
      server.fetch(`/api/recalls/${server.recall}/${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        ...(method === 'POST' && { body: '{"action":"notified","quantity":1}' }),
      })
    expect((await ask(read, 'GET', 'actions')).status).toBe(200)
    expect((await ask(read, 'GET', 'report')).status).toBe(200)
    expect((await ask(read, 'POST', 'actions')).status).toBe(403)
    expect((await ask(write, 'GET', 'report')).status).toBe(403)
    expect((await ask(write, 'POST', 'actions')).status).toBe(201)
  })

  it('shows another business nothing, and names the token that wrote', async () => {
    const at = '2026-11-23T08:00:00.000000Z'
    const stamps = { created_at: at, updated_at: at, version: 1 }
    const names = { name: 'Other', short_domain: null, timezone: 'UTC', currency: 'EUR' }
    await server.db
      .insertInto('businesses')
      .values({ id: 'other', ...names, ...stamps })
      .execute()
    const recall = await server.seed({ business_id: 'other' })
    const { owner } = server.test.server.context
    const stranger = await server.test.makeToken(['*'], { business_id: owner.businessId })
    const headers = { Authorization: `Bearer ${stranger}`, 'Content-Type': 'application/json' }
    const paths = ['actions', 'report', 'report?format=jsonl', 'photos/x']
    for (const path of paths)
      expect((await server.fetch(`/api/recalls/${recall}/${path}`, { headers })).status).toBe(404)
    const init = { method: 'POST', headers, body: '{"action":"notified","quantity":1}' }
    expect((await server.fetch(`/api/recalls/${recall}/actions`, init)).status).toBe(404)
    const mine = await server.fetch(`/api/recalls/${server.recall}/actions`, init)
    expect(((await mine.json()) as { action: RecallAction }).action.by).toBe('Test')
  })
})

describe('the list', () => {
  it('has the newest first, page by page, and one kind when asked for', async () => {
    const recall = await server.seed()
    for (const action of ['quarantined', 'destroyed', 'destroyed'] as const)
      await server.act({ action, quantity: 1 }, recall)
    const list = (query: object) => server.window.call(listRecallActions, { params: { id: recall }, query })
    expect((await list({ per_page: 2 })).actions.data.map((one) => one.recall_sequence)).toEqual([3, 2])
    expect((await list({ per_page: 2, page: 2 })).actions.data.map((one) => one.recall_sequence)).toEqual([1])
    expect((await list({ action: 'quarantined' })).actions.total).toBe(1)
  })
})
