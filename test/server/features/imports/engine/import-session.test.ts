import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { Pace } from '#server/features/imports/engine/cancel.ts'
import { writeErrorsCsv } from '#server/features/imports/engine/errors-csv.ts'
import { goodChunk } from '#server/features/imports/engine/good-rows.ts'
import { findingsOf, stored, Workshop } from './import-fixture.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())
const pace = new Pace(new Int32Array(1))
const url = (k: number | string): string => `https://example.com/${k}`

describe('duplicates in the file', () => {
  const file = `slug,url\nmenu,${url(1)}\nMENU,${url(2)}\nother,${url(3)}\nmenu,${url(4)}\n`

  test('are errors on the later rows and name the first', async () => {
    const session = await workshop.scan(file)
    expect(findingsOf(session)).toEqual(['2 slug_normalized', '2 slug_duplicate', '4 slug_duplicate'])
    const finding = session.rowOf(3).findings[0]
    expect(finding).toMatchObject({ row: 4, line: 5, column: 'slug', first_row: 1, suggestion: 'menu-2' })
    expect(session.tally().counts).toMatchObject({ rows: 4, valid: 2, errors: 2, duplicates: 2, creates: 2 })
  })

  test('move to the next row when the first one is changed, and back', async () => {
    const session = await workshop.scan(file)
    session.edit(0, [[0, 'fresh']])
    expect(session.rowOf(1).findings.map(({ code }) => code)).toEqual(['slug_normalized'])
    expect(session.rowOf(3).findings[0]).toMatchObject({ code: 'slug_duplicate', first_row: 2 })
    expect(session.tally().counts).toMatchObject({ errors: 1, duplicates: 1, creates: 3 })
    session.edit(0, [[0, null]])
    expect(session.tally().counts).toMatchObject({ errors: 2, duplicates: 2, creates: 2 })
    expect(session.rowOf(0)).toMatchObject({ edited: [], cells: ['menu', url(1)] })
  })

  test('appear when an edit makes one, and go when it is mended', async () => {
    const session = await workshop.scan(file)
    expect(session.edit(2, [[0, 'Menu']]).findings.map(({ code }) => code)).toEqual([
      'slug_normalized',
      'slug_duplicate',
    ])
    expect(session.edit(2, [[0, 'third']])).toMatchObject({ action: 'create', findings: [], edited: [0] })
  })

  test('look-alikes are warned about, with the row they look like', async () => {
    const session = await workshop.scan(`slug,url\nmenu-10,${url(1)}\nmenu-lo,${url(2)}\n`)
    expect(session.rowOf(1).findings[0]).toMatchObject({
      code: 'slug_lookalike',
      severity: 'warning',
      first_row: 1,
    })
    expect(session.tally().counts).toMatchObject({ valid: 2, warnings: 1 })
  })
})

describe('stored links', () => {
  const database = workshop.database([
    { slug: 'same', destination_url: url(1), title: 'One', tags: ['a', 'b'] },
    { slug: 'other', destination_url: url('old'), title: 'Kept' },
    { slug: 'gone', destination_url: url(3), deleted_at: 'x' },
    { slug: 'theirs', destination_url: url(4), business_id: 'b2' },
    { slug: 'hidden', destination_url: url(5) },
  ])
  const file = `slug,url,title,tags\nsame,${url(1)},One,"b,a"\nsame2,${url(1)},,\nother,${url(2)},,\ngone,${url(3)},,\ntheirs,${url(4)},,\nhidden,${url(5)},,\n`
  const from = stored(database, [[5, 5]])

  test.each([
    ['skip', { creates: 4, skipped: 2, updates: 0, errors: 0, warnings: 2 }],
    ['update', { creates: 4, skipped: 0, updates: 2, errors: 0, warnings: 2 }],
    ['fail', { creates: 4, skipped: 0, updates: 0, errors: 2, warnings: 0 }],
  ] as const)('with %s give %j', async (onDuplicate, counts) => {
    const session = await workshop.scan(file, { ...from, onDuplicate: 'skip' })
    session.setMode(onDuplicate)
    expect(session.tally().counts).toMatchObject({ rows: 6, duplicates: 2, unchanged: 0, ...counts })
  })

  test('that would not change are neither skipped nor updated, whatever is chosen', async () => {
    const same = `slug,url,title,tags\nsame,${url(1)},One,"a, b"\nsame2,${url(2)},,\nother,${url('old')},,\n`
    const session = await workshop.scan(same, from)
    for (const mode of ['skip', 'update', 'fail'] as const) {
      session.setMode(mode)
      expect(session.tally().counts).toMatchObject({ unchanged: 2, creates: 1, errors: 0, warnings: 0 })
    }
  })

  test('are compared again when a row is changed', async () => {
    const session = await workshop.scan(file, { ...from, onDuplicate: 'update' })
    expect(session.edit(1, [[0, 'other']])).toMatchObject({ action: 'update' })
    expect(session.edit(1, [[0, 'nobody']])).toMatchObject({ action: 'create' })
    expect(session.rowOf(2)).toMatchObject({ action: 'update' })
  })

  test('are found by sweeping as by asking', async () => {
    const links = Array.from({ length: 30_000 }, (_, k) => ({ slug: `s-${k * 3}`, destination_url: url(k) }))
    const many = stored(workshop.database([...links, { slug: 'Not_A Slug', destination_url: url(0) }]))
    const rows = Array.from({ length: 25_000 }, (_, k) => `s-${k},${url('new')}`)
    const session = await workshop.scan(`slug,url\n${rows.join('\n')}\n`, many)
    expect(session.tally().counts).toMatchObject({ rows: 25_000, skipped: Math.ceil(25_000 / 3) })
  })
})

