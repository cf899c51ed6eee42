import Database from 'better-sqlite3'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as contract from '#contract/imports.ts'
import { cardImportFields } from '#contract/import-kinds.ts'
import {
  changeWalletPass,
  deleteWalletPass,
  listWalletPasses,
  type WalletPass,
} from '#contract/wallet-passes.ts'
import { throttleTable } from '#server/http/throttles.ts'
import { signInTo, startServedApp } from '#test/support/served-app.ts'
import { startTestServer } from '#test/support/server.ts'
import { importCalls } from './import-calls.ts'

const quick = throttleTable({ 'user-api': 1_000_000, 'token-api': 1_000_000 })

async function start(dataDir?: string) {
  const server = await startTestServer(dataDir === undefined ? {} : { dataDir })
  server.server.context.throttles.current = quick
  const { window } = server
  const headers = { 'Content-Type': 'text/csv' }
  return Object.assign(server, {
    calls: importCalls(window),
    preview: async (upload: BodyInit, type = 'text/csv') => {
      const given = { upload, headers: { ...headers, 'Content-Type': type } }
      return (await window.call(contract.previewWalletPassImport, given)).import
    },
    cards: async (query: { import_id?: string; search?: string } = {}): Promise<WalletPass[]> => {
      const page = await window.call(listWalletPasses, { query: { per_page: 100, ...query } })
      return page.wallet_passes.data
    },
  })
}

const people = [
  'Vorname;Nachname;Firma;E-Mail-Adresse;Telefon;Handy;PLZ;Ort;Webseite;Sprache',
  'Ana;Müller;Müller & Söhne;ana@example.com;+49 30 123;+49 171 1;10115;Berlin;https://example.com/ana;de',
  'Łukasz;"Żak; jun.";;lukasz@example.com;;;;Kraków;www.example.com;pl',
  ';;Bäckerei Groß;post@example.com;;;;;;',
  ';;;niemand@example.com;;;;;;',
  'Ana;Müller;Müller & Söhne;ana@example.com;+49 30 999;;;;;',
].join('\r\n')

