import { readdirSync, rmSync, mkdtempSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { createBusiness } from '#contract/businesses.ts'
import type { ApiError } from '#contract/errors.ts'
import { listImports } from '#contract/imports.ts'
import { changeQrLink, deleteQrLink } from '#contract/qr-links.ts'
import { throttleTable } from '#server/http/throttles.ts'
import { startTestServer, type TestServer } from '#test/support/server.ts'
import { importCalls, sheetOf } from './import-calls.ts'

const quick = throttleTable({ 'user-api': 1_000_000, 'token-api': 1_000_000 })

async function start(options: Parameters<typeof startTestServer>[0] = {}) {
  const server = await startTestServer(options)
  server.server.context.throttles.current = quick
  return Object.assign(server, { calls: importCalls(server.window) })
}

/** What a call was refused with. */
async function refusal(work: Promise<unknown>): Promise<ApiError> {
  return work.then(
    () => {
      throw new Error('It was not refused.')
    },
    (error: unknown) => error as ApiError,
  )
}

const bad = [
  'slug,destination_url,title',
  'good,https://example.com/good,Good',
  'API,https://example.com/api,Reserved',
  'plain,http://example.com/plain,Not safe',
  'good,https://example.com/again,Twice',
  'inside,https://10.0.0.1/,Inside',
  ',https://example.com/free,No slug',
].join('\n')

describe('the ways in', () => {
  const csv = sheetOf(3)

  test('a form, a raw file, a raw TSV, pasted text and a workbook give the same preview', async () => {
    await using server = await start()
    const { preview } = server.calls
    const form = new FormData()
    form.set('note', 'passed over')
    form.set('file', new Blob([csv]), 'spring/links.csv')
    const fromForm = await preview(form)
    const raw = await preview(csv, 'text/csv', { filename: 'raw.csv' })
    const tabs = await preview(
      'slug\tdestination_url\na-1\thttps://example.com/\n',
      'text/tab-separated-values',
    )
    const response = await server.fetch('/api/imports/qr-links/preview', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ text: csv, filename: 'pasted here.csv' }),
    })
    const { import: pasted } = (await response.json()) as { import: typeof raw }
    const rows = csv
      .trim()
      .split('\r\n')
      .map((line) => line.replace('"', '').replace('"', '').split(','))
    const xlsx = await writeXlsx({
      sheets: [{ name: 'Links', rows: rows.map((cells) => cells.slice(0, 3)) }],
    })
    const book = await preview(xlsx as Uint8Array<ArrayBuffer>, 'application/octet-stream', {
      filename: 'book.xlsx',
    })
    expect([fromForm, raw, pasted, book].map(({ counts }) => counts.creates)).toEqual([3, 3, 3, 3])
    expect([fromForm, raw, pasted, book].map(({ filename }) => filename)).toEqual([
      'links.csv',
      'raw.csv',
      'pasted here.csv',
      'book.xlsx',
    ])
    expect(tabs).toMatchObject({ delimiter: '\t', counts: { rows: 1, creates: 1 } })
    expect(response.status).toBe(201)
    expect((await server.calls.links()).total).toBe(0)
  })

  test('with wait=0 the answer comes at once and the events tell when it is checked', async () => {
    await using server = await start()
    const { preview, settled } = server.calls
    const scanning = await preview(sheetOf(30_000), 'text/csv', { wait: false })
    expect(scanning.status).toBe('scanning')
    const events = await server.fetch(`/api/imports/${scanning.id}/events`)
    expect(events.headers.get('content-type')).toBe('text/event-stream')
    let heard = ''
    for await (const chunk of events.body as unknown as AsyncIterable<Uint8Array>) {
      heard += Buffer.from(chunk).toString()
      if (heard.includes('"status":"ready"')) break
    }
    expect(heard).toContain('"type":"import.progress"')
    expect((await settled(scanning.id, 'ready')).counts.rows).toBe(30_000)
  })

  test('the same upload under one idempotency key is one import', async () => {
    await using server = await start()
    const send = (body: string) =>
      server.fetch('/api/imports/qr-links/preview', {
        method: 'POST',
        headers: { 'Content-Type': 'text/csv', 'Idempotency-Key': 'upload-1' },
        body,
      })
    const first = (await (await send(csv)).json()) as { import: { id: string } }
    const again = (await (await send(csv)).json()) as { import: { id: string } }
    expect(again.import.id).toBe(first.import.id)
    expect((await send(sheetOf(4))).status).toBe(422)
    const list = (await (await server.fetch('/api/imports')).json()) as { imports: { total: number } }
    expect(list.imports.total).toBe(1)
    expect(readdirSync(join(server.dataDir, 'imports'))).toEqual([`${first.import.id}.upload`])
  })
})

