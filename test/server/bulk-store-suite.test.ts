import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewQrLink, QrLinkFilter } from '#contract/qr-links.ts'
import { timestamp } from '#server/clock.ts'
import { isUniqueViolation } from '#server/db/errors.ts'
import { EventHub } from '#server/http/event-hub.ts'
import { HiddenRanges } from '#server/db/hidden-ranges.ts'
import { newId } from '#server/db/id.ts'
import type { Database } from '#server/db/open.ts'
import { writeStagedLinks } from '#server/db/staged-links.ts'
import { ensureOwner, insertBusiness } from '#server/features/businesses/store.ts'
import * as imports from '#server/features/imports/store.ts'
import { makeBulkLinks } from '#server/features/qr-links/bulk.ts'
import { linkFacets } from '#server/features/qr-links/facets.ts'
import { QrLinkLists } from '#server/features/qr-links/list.ts'
import * as links from '#server/features/qr-links/store.ts'
import type { QrLinkRow } from '#server/features/qr-links/table.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.parse('2026-11-23T09:30:00Z')
const minute = 60_000
const destination_url = 'https://example.com/menu'
const nothingHidden = new HiddenRanges()

/** A row of an import. */
const imported = (slug: string, more: { tags?: string[]; campaign?: string } = {}) => ({
  slug,
  destination_url,
  title: null,
  campaign: null,
  tags: [] as string[],
  notes: null,
  is_active: true,
  starts_at: null,
  expires_at: null,
  ...more,
})