describe('cards from a spreadsheet', () => {
  test("an address book's columns are known, every fault is named, and nothing is saved before it is wanted", async () => {
    await using server = await start()
    const job = await server.preview(people)
    expect(job).toMatchObject({ kind: 'wallet_passes', status: 'ready', delimiter: ';' })
    expect(job.columns.map(({ field }) => field)).toEqual([
      'given_name',
      'family_name',
      'organization',
      'email',
      'phone',
      'mobile_phone',
      'postal_code',
      'city',
      'website',
      'locale',
    ])
    expect(job.counts).toMatchObject({ rows: 5, creates: 2, errors: 3, duplicates: 1 })
    const wrong = await server.calls.rows(job.id, 'errors')
    expect(wrong.map(({ row, findings }) => [row, findings.map(({ code }) => code)])).toEqual([
      [2, ['website_invalid']],
      [4, ['title_missing']],
      [5, ['card_duplicate']],
    ])
    expect(wrong[0]?.findings[0]).toMatchObject({
      column: 'Webseite',
      line: 3,
      suggestion: 'https://www.example.com',
    })
    expect(wrong[2]?.findings[0]).toMatchObject({ first_row: 1 })
    expect(await server.cards()).toEqual([])
  })

  test('what can be mended is mended, and the cards hold what the file says', async () => {
    await using server = await start()
    const { id } = await server.preview(people)
    const { fixed, import: mended } = await server.calls.fix(id, 'website_invalid')
    expect([fixed, mended.counts.creates]).toEqual([1, 3])
    await server.calls.edit(id, 4, { 2: 'Niemand & Co' })
    const done = await server.calls.commit(id)
    expect(done).toMatchObject({ status: 'committed', counts: { creates: 4, errors: 1 } })
    const cards = await server.cards({ import_id: id })
    expect(cards.map(({ title }) => title).toSorted()).toEqual([
      'Ana Müller',
      'Bäckerei Groß',
      'Niemand & Co',
      'Łukasz Żak; jun.',
    ])
    const ana = cards.find(({ title }) => title === 'Ana Müller')
    expect(ana).toMatchObject({
      kind: 'contact',
      locale: 'de',
      import_id: id,
      event: null,
      contact: {
        given_name: 'Ana',
        family_name: 'Müller',
        organization: 'Müller & Söhne',
        phones: [
          { label: 'work', value: '+49 30 123' },
          { label: 'mobile', value: '+49 171 1' },
        ],
        emails: [{ label: 'work', value: 'ana@example.com' }],
        address: { postal_code: '10115', city: 'Berlin' },
        website: 'https://example.com/ana',
      },
    })
    const page = await server.fetch(`/api/wallet-passes/${ana?.id}/export?format=vcf`)
    expect(await page.text()).toContain('FN:Ana Müller')
  })

  test('events are read in their own zone, and a time of nowhere is warned of', async () => {
    await using server = await start()
    const events = [
      'Title,Start,End,Time zone,Where,Reminder',
      'Opening night,2026-12-31 19:30,2027-01-01 02:00,Europe/Amsterdam,Main hall,60',
      'Street fair,2026-07-14,2026-07-15,,Town,',
      'Nowhere,2026-12-01 10:00,,,,',
      'Offset,2026-12-01T10:00+05:30,,,,',
      'Backwards,2026-12-02 10:00,2026-12-01 10:00,UTC,,',
      'German,31.12.2026 19:30,,Europe/Berlin,,',
      'Open,03.04.2026 19:30,,Europe/Berlin,,',
      'Late,,,,,',
    ].join('\n')
    const job = await server.preview(events)
    const rows = await server.calls.rows(job.id)
    expect(rows.map(({ findings }) => findings.map(({ code }) => code))).toEqual([
      [],
      [],
      ['zone_missing'],
      [],
      ['ends_before_start'],
      ['date_ambiguous'],
      ['date_ambiguous'],
      [],
    ])
    expect(rows[5]?.findings[0]?.suggestion).toBe('2026-12-31 19:30')
    expect(rows[6]?.findings[0]?.suggestion).toBeUndefined()
    await server.calls.fix(job.id, 'date_ambiguous')
    await server.calls.commit(job.id)
    const cards = await server.cards()
    const named = (title: string) => cards.find((card) => card.title === title)
    expect(named('Opening night')?.event).toMatchObject({
      starts_at: '2026-12-31T18:30:00.000000Z',
      ends_at: '2027-01-01T01:00:00.000000Z',
      timezone: 'Europe/Amsterdam',
      location: 'Main hall',
      reminder_minutes: 60,
    })
    expect(named('Street fair')?.event).toMatchObject({ is_all_day: true })
    expect(named('Offset')?.event?.starts_at).toBe('2026-12-01T04:30:00.000000Z')
    expect(named('German')?.event?.starts_at).toBe('2026-12-31T18:30:00.000000Z')
    // Without a start it is somebody's card.
    expect(named('Late')?.kind).toBe('contact')
  })

  test('cards that are there are skipped, updated or refused, and an undo puts everything back', async () => {
    await using server = await start()
    const first = await server.preview('name,email,company\nAna,ana@example.com,Old\nBo,bo@example.com,Old\n')
    await server.calls.commit(first.id)
    const sheet =
      'name,email,company,city\nAna,ana@example.com,New,Bonn\nBo,bo@example.com,Old,\nCy,cy@example.com,New,\n'
    const second = await server.preview(sheet)
    expect(second.counts).toMatchObject({ creates: 1, skipped: 1, unchanged: 1, duplicates: 2, warnings: 1 })
    const refused = await server.calls.change(second.id, { on_duplicate: 'fail' })
    expect(refused.counts).toMatchObject({ creates: 1, errors: 1, skipped: 0 })
    await server.calls.change(second.id, { on_duplicate: 'update' })
    expect(await server.calls.commit(second.id)).toMatchObject({ counts: { creates: 1, updates: 1 } })
    const [ana] = await server.cards({ search: 'Ana' })
    expect(ana?.contact).toMatchObject({ organization: 'New', address: { city: 'Bonn' } })
    const undone = await server.calls.undo(second.id)
    expect(undone).toMatchObject({ status: 'undone', undo: { reversed: 2, kept: 0 } })
    const cards = await server.cards()
    expect(cards.map(({ title }) => title).toSorted()).toEqual(['Ana', 'Bo'])
    const before = cards.find(({ title }) => title === 'Ana')
    expect(before?.contact).toEqual({
      organization: 'Old',
      emails: [{ label: 'work', value: 'ana@example.com' }],
    })
  })

  test('an undo keeps what somebody changed since; a card deleted meanwhile is made anew', async () => {
    await using server = await start()
    const first = await server.preview('name,email\nAna,a@example.com\nBo,b@example.com\nCy,c@example.com\n')
    await server.calls.commit(first.id)
    const [ana, bo, cy] = (await server.cards()).toSorted((a, b) => (a.title < b.title ? -1 : 1))
    const second = await server.preview(
      'name,email,company\nBo,b@example.com,Moved\nCy,c@example.com,Moved\n',
    )
    await server.calls.change(second.id, { on_duplicate: 'update' })
    await server.window.call(deleteWalletPass, { params: { id: cy!.id } })
    await server.calls.commit(second.id)
    await server.window.call(changeWalletPass, { params: { id: bo!.id }, body: { subtitle: 'Mine' } })
    await server.window.call(changeWalletPass, { params: { id: ana!.id }, body: { subtitle: 'Mine' } })
    const anew = await server.cards({ search: 'Cy' })
    expect(anew).toMatchObject([{ import_id: second.id, contact: { organization: 'Moved' } }])
    expect(await server.calls.undo(second.id)).toMatchObject({ undo: { kept: 1 } })
    expect(await server.cards({ search: 'Bo' })).toMatchObject([{ subtitle: 'Mine' }])
    expect(await server.calls.undo(first.id)).toMatchObject({ undo: { reversed: 1, kept: 2 } })
    expect((await server.cards()).map(({ title }) => title).toSorted()).toEqual(['Ana', 'Bo'])
  })

  test('the errors of a file can be taken away, mended elsewhere and brought back', async () => {
    await using server = await start()
    const { id } = await server.preview(`name,website\nGood,https://example.com\n=1+1,example.com\n`)
    const csv = await server.calls.errorsCsv(id)
    expect(csv).toContain(`'=1+1`)
    const again = await server.preview(csv.replace('example.com', 'https://example.com'))
    expect(again.counts).toMatchObject({ rows: 1, creates: 1 })
    await server.calls.commit(again.id)
    expect((await server.cards()).map(({ title }) => title)).toEqual(['=1+1'])
  })

  test('links and cards keep their imports, fields and remembered columns apart', async () => {
    await using server = await start()
    const cards = await server.preview('what,who\nx,Ana\n')
    expect(cards.header_findings.map(({ code }) => code)).toContain('header_name_missing')
    const mapped = await server.calls.change(cards.id, { mapping: { 1: 'title' } })
    expect(mapped.counts).toMatchObject({ creates: 1 })
    const foreign = server.calls.change(cards.id, { mapping: { 0: 'slug' } })
    await expect(foreign).rejects.toMatchObject({ status: 422 })
    const links = await server.calls.preview('what,who\nx,Ana\n')
    expect(links.columns.map(({ field }) => field)).toEqual([null, null])
    const again = await server.preview('what,who\ny,Bo\n')
    expect(again.columns[1]).toMatchObject({ field: 'title', matched_by: 'memory' })
    const { imports } = await server.window.call(contract.listImports, { query: { kind: 'wallet_passes' } })
    expect(imports.data.map(({ kind }) => kind)).toEqual(['wallet_passes', 'wallet_passes'])
  })

  test('a file with too many rows is refused in a sentence', async () => {
    await using server = await start()
    const job = await server.preview(`name\n${'Ana\n'.repeat(50_001)}`)
    expect(job).toMatchObject({ status: 'failed', failure: expect.stringContaining('50,000') })
  })

  test('ten thousand cards are checked and saved, and show at one moment', async () => {
    await using server = await start()
    const rows = Array.from({ length: 10_000 }, (_, k) => `Person ${k},p${k}@example.com,Company ${k % 50}`)
    const { id, counts } = await server.preview(`name,email,company\n${rows.join('\n')}\n`)
    expect(counts.creates).toBe(10_000)
    await server.calls.commit(id, false)
    const seen = new Set<number>()
    for (;;) {
      const { status } = await server.calls.find(id)
      const page = await server.window.call(listWalletPasses, { query: { per_page: 1 } })
      seen.add(page.wallet_passes.total)
      if (status === 'committed') break
    }
    expect([...seen].every((total) => total === 0 || total === 10_000)).toBe(true)
    expect((await server.cards()).length).toBe(100)
  })

  test('every column a card can have has a name of its own, and is known by it', async () => {
    await using server = await start()
    const job = await server.preview(
      `${cardImportFields.join(',')}\n${cardImportFields.map(() => '').join(',')}x\n`,
    )
    expect(job.columns.map(({ field }) => field)).toEqual([...cardImportFields])
    expect(job.columns.every(({ matched_by }) => matched_by === 'exact')).toBe(true)
  })
})