describe('rows without a slug', () => {
  test('get one proposed from their title or address, free in the file, among stored and reserved ones', async () => {
    const from = stored(workshop.database([{ slug: 'brunch', destination_url: url(9) }]))
    const file = `slug,url,title\n,${url(1)},Menu\nmenu,${url(2)},\n,${url('Long-Table')},\n,${url(1)},Login\n,${url(1)},Menu\n,${url(1)},Brunch\n`
    const session = await workshop.scan(file, from)
    const proposals = [0, 2, 3, 4, 5].map((row) => session.rowOf(row).findings[0])
    expect(proposals.map((finding) => finding?.suggestion)).toEqual([
      'menu-2',
      'long-table',
      'login-2',
      'menu-3',
      'brunch-2',
    ])
    expect(proposals[0]).toMatchObject({ code: 'slug_missing', severity: 'warning', column: 'slug' })
    expect(session.tally().counts).toMatchObject({ errors: 0, creates: 6, warnings: 5 })
    expect(goodChunk(session, 1, 10).rows.map(({ slug }) => slug)).toEqual([
      'menu-2',
      'menu',
      'long-table',
      'login-2',
      'menu-3',
      'brunch-2',
    ])
  })

  test('need no slug column at all', async () => {
    const session = await workshop.scan(`url\n${url('a')}\n${url('a')}\n`)
    expect(goodChunk(session, 1, 10).rows.map(({ slug }) => slug)).toEqual(['a', 'a-2'])
  })

  test('keep their proposal through other edits and lose it to a slug of their own', async () => {
    const session = await workshop.scan(`slug,url,title\n,${url(1)},Menu\n`)
    expect(session.edit(0, [[1, url(2)]]).findings[0]?.suggestion).toBe('menu')
    expect(session.edit(0, [[0, 'mine']])).toMatchObject({ action: 'create', findings: [] })
    expect(session.edit(0, [[0, null]]).findings[0]?.code).toBe('slug_missing')
  })
})

describe('pages', () => {
  const rows = Array.from({ length: 300 }, (_, k) =>
    k % 10 === 3 ? `row-${k},http://example.com/${k}` : `row-${k},${url(k)}`,
  )
  const file = `slug,url\n${rows.join('\n')}\n`

  test('hold the rows of a filter and a code', async () => {
    const session = await workshop.scan(file)
    const errors = session.page({ filter: 'errors', offset: 5, limit: 3 })
    expect(errors.total).toBe(30)
    expect(errors.rows.map(({ row }) => row)).toEqual([54, 64, 74])
    expect(session.page({ filter: 'creates', offset: 269, limit: 5 }).rows.map(({ row }) => row)).toEqual([
      300,
    ])
    expect(session.page({ filter: 'all', code: 'destination_not_https', offset: 0, limit: 1 }).total).toBe(30)
    expect(
      session.page({ filter: 'warnings', code: 'destination_not_https', offset: 0, limit: 1 }).total,
    ).toBe(0)
    expect(session.page({ filter: 'all', code: 'no_such_code', offset: 0, limit: 1 })).toEqual({
      total: 0,
      rows: [],
    })
    expect(session.page({ filter: 'all', offset: 5000, limit: 10 }).rows).toEqual([])
  })

  test('follow edits', async () => {
    const session = await workshop.scan(file)
    session.edit(3, [[1, url('x')]])
    expect(session.page({ filter: 'errors', offset: 0, limit: 1 }).total).toBe(29)
    expect(session.page({ filter: 'edited', offset: 0, limit: 1 }).rows[0]).toMatchObject({
      row: 4,
      edited: [1],
    })
  })

  test('an edit past the end or the width is refused in a sentence', async () => {
    const session = await workshop.scan(file)
    expect(() => session.edit(300, [[0, 'x']])).toThrow('There is no row 301')
    expect(() => session.edit(0, [[2, 'x']])).toThrow('no such column')
  })
})