/** What imports do to many rows holds on a desktop and on a hub. */
describe.each(databases)('many rows on %s', (_name, open) => {
  let database: Database
  beforeAll(async () => {
    database = await open()
    await ensureOwner(database.db, now)
  }, 60_000)
  afterAll(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-staged-'))
  const staging = join(folder, 'links')

  const bulk = makeBulkLinks({ events: new EventHub() })
  const addBusiness = async (name: string) => (await insertBusiness(database.db, { name }, now)).id
  const add = (businessId: string, link: Partial<NewQrLink>) =>
    links.insertQrLink(database.db, businessId, { destination_url, ...link }, now)
  const find = (id: string) => links.anyQrLinkRow(database.db, id, null, nothingHidden)
  const tagsOf = async ({ seq }: Pick<QrLinkRow, 'seq'>) => {
    const rows = await database.db
      .selectFrom('qr_link_tags')
      .select('tag')
      .where('link_seq', '=', seq)
      .execute()
    return rows.map(({ tag }) => tag).toSorted()
  }

  async function listed(businessId: string, filter: QrLinkFilter = {}): Promise<QrLinkRow[]> {
    const { sort: _sort, ...rest } = filter
    const selection = { businessId, filter: rest, now }
    const lists = new QrLinkLists(database, nothingHidden)
    const { total, rows } = await lists.page(selection, 'created_at', { limit: 1000, offset: 0 })
    expect(await lists.count(selection)).toBe(total)
    expect(rows).toHaveLength(total)
    return rows
  }

  /** Writes an import's rows in two slices, as a commit does: on SQLite out of a staging file. */
  async function importRows(businessId: string, rows: ReturnType<typeof imported>[]) {
    const importId = newId(now)
    const range = await bulk.reserve(database.db, rows.length)
    const at = { importId, businessId, now }
    const half = Math.ceil(rows.length / 2)
    const isStaged = database.kind === 'sqlite'
    if (isStaged) writeStagedLinks(staging, rows, { seq: range.first, now })
    await database.bulk(async (slice) => {
      for (const from of [0, half]) {
        const part = { first: range.first + from, last: Math.min(range.first + from + half - 1, range.last) }
        if (isStaged) await slice((trx) => bulk.insertStaged(trx, part, at), staging)
        else await slice((trx) => bulk.insert(trx, rows.slice(from, from + half), { ...at, seq: part.first }))
      }
    })
    return { importId, range }
  }

  it('what a commit leaves behind when it is done is no schema of another file', async () => {
    const id = await addBusiness('Attached')
    await importRows(id, [imported('attached-1'), imported('attached-2')])
    if (database.kind !== 'sqlite') return
    const { rows } = await sql<{ name: string }>`pragma database_list`.execute(database.db)
    expect(rows.map(({ name }) => name).filter((name) => name !== 'temp')).toEqual(['main'])
    expect(statSync(staging).mode & 0o077).toBe(0)
  })

  it('an import owns its range, and every row in it is a link like any other', async () => {
    const id = await addBusiness('Range')
    const rows = Array.from({ length: 321 }, (_, n) =>
      imported(`r-${n}`, { tags: ['all', `t${n % 3}`, 'all'] }),
    )
    const { importId, range } = await importRows(id, rows)
    const found = await listed(id)
    expect(found.map(({ seq }) => seq)).toEqual(rows.map((_, n) => range.first + n))
    expect(found.map(({ slug }) => slug)).toEqual(rows.map(({ slug }) => slug))
    expect(new Set(found.map((row) => row.id)).size).toBe(321)
    expect(found[320]).toMatchObject({
      seq: range.last,
      import_id: importId,
      tags: '["all","t2"]',
      version: 1,
    })
    expect(await find(found[7]!.id)).toEqual(found[7])
    expect((await listed(id, { tag: 't1' })).map(({ slug }) => slug)).toEqual(
      rows.map(({ slug }) => slug).filter((_, n) => n % 3 === 1),
    )
    expect((await add(id, {})).seq).toBeGreaterThan(range.last)
  })

  it('a slug that went to somebody else stops the slice, and none of its rows stays', async () => {
    const id = await addBusiness('Taken')
    await add(id, { slug: 'taken' })
    const error = await importRows(id, [imported('free', { tags: ['x'] }), imported('taken')]).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(isUniqueViolation(error)).toBe(true)
    const second = await importRows(
      id,
      ['a', 'b', 'taken', 'c'].map((slug) => imported(slug)),
    ).catch(() => 'no')
    expect(second).toBe('no')
    // The slice before it is there until the import takes it back.
    expect((await listed(id)).map(({ slug }) => slug)).toEqual(['taken', 'free', 'a', 'b'])
  })

  it("an import's own rows are found by its id alone", async () => {
    const id = await addBusiness('Own rows')
    const { importId, range } = await importRows(id, [imported('one'), imported('two')])
    await importRows(id, [imported('three')])
    const stamp = { created_at: timestamp(now), updated_at: timestamp(now) }
    const file = { filename: 'a.csv', size: 2 ** 31 - 1, state: '{}', ...stamp }
    const place = { first_seq: range.first, last_seq: range.last }
    const record = {
      id: importId,
      business_id: id,
      kind: 'qr_links' as const,
      status: 'committed' as const,
      ...file,
      ...place,
    }
    await database.db.insertInto('imports').values(record).execute()
    expect((await listed(id, { import_id: importId })).map(({ slug }) => slug)).toEqual(['one', 'two'])
    const saved = await imports.saveImport(database.db, importId, { failure: 'planned' }, now + minute)
    expect(saved).toMatchObject({ ...file, failure: 'planned', updated_at: timestamp(now + minute) })
    const tooLate = await imports.saveImport(database.db, importId, { failure: null }, now, ['ready'])
    expect(tooLate).toEqual(saved)
    expect(await imports.findImportRecord(database.db, importId, newId(now))).toBeUndefined()
  })

  it('an undo removes a range step by step, with tags and scans, and keeps what somebody changed', async () => {
    const id = await addBusiness('Removed')
    const own = await add(id, { slug: 'own', tags: ['x'] })
    const rows = ['a', 'b', 'c', 'd', 'e'].map((slug) => imported(slug, { tags: ['x', slug] }))
    const { range } = await importRows(id, rows)
    const made = await listed(id)
    const row = (slug: string) => made.find((link) => link.slug === slug)!
    await links.updateQrLink(database.db, row('b'), { title: 'Ours' }, now)
    await links.trashQrLink(database.db, row('d'), now)
    const scan = { seq: 1, link_seq: row('e').seq, scanned_at: timestamp(now), device: 'ios' }
    await database.db.insertInto('qr_scans').values(scan).execute()
    await database.db.updateTable('qr_links').set({ scan_count: 1 }).where('seq', '=', row('e').seq).execute()
    const totals = { removed: 0, kept: 0 }
    for (let from: number | undefined = range.first; from !== undefined;) {
      const { removed, kept, next } = await bulk.remove(database.db, {
        from,
        last: range.last,
        limit: 2,
        unchangedOnly: true,
      })
      totals.removed += removed
      totals.kept += kept
      from = next
    }
    expect(totals).toEqual({ removed: 4, kept: 1 })
    expect((await listed(id)).map(({ slug }) => slug)).toEqual(['own', 'b'])
    expect(await find(row('d').id)).toBeUndefined()
    expect([await tagsOf(own), await tagsOf(row('b')), await tagsOf(row('e'))]).toEqual([
      ['x'],
      ['b', 'x'],
      [],
    ])
    expect(await database.db.selectFrom('qr_scans').selectAll().execute()).toEqual([])
    const all = { from: range.first, last: range.last, limit: 100, unchangedOnly: false }
    expect(await bulk.remove(database.db, all)).toEqual({ removed: 1, kept: 0, next: undefined })
    expect(await bulk.remove(database.db, all)).toEqual({ removed: 0, kept: 0, next: undefined })
  })

  it('an update is put back as it was, unless somebody changed the link since', async () => {
    const id = await addBusiness('Put back')
    const before = await add(id, {
      slug: 'kept',
      title: 'Old',
      tags: ['a', 'b'],
      starts_at: '2026-12-01T00:00:00Z',
    })
    const other = await add(id, { slug: 'other' })
    const kept = await bulk.snapshot(database.db, [before.seq, other.seq])
    expect([...kept.keys()].toSorted((a, b) => a - b)).toEqual([before.seq, other.seq])
    const after = { title: 'New', tags: ['b', 'c', 'c'], is_active: false }
    const update = { importId: newId(now), now: now + minute }
    for (const { seq } of [before, other]) await bulk.apply(database.db, { seq, after, ...update })
    expect(await find(before.id)).toMatchObject({ title: 'New', tags: '["b","c"]', is_active: 0, version: 2 })
    expect(await tagsOf(before)).toEqual(['b', 'c'])
    const changed = await links.updateQrLink(database.db, (await find(other.id))!, { title: 'Mine' }, now)
    const back = ({ seq }: QrLinkRow) =>
      bulk.putBack(database.db, { seq, before: kept.get(seq)!, now: now + 2 * minute })
    expect([await back(before), await back(other)]).toEqual([true, false])
    const updated_at = timestamp(now + 2 * minute)
    expect(await find(before.id)).toEqual({ ...before, version: 3, updated_at })
    expect(await tagsOf(before)).toEqual(['a', 'b'])
    expect(await find(other.id)).toEqual(changed)
    expect(await back(before)).toBe(false)
  })

  it('a link in the trash is in no list and no facet, and comes back with its tags', async () => {
    const id = await addBusiness('Trash')
    const row = await add(id, { slug: 'gone', tags: ['t', 'u'], campaign: 'c' })
    await add(id, { slug: 'here', tags: ['t'] })
    const seen = async () => {
      const { tags, campaigns } = await linkFacets(database, nothingHidden, id)
      const counts = Object.fromEntries([...tags, ...campaigns].map(({ name, count }) => [name, count]))
      return { slugs: (await listed(id)).map(({ slug }) => slug), counts }
    }
    const whole = { slugs: ['gone', 'here'], counts: { t: 2, u: 1, c: 1 } }
    expect(await seen()).toEqual(whole)
    await links.trashQrLink(database.db, row, now)
    expect(await seen()).toEqual({ slugs: ['here'], counts: { t: 1 } })
    await links.restoreQrLinkRow(database.db, (await find(row.id))!, now)
    expect(await seen()).toEqual(whole)
  })

  it('edits and mappings are the last that were saved', async () => {
    const importId = newId(now)
    const edit = (row: number, value: string | null) => ({ row, column: 2, value })
    const many = Array.from({ length: 1200 }, (_, row) => edit(row, `v${row}`))
    await imports.saveEdits(database.db, importId, many)
    await imports.saveEdits(database.db, importId, [edit(3, 'again'), edit(4, null)])
    const expected = many
      .map((one) => (one.row === 3 ? edit(3, 'again') : one))
      .filter(({ row }) => row !== 4)
    expect(await imports.loadEdits(database.readers, importId)).toEqual(expected)
    const id = await addBusiness('Mapping')
    for (const name of ['title', 'slug'])
      await imports.rememberMapping(database.db, id, 'f', { A: name }, now)
    expect(await imports.recallMapping(database.db, id, 'f')).toEqual({ A: 'slug' })
  })
})