test('a kill while cards are saved leaves all of them or none', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-cards-'))
  try {
    const sheet = `name,email\n${Array.from({ length: 20_000 }, (_, k) => `P ${k},p${k}@example.com`).join('\n')}\n`
    const outcomes = new Set<string>()
    for (const wait of [5, 60, 150, 300]) {
      const app = await startServedApp({ dataDir })
      const window = await signInTo(app)
      const given = { upload: sheet, headers: { 'Content-Type': 'text/csv' } }
      const { import: job } = await window.call(contract.previewWalletPassImport, given)
      const calls = importCalls(window)
      await calls.commit(job.id, false)
      await new Promise((resolve) => setTimeout(resolve, wait))
      await app.kill()
      const again = await startServedApp({ dataDir })
      const after = importCalls(await signInTo(again))
      const { status } = await after.settled(job.id, 'ready', 'committed')
      if (status === 'committed') await after.undo(job.id)
      await again[Symbol.asyncDispose]()
      const file = new Database(join(dataDir, 'qrscan.sqlite'), { readonly: true })
      const count = (where: string) =>
        file
          .prepare(`select count(*) from wallet_passes where import_id = ? and ${where}`)
          .pluck()
          .get(job.id)
      expect(count('deleted_at is null')).toBe(0)
      expect(count('deleted_at is not null')).toBe(status === 'committed' ? 20_000 : 0)
      file.close()
      outcomes.add(status)
    }
    expect(outcomes).toContain('ready')
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}, 120_000)