describe('mending all alike', () => {
  test.each([30, 600])('takes the suggestion in %i rows', async (count) => {
    const rows = Array.from({ length: count }, (_, k) => `Row ${k},http://example.com/${k}`)
    const session = await workshop.scan(`slug,url\n${rows.join('\n')}\n`)
    expect(session.tally().counts.errors).toBe(count)
    expect(await session.fix('destination_not_https', () => undefined)).toBe(count)
    expect(await session.fix('slug_invalid', () => undefined)).toBe(count)
    expect(session.tally().counts).toMatchObject({ errors: 0, creates: count, warnings: 0 })
    expect(session.rowOf(7)).toMatchObject({ cells: ['row-7', 'https://example.com/7'], edited: [0, 1] })
  })

  test('gives every double a slug of its own', async () => {
    const session = await workshop.scan(`slug,url\n${`menu,${url(1)}\n`.repeat(5)}menu-2,${url(1)}\n`)
    expect(await session.fix('slug_duplicate', () => undefined)).toBe(4)
    expect(session.tally().counts).toMatchObject({ errors: 0, duplicates: 0 })
    expect([0, 1, 2, 3, 4, 5].map((row) => session.rowOf(row).cells[0])).toEqual([
      'menu',
      'menu-3',
      'menu-4',
      'menu-5',
      'menu-6',
      'menu-2',
    ])
  })

  test('the edits can be kept and given to a later scan', async () => {
    const text = `slug,url\nA B,${url(1)}\nc d,${url(2)}\n`
    const session = await workshop.scan(text)
    await session.fix('slug_invalid', () => undefined)
    const { edits } = session.listEdits(0, 100)
    expect(edits).toEqual([
      { row: 1, column: 0, value: 'a-b' },
      { row: 2, column: 0, value: 'c-d' },
    ])
    const again = await workshop.scan(text, { edits })
    expect(again.tally().counts).toMatchObject({ errors: 0 })
    expect(again.rowOf(1).edited).toEqual([0])
  })
})

describe('the list of errors', () => {
  test('holds the bad rows, harmless for spreadsheets, and can be mended and imported again', async () => {
    const text = `slug;url;title;notes\ngood;${url(1)};a;b\nx y;${url(2)};=SUM(1);"say ""hi""; now"\nok;nonsense;'=kept;-1\n`
    const session = await workshop.scan(text)
    const path = join(workshop.folder, 'errors.csv')
    expect(await writeErrorsCsv(session, path, pace)).toBe(2)
    const written = readFileSync(path, 'utf8')
    expect(written).toContain("'=SUM(1)")
    expect(written.split('\r\n')[0]).toBe('\ufeffslug;url;title;notes;_row;_errors')
    const again = await workshop.scan(written.replace('x y', 'x-y').replace('nonsense', url(3)))
    expect(again.tally().counts).toMatchObject({ rows: 2, errors: 0, creates: 2 })
    expect(goodChunk(again, 1, 10).rows).toMatchObject([
      { slug: 'x-y', title: '=SUM(1)', notes: 'say "hi"; now' },
      { slug: 'ok', title: "'=kept", notes: '-1' },
    ])
  })
})

describe('good rows', () => {
  test('come in chunks, in canonical form, with what is stored looked up anew', async () => {
    const database = workshop.database([
      { slug: 'old', destination_url: url('old'), title: 'Stays', tags: ['t'] },
    ])
    const file = `slug,url,title,tags,active,expires\nFresh, ${url(1)} ,Hello,"a;b",no,2027-01-01\nbad slug,${url(2)},,,,\nold,${url(3)},,,,\nlast,${url(4)},,,,\n`
    const session = await workshop.scan(file, { ...stored(database), onDuplicate: 'update' })
    const first = goodChunk(session, 1, 2)
    expect(first.rows[0]).toEqual({
      row: 1,
      action: 'create',
      slug: 'fresh',
      destination_url: url(1),
      title: 'Hello',
      campaign: null,
      tags: ['a', 'b'],
      notes: null,
      is_active: false,
      starts_at: null,
      expires_at: '2027-01-01T00:00:00.000000Z',
      existing: null,
    })
    expect(first.rows[1]).toMatchObject({
      row: 3,
      action: 'update',
      destination_url: url(3),
      title: 'Stays',
      tags: ['t'],
      existing: { seq: 1, id: 'id-1', version: 1 },
    })
    expect(first.next).toBe(4)
    expect(goodChunk(session, 4, 2)).toMatchObject({
      rows: [{ row: 4, slug: 'last', is_active: true }],
      next: null,
    })
  })
})
