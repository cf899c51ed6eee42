import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import Papa from 'papaparse'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewRecallAction, RecallActionKind } from '#contract/recall-actions.ts'
import { verifyRecord } from '#server/features/recall-actions/verify-record.ts'
import { hostileTexts } from './hostile-texts.ts'
import { startRecordServer, type RecordServer } from './record-server.ts'

let server: RecordServer
beforeAll(async () => {
  server = await startRecordServer()
})
afterAll(() => server[Symbol.asyncDispose]())

type Line = [RecallActionKind, number, Partial<NewRecallAction>?]

async function recallWith(lines: readonly Line[], affected_quantity: number | null = 100): Promise<string> {
  const recall = await server.seed({ notice: { affected_quantity } })
  for (const [action, quantity, more] of lines) await server.act({ action, quantity, ...more }, recall)
  return recall
}

describe('the balance', () => {
  it('is what is affected less what is accounted for; who was told and what was not found is not', async () => {
    const recall = await recallWith([
      ['quarantined', 40],
      ['destroyed', 25],
      ['returned', 10],
      ['corrected', 5],
      ['notified', 300],
      ['not_found', 7],
    ])
    const report = await server.report(recall)
    expect(report).toMatchObject({ affected: 100, accounted_quantity: 80, outstanding: 20, corrections: 0 })
    expect(report.accounted.filter(({ counts }) => !counts).map(({ action }) => action)).toEqual([
      'notified',
      'not_found',
    ])
  })

  it('counts a correction in place of what it corrects, and a correction of that in its place', async () => {
    const recall = await recallWith([['destroyed', 10]])
    const first = await server.act({ action: 'destroyed', quantity: 50, place: 'Wrong' }, recall)
    const second = { action: 'destroyed', quantity: 5, place: 'A' } as const
    const { id } = await server.act({ ...second, supersedes_id: first.id }, recall)
    expect((await server.report(recall)).accounted_quantity).toBe(15)
    await server.act({ action: 'not_found', quantity: 0, place: 'B', supersedes_id: id }, recall)
    const report = await server.report(recall)
    expect(report).toMatchObject({ accounted_quantity: 10, outstanding: 90, corrections: 2 })
    expect(report.places).toEqual([{ place: 'B', actions: 1, quantity: 0 }])
  })

  it('counts one item with a serial number once, at what was done with it last', async () => {
    const scan = 'https://id.gs1.org/01/09506000134376/10/ABC/21/7'
    const recall = await recallWith([
      ['quarantined', 1, { scan }],
      ['destroyed', 1, { scan }],
      ['quarantined', 1, { scan: scan.replace('/21/7', '/21/8') }],
    ])
    const report = await server.report(recall)
    expect(report).toMatchObject({ accounted_quantity: 2, possibly_twice: 0 })
  })

  it('says how many may be counted twice: quarantined, then destroyed, and nobody said which', async () => {
    const recall = await recallWith([
      ['quarantined', 30, { lot: 'A' }],
      ['destroyed', 20, { lot: 'A' }],
      ['destroyed', 5, { lot: 'B' }],
      ['returned', 4],
    ])
    const report = await server.report(recall)
    expect(report).toMatchObject({ accounted_quantity: 59, possibly_twice: 24 })
    expect(report.remarks.join()).toContain('Up to 24 may be counted twice')
    expect(textOf(await server.file('pdf', recall))).toContain('41 to 65')
  })

  it('sets no mixed units against one number, and does not guess what the notice leaves out', async () => {
    const mixed = await server.report(
      await recallWith([
        ['destroyed', 2, { unit: 'case' }],
        ['returned', 3],
      ]),
    )
    expect(mixed.outstanding).toBeNull()
    expect(mixed.remarks.join()).toContain('case, each')
    expect((await server.report(await recallWith([['destroyed', 2]], null))).outstanding).toBeNull()
    expect((await server.report(await recallWith([['destroyed', 120]]))).outstanding).toBe(-20)
  })

  it('of a recall without actions says so', async () => {
    const report = await server.report(await server.seed())
    expect(report).toMatchObject({ accounted: [], outstanding: 100, first_action_at: null })
    expect(report.chain).toEqual({ entries: 0, head: '0'.repeat(64), intact: true, problem: null })
  })
})

