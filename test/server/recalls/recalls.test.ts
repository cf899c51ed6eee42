import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { ApiError } from '#contract/errors.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import * as contract from '#contract/recalls.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'

const gtin = '09506000134352'
const other = '09506000134376'
let server: TestServer

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server[Symbol.asyncDispose]())

async function make(
  lines: RecallLine[],
  more: { title?: string; is_mock?: boolean; activate?: boolean } = {},
) {
  const { title = 'Salmonella', ...rest } = more
  const body = { notice: { title, instructions: 'Lock it away.' }, lines, activate: true, ...rest }
  return (await server.window.call(contract.createRecall, { body })).recall
}

async function change(id: string, body: object) {
  return (await server.window.call(contract.changeRecall, { params: { id }, body })).recall
}

type Scans = BodyOf<typeof contract.checkRecalls>['scans']

async function check(...scans: Scans) {
  return server.window.call(contract.checkRecalls, { body: { scans } })
}

async function refused(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(ApiError)
  const { status, errors = {} } = error as ApiError
  return { status, errors }
}

describe('a recall', () => {
  it('is a draft until somebody puts it in force, and answers from then on', async () => {
    const draft = await make([{ gtins: [gtin], lots: ['D1'] }], { activate: false })
    expect([draft.status, draft.revision, draft.activated_at]).toEqual(['draft', 0, null])
    const scan = `(01)${gtin}(10)D1`
    expect((await check(scan)).verdicts[0]!.verdict).toBe('not_listed')
    const active = await change(draft.id, { status: 'active' })
    expect([active.status, active.revision]).toEqual(['active', 1])
    expect((await check(scan)).verdicts[0]).toMatchObject({
      verdict: 'recalled',
      sentence: expect.stringContaining('Lot D1 is recalled. Lock it away.') as string,
      matches: [{ recall_id: draft.id, revision: 1, line: 0, reason: 'Lot D1 is listed.' }],
    })
    await change(draft.id, { status: 'closed', reason: 'All back.' })
    expect((await check(scan)).verdicts[0]!.verdict).toBe('not_listed')
  })

  it('in force is revised and closed with a reason only, and closed it stays', async () => {
    const { id } = await make([{ gtins: [gtin], lots: ['R1'] }])
    const lines = [{ gtins: [gtin], lots: ['R1', 'R2'] }]
    expect((await refused(change(id, { lines }))).errors).toEqual({
      reason: ['A recall in force is revised with a reason.'],
    })
    expect((await refused(change(id, { status: 'closed' }))).errors).toHaveProperty('reason')
    expect((await change(id, { lines, reason: 'One more lot.' })).revision).toBe(2)
    expect((await check(`(01)${gtin}(10)R2`)).verdicts[0]!.matches[0]).toMatchObject({ revision: 2 })
    await change(id, { status: 'closed', reason: 'Done.' })
    expect((await refused(change(id, { status: 'active' }))).errors['status']?.[0]).toContain(
      'closed and stays',
    )
    const { revisions } = await server.window.call(contract.listRecallRevisions, {
      params: { id },
      query: {},
    })
    expect(revisions.data.map(({ revision, reason }) => [revision, reason])).toEqual([
      [3, 'Done.'],
      [2, 'One more lot.'],
      [1, null],
    ])
    expect(revisions.data[2]!.lines[0]!.lots).toEqual(['R1'])
  })

  it('is thrown away as a draft only', async () => {
    const draft = await make([{ gtins: [gtin] }], { activate: false })
    await server.window.call(contract.deleteRecall, { params: { id: draft.id } })
    const { id } = await make([{ gtins: [other], lots: ['X'] }])
    expect((await refused(server.window.call(contract.deleteRecall, { params: { id } }))).status).toBe(409)
    await change(id, { status: 'closed', reason: 'Test.' })
  })

  it('says which GTIN or range is wrong, and where', async () => {
    const lines = [
      { gtins: [gtin, '09506000134353'], lot_ranges: [{ from: 'L1', to: 'L200' }] },
      { gtins: [gtin], days: [{ kind: 'expiry', ranges: [{ from: '2027-02-01', to: '2027-01-01' }] }] },
    ] as RecallLine[]
    const { status, errors } = await refused(make(lines))
    expect(status).toBe(422)
    expect(Object.keys(errors)).toEqual([
      'lines.0.gtins.1',
      'lines.0.lot_ranges.0',
      'lines.1.days.0.ranges.0',
    ])
    expect(errors['lines.0.gtins.1']?.[0]).toContain('check digit')
  })

  it('of another business is not there', async () => {
    const { id } = await make([{ gtins: [other], lots: ['B'] }])
    const { business } = await server.window.call(createBusiness, { body: { name: 'Other' } })
    const stranger = await server.withToken(['passports:read', 'recalls:write'], {
      business_id: business.id,
    })
    expect((await refused(stranger.call(contract.findRecall, { params: { id } }))).status).toBe(404)
    const { verdicts } = await stranger.call(contract.checkRecalls, {
      body: { scans: [`(01)${other}(10)B`] },
    })
    expect(verdicts[0]!.verdict).toBe('not_listed')
    await change(id, { status: 'closed', reason: 'Test.' })
  })
})