describe('files that are no spreadsheet of links', () => {
  test.each([
    ['an empty file', '', 422],
    ['a form without a file', new FormData(), 422],
  ])('%s is refused with a sentence', async (_name, body, status) => {
    await using server = await start()
    const error = await refusal(server.calls.preview(body))
    expect(error.status).toBe(status)
    expect(error.errors).toHaveProperty('file')
    expect(readdirSync(join(server.dataDir, 'imports'))).toEqual([])
  })

  test.each<[string, BodyInit]>([
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex')],
    ['a broken workbook', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(4000, 7)])],
    ['zeros', Buffer.alloc(100_000)],
    ['one huge line', 'x'.repeat(20_000_000)],
    ['only a header', 'slug,destination_url\n'],
    ['only line ends', '\n\n\r\n\r\r'],
  ])('%s ends in an answer, saves nothing, and the server goes on', async (_name, body) => {
    await using server = await start()
    const result = await server.calls.preview(body, 'application/octet-stream')
    expect(['ready', 'failed']).toContain(result.status)
    expect(result.failure ?? 'It was read.').toMatch(/^[A-Z].*\.$/s)
    expect(result.counts.creates).toBe(0)
    expect((await server.calls.preview(sheetOf(1))).counts.creates).toBe(1)
    await server.calls.remove(result.id)
  })

  test('a file announced as larger than 512 MiB is 413 before a byte of it is read', async () => {
    await using server = await start()
    const status = await new Promise<number>((resolve, reject) => {
      const headers = {
        Authorization: `Bearer ${server.bearer}`,
        'Content-Type': 'text/csv',
        'Content-Length': String(512 * 1024 * 1024 + 1),
      }
      const call = request(`${server.server.url}/api/imports/qr-links/preview`, { method: 'POST', headers })
      call.on('response', (answer) => {
        resolve(answer.statusCode ?? 0)
        call.destroy()
      })
      call.on('error', reject)
      call.write('slug,destination_url\n')
    })
    expect(status).toBe(413)
    expect(readdirSync(join(server.dataDir, 'imports'))).toEqual([])
  })

  test('a form that is cut off is a sentence, not a fault of the server', async () => {
    await using server = await start()
    const body =
      '--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nslug,destination_url\r\na,'
    const error = await refusal(server.calls.preview(body, 'multipart/form-data; boundary=x'))
    expect(error).toMatchObject({ status: 422 })
    expect(readdirSync(join(server.dataDir, 'imports'))).toEqual([])
  })

  test.each([
    ['', 10],
    [' nor a reader, where it was read while it came', 60_000],
  ])('a sender that hangs up leaves no file%s', async (_more, rows) => {
    await using server = await start()
    const headers = {
      Authorization: `Bearer ${server.bearer}`,
      'Content-Type': 'text/csv',
      'Content-Length': '10000000',
    }
    const call = request(`${server.server.url}/api/imports/qr-links/preview`, { method: 'POST', headers })
    call.on('error', () => {})
    call.write(sheetOf(rows))
    await expect.poll(() => readdirSync(server.dataDir).includes('imports')).toBe(true)
    await expect.poll(() => readdirSync(join(server.dataDir, 'imports')).length).toBe(1)
    call.destroy()
    await expect.poll(() => readdirSync(join(server.dataDir, 'imports')).length).toBe(0)
    expect((await server.window.call(listImports, {})).imports.total).toBe(0)
    // The next one is taken in as ever.
    expect((await server.calls.preview(sheetOf(rows))).counts.rows).toBe(rows)
  })
})