describe('hostile text in every field', () => {
  let recall: string
  // A row of blanks and what a body cannot hold are the input rules' affair.
  const texts = hostileTexts.map((text) => text.trim())
  beforeAll(async () => {
    recall = await server.seed({ notice: { title: texts.join(' '), reason: texts[15]! } })
    for (const text of texts) {
      const [short, lot, unit] = [text.slice(0, 100), text.slice(0, 40).trim(), text.slice(0, 20).trim()]
      const people = { person: short, witness: short, place: short }
      const goods = { scan: text, lot, serial: lot, unit }
      await server.act({ action: 'destroyed', quantity: 2, ...people, ...goods, note: text }, recall)
    }
  })

  it('stays in the record as it was sent, and the record holds', async () => {
    const text = (await server.file('jsonl', recall)).toString()
    expect(verifyRecord(text)).toMatchObject({ intact: true, entries: texts.length })
    const entries = text.trimEnd().split('\n').slice(1)
    const notes = entries.map((line) => (JSON.parse(line) as { entry: { note: string } }).entry.note)
    expect(notes).toEqual(texts.map((one) => one.toWellFormed()))
  })

  it('makes no formula, row or column in the CSV', async () => {
    const csv = (await server.file('csv', recall)).toString()
    const { data, errors } = Papa.parse<string[]>(csv.trimEnd())
    expect(errors).toEqual([])
    expect(data).toHaveLength(texts.length + 1)
    for (const row of data) {
      expect(row).toHaveLength(data[0]!.length)
      for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
    }
  })

  it('stays inside its page, and nothing in it is hidden', async () => {
    const pdf = await server.file('pdf', recall)
    const text = textOf(pdf)
    const flat = text.replaceAll(/\s/g, '')
    for (const shown of ['safe[U+202E]gnp.exe', 'zero[U+200B]width[U+FEFF]mark', 'esc[U+001B][31m'])
      expect(flat).toContain(shown)
    for (const shown of ['花生酱', 'арахис', 'Äpfel', 'TjETendstreamendobj%%EOF', 'droptablerecall_actions'])
      expect(flat).toContain(shown)
    expect(infoOf(pdf)).toContain('JavaScript:      no')
  })
})