describe('a check', () => {
  it('takes scans as scanners send them, codes of one item together, and what a person typed', async () => {
    const { id } = await make([{ gtins: [gtin], lots: ['L7'] }])
    const { verdicts } = await check(
      `]d201${gtin}10L7`,
      `]d201${gtin}17271231`,
      { carriers: [gtin.slice(1), '(10)L7'] },
      { carriers: [gtin.slice(1)], lot: 'L7' },
      { carriers: [gtin.slice(1)] },
      `https://id.gs1.org/01/${gtin}/10/L8`,
    )
    expect(verdicts.map(({ verdict, missing }) => [verdict, ...missing])).toEqual([
      ['recalled'],
      ['possible', 'lot'],
      ['recalled'],
      ['recalled'],
      ['possible', 'lot'],
      ['not_listed'],
    ])
    await change(id, { status: 'closed', reason: 'Test.' })
  })

  it('keeps the separator that ends a lot: what follows is no part of it', async () => {
    const { id } = await make([{ gtins: [gtin], lots: ['L7'] }])
    const { verdicts } = await check(`]d201${gtin}10L7\u001d21S1`, `]d201${gtin}10L7\u001d`)
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['recalled', 'recalled'])
    await change(id, { status: 'closed', reason: 'Test.' })
  })

  it('says that it cannot be checked where the code is damaged or names no product, and never that it is safe', async () => {
    const { verdicts } = await check('hello', `(01)${gtin.slice(0, 13)}9(10)L7`, '(10)L7', ']d2')
    expect(new Set(verdicts.map(({ verdict }) => verdict))).toEqual(new Set(['unreadable']))
    const said = [...verdicts, ...(await check(`(01)${gtin}(10)NOTHING`)).verdicts].map(
      ({ sentence }) => sentence,
    )
    for (const sentence of said) expect(sentence).not.toMatch(/\bsafe\b/i)
    expect(said.at(-1)).toMatch(
      /^Not on any recall known to this device\. As of the recalls known on \d{4}-\d\d-\d\d\.$/,
    )
  })

  it('puts the strictest first, an exercise after the real thing and marked', async () => {
    const mock = await make([{ gtins: [other] }], { is_mock: true, title: 'Drill' })
    expect((await check(`(01)${other}`)).verdicts[0]).toMatchObject({
      verdict: 'recalled',
      sentence: expect.stringMatching(/^THIS IS AN EXERCISE\./) as string,
    })
    const real = await make([{ gtins: [other], lots: ['L7'] }], { title: 'Real' })
    const { verdicts } = await check(`(01)${other}(10)L7`)
    expect(verdicts[0]!.matches.map(({ title, is_mock }) => [title, is_mock])).toEqual([
      ['Real', false],
      ['Drill', true],
    ])
    expect(verdicts[0]!.sentence).not.toContain('EXERCISE')
    for (const { id } of [mock, real]) await change(id, { status: 'closed', reason: 'Test.' })
  })

  it('tells what it rests on', async () => {
    const before = (await check(`(01)${gtin}`)).data
    const { id } = await make([{ gtins: [gtin, other], lots: ['Q'] }])
    const after = (await check(`(01)${gtin}`)).data
    expect(after.criteria - before.criteria).toBe(2)
    expect(after.active_recalls - before.active_recalls).toBe(1)
    expect(after.version).not.toBe(before.version)
    await change(id, { status: 'closed', reason: 'Test.' })
  })
})