describe('how the file is read', () => {
  test('delimiter, encoding, header row and what to do with duplicates can be changed', async () => {
    await using server = await start()
    const { preview, change, rows } = server.calls
    const latin = Buffer.from(
      'A list of links\nslug;destination_url;title\ncafe;https://example.com/;Caf\xe9\n',
      'latin1',
    )
    const made = await preview(latin)
    const read = await change(made.id, { delimiter: ';', encoding: 'windows-1252', header_row: 2 })
    expect(read).toMatchObject({ delimiter: ';', encoding: 'windows-1252', header_row: 2, status: 'ready' })
    expect((await rows(made.id))[0]?.cells).toEqual(['cafe', 'https://example.com/', 'Café'])
    expect((await change(made.id, { encoding: 'iso-8859-5' })).encoding).toBe('iso-8859-5')
    expect((await rows(made.id))[0]?.cells[2]).not.toBe('Café')
    const wrong = await refusal(change(made.id, { encoding: 'no-such-thing' }))
    expect(wrong.errors).toHaveProperty('encoding')
    expect((await change(made.id, { on_duplicate: 'fail' })).on_duplicate).toBe('fail')
  })

  test('a mapping that was chosen is remembered for the next file with the same headers', async () => {
    await using server = await start()
    const { preview, change } = server.calls
    const text = 'where,what\nhttps://example.com/1,one\n'
    const first = await preview(text)
    const mapped = await change(first.id, { mapping: { 0: 'destination_url', 1: 'slug' } })
    expect(mapped.counts.creates).toBe(1)
    const second = await preview(text.replaceAll('one', 'two').replace('/1', '/2'))
    expect(second.mapping).toEqual({ 0: 'destination_url', 1: 'slug' })
    expect(second.columns.map(({ matched_by }) => matched_by)).toEqual(['memory', 'memory'])
    const moved = await change(second.id, { mapping: { 0: 'slug' } })
    expect(moved.mapping).toEqual({ 0: 'slug', 1: null })
  })

  test.each([
    [{ mapping: { 9: 'slug' } }, 'mapping.9'],
    [{ mapping: { 0: 'slug', 1: 'slug' } }, 'mapping'],
    [{ mapping: { 0: 'colour' } }, 'mapping.0'],
    [{ delimiter: 'x' }, 'delimiter'],
    [{ header_row: -1 }, 'header_row'],
    [{ on_duplicate: 'perhaps' }, 'on_duplicate'],
  ])('%j is refused and changes nothing', async (body, field) => {
    await using server = await start()
    const made = await server.calls.preview(sheetOf(2))
    const error = await refusal(server.calls.change(made.id, body))
    expect(error).toMatchObject({ status: 422, errors: { [field]: [expect.any(String)] } })
    expect((await server.calls.find(made.id)).mapping).toEqual(made.mapping)
  })
})