describe('the PDF', () => {
  it('has the balance, every entry with its hash, what the worker was told, and where to sign', async () => {
    const recall = await server.seed({
      notice: { title: 'Office chair', issuer: 'ACME', affected_quantity: 500 },
    })
    const data = {
      version: 'v17',
      criteria: 200_000,
      active_recalls: 1,
      synced_at: '2026-11-23T05:00:00.000000Z',
    }
    const matches = [
      { recall_id: recall, revision: 2, line: 0, verdict: 'recalled' as const, reason: 'All units.' },
    ]
    const answer = { checked_at: '2026-11-23T07:59:00.000000Z', verdict: 'recalled' as const, data, matches }
    const done_at = '2026-11-23T08:00:00Z'
    const person = { place: 'Hall 4', person: 'Ana', witness: 'Bo', done_at, utc_offset: 330 }
    const old = await server.act({ action: 'destroyed', quantity: 1200, ...person, answer }, recall)
    const fresh = await server.act({ action: 'destroyed', quantity: 120, supersedes_id: old.id }, recall)
    const text = textOf(await server.file('pdf', recall)).replaceAll(/\s+/g, ' ')
    for (const part of [
      'Office chair',
      'ACME',
      '500',
      '380',
      '2026-11-23 13:30:00 +05:30',
      'Hall 4',
      'witness: Bo',
      'CORRECTED by No. 2',
      'Corrects No. 1',
      'RECALLED at 2026-11-23 07:59:00 UTC, from recall data v17',
      'line 1 of revision 2: All units.',
      old.hash,
      `SHA-256 of the last entry: ${fresh.hash}`,
      'signature',
      'Page 1 of 1',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain('MOCK')
  })

  it('says of an exercise that it is one, on top', async () => {
    const mock = await server.seed({ is_mock: 1 })
    expect(textOf(await server.file('pdf', mock)).trim()).toMatch(/^MOCK RECALL/)
  })

  it('goes over many pages with the head of the table on each, and a note longer than a page', async () => {
    const recall = await server.seed()
    await server.act({ action: 'destroyed', quantity: 1, note: 'word '.repeat(990) }, recall)
    await server.act({ action: 'destroyed', quantity: 1, note: 'line\n'.repeat(900) + 'the end' }, recall)
    const pages = textOf(await server.file('pdf', recall))
      .split('\f')
      .slice(0, -1)
    expect(pages.length).toBeGreaterThan(8)
    for (const page of pages.slice(1)) expect(page).toContain('Done at')
    expect(pages.join()).toContain('the end')
  })
})

describe('a record that somebody changed in the database behind our back', () => {
  /** What needs the database file and the wish: the triggers out of the way, and back again. */
  async function behindOurBack(verb: 'update' | 'delete', work: () => Promise<unknown>): Promise<void> {
    const trigger = sql.ref(`recall_actions_no_${verb}`)
    await sql`drop trigger ${trigger}`.execute(server.db)
    await work()
    const body = sql`begin select raise(abort, 'The record of actions is never changed.'); end`
    await sql`create trigger ${trigger} before ${sql.raw(verb)} on recall_actions ${body}`.execute(server.db)
  }

  it('is called broken in every report', async () => {
    const recall = await recallWith([
      ['destroyed', 1],
      ['destroyed', 2],
      ['destroyed', 3],
    ])
    const forge = (set: { entry?: string; quantity?: number }) =>
      behindOurBack('update', () =>
        server.db.updateTable('recall_actions').set(set).where('hash', '=', second.hash).execute(),
      )
    const rows = server.db.selectFrom('recall_actions').selectAll().where('recall_id', '=', recall)
    const second = await rows.where('quantity', '=', 2).executeTakeFirstOrThrow()
    await forge({ entry: second.entry.replace('"quantity":2', '"quantity":9') })
    expect((await server.report(recall)).chain).toMatchObject({
      intact: false,
      problem: 'Entry 2 was changed: it does not give its own hash.',
    })
    expect(textOf(await server.file('pdf', recall))).toContain('THE RECORD IS BROKEN: Entry 2 was changed')
    await forge({ entry: second.entry, quantity: 9 })
    const { chain } = await server.report(recall)
    expect(chain.problem).toBe('The table says another quantity than entry 2 itself.')
    await forge({ quantity: 2 })
    expect((await server.report(recall)).chain.intact).toBe(true)
  })

  it('is called broken in the reports of all recalls when the entries of a whole one are gone, or the last', async () => {
    const bystander = await recallWith([['destroyed', 1]])
    const gone = await recallWith([['destroyed', 1]])
    const last = await recallWith([['destroyed', 1]])
    const problem = async () => (await server.report(bystander)).chain.problem
    const remove = (recall: string) =>
      behindOurBack('delete', () =>
        server.db.deleteFrom('recall_actions').where('recall_id', '=', recall).execute(),
      )
    expect(await problem()).toBeNull()
    await remove(last)
    expect(await problem()).toMatch(
      /^This device has given out \d+ numbers, but its record ends with number \d+\.$/,
    )
    await remove(gone)
    expect(await problem()).not.toBeNull()
    await recallWith([['destroyed', 1]])
    expect(await problem()).toMatch(
      /^The record of this device ends with number \d+, but holds \d+ entries\.$/,
    )
  })
})

function textOf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf }).toString()
}

function infoOf(pdf: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-report-'))
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf)
    return spawnSync('pdfinfo', [join(folder, 'a.pdf')]).stdout.toString()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