describe('mending', () => {
  test('filters and codes show the rows with each finding', async () => {
    await using server = await start()
    const { preview, rows } = server.calls
    const { id, counts, finding_counts } = await preview(bad)
    expect(counts).toMatchObject({ rows: 6, errors: 4, creates: 2 })
    expect((await rows(id, 'errors')).map(({ row }) => row)).toEqual([2, 3, 4, 5])
    expect((await rows(id, 'creates')).map(({ row }) => row)).toEqual([1, 6])
    expect((await rows(id, 'duplicates')).map(({ row }) => row)).toContain(4)
    for (const { code, rows: count } of finding_counts)
      expect(await rows(id, 'all', code)).toHaveLength(count)
    const twice = (await rows(id, 'all', 'slug_duplicate')).find(({ row }) => row === 4)
    expect(twice?.findings[0]).toMatchObject({ code: 'slug_duplicate', first_row: 1, column: 'slug' })
    expect(await rows(id, 'errors', 'no_such_code')).toEqual([])
  })

  test('a mended cell is checked again, can be taken back, and is there after a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-edits-'))
    let id = ''
    {
      await using server = await start({ dataDir })
      const { preview, edit } = server.calls
      id = (await preview(bad)).id
      const mended = await edit(id, 3, { 1: 'https://example.com/plain' })
      expect(mended.row).toMatchObject({ action: 'create', edited: [1] })
      expect(mended.import.counts.errors).toBe(3)
      expect((await edit(id, 1, { 0: '' })).row.edited).toEqual([0])
      expect((await edit(id, 1, { 0: null })).row.edited).toEqual([])
    }
    await using server = await start({ dataDir })
    const { find, rows, commit, links } = server.calls
    expect((await find(id)).counts.errors).toBe(3)
    expect((await rows(id, 'edited')).map(({ row }) => row)).toEqual([3])
    expect((await commit(id)).counts.creates).toBe(3)
    expect((await links()).data.map(({ slug }) => slug)).toContain('plain')
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('one finding is mended in all rows at once, also over a restart', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-fix-'))
    let id = ''
    {
      await using server = await start({ dataDir })
      id = (await server.calls.preview(sheetOf(6000).replaceAll('https://', 'http://'))).id
      const { fixed, import: after } = await server.calls.fix(id, 'destination_not_https')
      expect(fixed).toBe(6000)
      expect(after.counts).toMatchObject({ errors: 0, creates: 6000 })
      expect((await server.calls.fix(id, 'no_such_code')).fixed).toBe(0)
    }
    await using server = await start({ dataDir })
    expect((await server.calls.commit(id)).counts.creates).toBe(6000)
    const { data } = await server.calls.links({ per_page: 1 })
    expect(data[0]?.destination_url).toMatch(/^https:/)
    rmSync(dataDir, { recursive: true, force: true })
  })

  test('the list of errors can be mended and imported again', async () => {
    await using server = await start()
    const { preview, errorsCsv, commit, links } = server.calls
    const { id } = await preview(bad)
    await commit(id)
    const csv = await errorsCsv(id)
    expect(csv.split('\r\n')[0]).toBe('\ufeffslug,destination_url,title,_row,_errors')
    const mended = csv
      .replace('API', 'our-api')
      .replace('http://', 'https://')
      .replace('good,', 'good-2,')
      .replace('10.0.0.1', 'inside.example.com')
    const again = await preview(mended)
    expect(again.counts).toMatchObject({ rows: 4, errors: 0, creates: 4 })
    await commit(again.id)
    expect((await links()).total).toBe(6)
  })

  test('a row or a column that is not there is refused', async () => {
    await using server = await start()
    const { preview, edit } = server.calls
    const { id } = await preview(sheetOf(2))
    expect(await refusal(edit(id, 3, { 0: 'x' }))).toMatchObject({ status: 404 })
    expect(await refusal(edit(id, 0, { 0: 'x' }))).toMatchObject({ status: 404 })
    expect(await refusal(edit(id, 1, { 7: 'x' }))).toMatchObject({ status: 422 })
    expect(await refusal(edit(id, 1, { slug: 'x' }))).toMatchObject({ status: 422 })
  })

  test('when the file went missing the answer says so, and no fault of the server is claimed', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'qrscan-gone-'))
    let id = ''
    {
      await using server = await start({ dataDir })
      id = (await server.calls.preview(sheetOf(2))).id
    }
    rmSync(join(dataDir, 'imports'), { recursive: true })
    await using server = await start({ dataDir })
    expect(await refusal(server.calls.rows(id))).toMatchObject({ status: 409 })
    expect(await refusal(server.calls.commit(id))).toMatchObject({ status: 409 })
    expect((await server.calls.find(id)).status).toBe('failed')
    rmSync(dataDir, { recursive: true, force: true })
  })
})

describe('saving', () => {
  test('a commit while the file is checked is 409, and committing twice saves once', async () => {
    await using server = await start()
    const { preview, commit, settled, links } = server.calls
    const scanning = await preview(sheetOf(60_000), 'text/csv', { wait: false })
    expect(await refusal(commit(scanning.id))).toMatchObject({ status: 409 })
    await settled(scanning.id, 'ready')
    const [first, second] = await Promise.allSettled([commit(scanning.id), commit(scanning.id)])
    const done = [first, second].filter(({ status }) => status === 'fulfilled')
    expect(done.length).toBeGreaterThan(0)
    expect((await commit(scanning.id)).status).toBe('committed')
    expect((await links()).total).toBe(60_000)
  })

  test('a link somebody made since the preview fails the whole import, which can be checked again', async () => {
    await using server = await start()
    const { preview, commit, change, links } = server.calls
    const { id } = await preview(sheetOf(5))
    await change(id, { on_duplicate: 'fail' })
    const other = await preview('slug,destination_url\nlink-3,https://example.com/other\n')
    await commit(other.id)
    const refused = await commit(id)
    expect(refused).toMatchObject({ status: 'ready', failure: expect.stringContaining('taken since') })
    expect((await links()).data.map(({ slug }) => slug)).toEqual(['link-3'])
    await change(id, { on_duplicate: 'skip' })
    expect((await commit(id)).counts).toMatchObject({ creates: 4, skipped: 1 })
    expect((await links()).data.find(({ slug }) => slug === 'link-3')?.destination_url).toBe(
      'https://example.com/other',
    )
  })

  test('stored slugs are left, changed or refused, as was chosen, and undo puts back what was there', async () => {
    await using server = await start()
    const { preview, commit, change, undo, links } = server.calls
    const first = await preview(sheetOf(4))
    await commit(first.id)
    const before = (await links()).data
    const csv = sheetOf(6).replaceAll('/link/', '/moved/').replaceAll('print, link', 'outdoor')
    const second = await preview(csv)
    expect(second.counts).toMatchObject({ creates: 2, skipped: 4, updates: 0 })
    expect((await change(second.id, { on_duplicate: 'fail' })).counts).toMatchObject({
      creates: 2,
      errors: 4,
    })
    expect((await change(second.id, { on_duplicate: 'update' })).counts).toMatchObject({
      creates: 2,
      updates: 4,
    })
    await commit(second.id)
    const after = (await links()).data
    expect(
      after.every(({ destination_url: url, tags }) => url.includes('/moved/') && tags[0] === 'outdoor'),
    ).toBe(true)
    expect((await links({ tag: 'outdoor' })).total).toBe(6)
    const undone = await undo(second.id)
    expect(undone).toMatchObject({ status: 'undone', undo: { reversed: 6, kept: 0, errored: 0 } })
    const same = (link: (typeof before)[number]) => ({ ...link, updated_at: '' })
    expect((await links()).data.map(same)).toEqual(before.map(same))
    expect((await links({ tag: 'outdoor' })).total).toBe(0)
    expect((await links({ tag: 'print' })).total).toBe(4)
    expect((await undo(second.id)).status).toBe('undone')
    expect(await refusal(commit(second.id))).toMatchObject({ status: 409 })
  })

  test('an update of some fields leaves an edit of other fields made while it was being saved', async () => {
    await using server = await start()
    const { preview, commit, change, links } = server.calls
    await commit((await preview(sheetOf(9000))).id)
    const titles = sheetOf(9000)
      .replaceAll('Title', 'New title')
      .replaceAll(/,"[^"]*"/g, ',')
    const second = await preview(titles)
    await change(second.id, { on_duplicate: 'update' })
    const { data } = await links({ search: 'link-8999' })
    const work = commit(second.id)
    let saved = false
    while (!saved) {
      const now = await server.calls.find(second.id)
      saved = now.status === 'committed' || now.progress.rows > 0
    }
    await server.window.call(changeQrLink, { params: { id: data[0]!.id }, body: { notes: 'Kept.' } })
    expect((await work).status).toBe('committed')
    expect((await links({ search: 'link-8999' })).data[0]).toMatchObject({
      title: 'New title 8999',
      notes: 'Kept.',
    })
  })

  test('undo keeps what somebody changed since, and removes the rest', async () => {
    await using server = await start()
    const { preview, commit, change, undo, links } = server.calls
    await commit((await preview(sheetOf(1, 'old'))).id)
    const both = sheetOf(3, 'new') + sheetOf(1, 'old').split('\r\n')[1]!.replace('/old/', '/updated/')
    const made = await preview(both)
    await change(made.id, { on_duplicate: 'update' })
    await commit(made.id)
    const all = (await links()).data
    const idOf = (slug: string) => ({ params: { id: all.find((link) => link.slug === slug)!.id } })
    await server.window.call(changeQrLink, { ...idOf('new-2'), body: { title: 'Mine' } })
    await server.window.call(changeQrLink, { ...idOf('old-1'), body: { title: 'Mine too' } })
    await server.window.call(deleteQrLink, idOf('new-3'))
    expect((await undo(made.id)).undo).toMatchObject({ kept: 2, errored: 0 })
    const left = (await links()).data
    expect(left.map(({ slug, title }) => [slug, title])).toEqual([
      ['new-2', 'Mine'],
      ['old-1', 'Mine too'],
    ])
  })

  test('a cancelled check leaves no link, a cancelled commit neither, and that one can be saved again', async () => {
    await using server = await start()
    const { preview, commit, cancel, settled, links, remove } = server.calls
    const scanning = await preview(sheetOf(80_000), 'text/csv', { wait: false })
    expect((await cancel(scanning.id)).status).toBe('cancelled')
    await remove(scanning.id)
    const { id } = await preview(sheetOf(40_000))
    expect((await commit(id, false)).status).toBe('committing')
    await expect
      .poll(async () => (await server.calls.find(id)).progress.rows, { interval: 5 })
      .toBeGreaterThan(0)
    expect((await links()).total).toBe(0)
    const back = await cancel(id)
    expect(back).toMatchObject({ status: 'ready', failure: null })
    const { db } = server.server.context.database
    const count = await db
      .selectFrom('qr_links')
      .select((e) => e.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    const tags = await db
      .selectFrom('qr_link_tags')
      .select((e) => e.fn.countAll().as('n'))
      .executeTakeFirstOrThrow()
    expect([count.n, tags.n]).toEqual([0, 0])
    expect((await commit(id)).status).toBe('committed')
    expect((await settled(id, 'committed')).counts.creates).toBe(40_000)
    expect((await links()).total).toBe(40_000)
  })

  test('nothing of an import shows before all of it does', async () => {
    await using server = await start()
    const { preview, commit, find, links } = server.calls
    const { id } = await preview(sheetOf(30_000))
    await commit(id, false)
    const seen = new Set<number>()
    for (;;) {
      seen.add((await links({ per_page: 1 })).total)
      const redirect = await server.fetch('/r/link-1')
      const shown = redirect.status
      if ((await find(id)).status === 'committed') break
      expect(shown).toBe(404)
    }
    seen.add((await links({ per_page: 1 })).total)
    expect([...seen].filter((total) => total !== 0 && total !== 30_000)).toEqual([])
    expect((await server.fetch('/r/link-1')).status).toBe(302)
  })
})

describe('whose import it is', () => {
  async function otherBusiness(server: TestServer): Promise<string> {
    const body = { name: 'Other', timezone: 'UTC', currency: 'EUR' }
    return (await server.window.call(createBusiness, { body })).business.id
  }

  test('an import of another business is not there', async () => {
    await using server = await start()
    const { id } = await server.calls.preview(sheetOf(1))
    const limited = await server.withToken(['imports:write'], { business_id: await otherBusiness(server) })
    const theirs = importCalls(limited)
    for (const call of [
      theirs.find(id),
      theirs.rows(id),
      theirs.commit(id),
      theirs.undo(id),
      theirs.cancel(id),
      theirs.remove(id),
      theirs.errorsCsv(id),
      theirs.edit(id, 1, { 0: 'x' }),
      theirs.fix(id, 'slug_missing'),
      theirs.change(id, { on_duplicate: 'skip' }),
    ]) {
      expect(await refusal(call)).toMatchObject({ status: 404 })
    }
    expect((await server.calls.find(id)).status).toBe('ready')
  })

  test('a deleted import is gone with its file; the links it made stay', async () => {
    await using server = await start()
    const { preview, commit, remove, find, links } = server.calls
    const { id } = await preview(sheetOf(2))
    await commit(id)
    await remove(id)
    expect(await refusal(find(id))).toMatchObject({ status: 404 })
    expect(readdirSync(join(server.dataDir, 'imports'))).toEqual([])
    expect((await links()).total).toBe(2)
  })
})
