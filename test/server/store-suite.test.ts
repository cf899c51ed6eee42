import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { NewQrLink, QrLinkFilter } from '#contract/qr-links.ts'
import { timestamp } from '#server/clock.ts'
import { HiddenRanges } from '#server/db/hidden-ranges.ts'
import type { Database } from '#server/db/open.ts'
import { takeSequence } from '#server/db/sequence.ts'
import * as businesses from '#server/features/businesses/store.ts'
import { loadSettings, saveSetting } from '#server/features/device/settings.ts'
import { analyseScans } from '#server/features/qr-links/analytics.ts'
import { linkFacets } from '#server/features/qr-links/facets.ts'
import { QrLinkLists } from '#server/features/qr-links/list.ts'
import { ScanRecorder } from '#server/features/qr-links/scan-recorder.ts'
import * as links from '#server/features/qr-links/store.ts'
import * as tokens from '#server/features/tokens/store.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.parse('2026-11-23T09:30:00Z')
const minute = 60_000
const destination_url = 'https://example.com/menu'

/** What holds on a desktop holds on a hub. */
describe.each(databases)('on %s', (_name, open) => {
  let database: Database
  let owner: { userId: string; businessId: string }
  const nothingHidden = new HiddenRanges()

  beforeAll(async () => {
    database = await open()
    owner = await businesses.ensureOwner(database.db, now)
  }, 60_000)
  afterAll(() => database.close())

  const add = (link: Partial<NewQrLink>, businessId = owner.businessId) =>
    database.db
      .transaction()
      .execute((trx) => links.insertQrLink(trx, businessId, { destination_url, ...link }, now))
  const addBusiness = (name: string) => businesses.insertBusiness(database.db, { name }, now)

  async function slugs(
    businessId: string,
    filter: QrLinkFilter,
    { size = 100, hidden = nothingHidden }: { size?: number; hidden?: HiddenRanges } = {},
  ): Promise<string[]> {
    const lists = new QrLinkLists(database, hidden)
    const { sort = 'created_at', ...rest } = filter
    const found: string[] = []
    for (let offset = 0; ; offset += size) {
      const { total, rows } = await lists.page({ businessId, filter: rest, now }, sort, {
        limit: size,
        offset,
      })
      found.push(...rows.map(({ slug }) => slug))
      if (offset + size < total) continue
      expect(found).toHaveLength(total)
      return found
    }
  }

  it('there is one owner, however often the app starts', async () => {
    expect(await businesses.ensureOwner(database.db, now + minute)).toEqual(owner)
  })

  it('a business counts its versions, and is not there for a caller limited to another', async () => {
    const cafe = await addBusiness('Café Zürich')
    const changed = await businesses.updateBusiness(database.db, cafe, { currency: 'CHF' }, now + minute)
    expect(changed).toEqual({ ...cafe, currency: 'CHF', version: 2, updated_at: timestamp(now + minute) })
    expect(await businesses.findBusinessRow(database.db, cafe.id, null)).toEqual(changed)
    expect(await businesses.findBusinessRow(database.db, cafe.id, owner.businessId)).toBeUndefined()
  })

  it('a token is kept without its secret, and the time of its revocation stays the first', async () => {
    const cafe = await addBusiness('Tokens')
    const input = {
      name: 'Till',
      kind: 'api' as const,
      scopes: ['links:read' as const],
      business_id: cafe.id,
    }
    const { row, plainText } = await tokens.insertToken(database.db, owner.userId, input, now)
    await tokens.revoke(database.db, row, now)
    const find = () =>
      tokens.tokensOf(database.db, owner.userId, cafe.id).selectAll().executeTakeFirstOrThrow()
    await tokens.revoke(database.db, await find(), now + minute)
    expect(await find()).toEqual({ ...row, revoked_at: timestamp(now) })
    expect(JSON.stringify(await find())).not.toContain(plainText.split('|')[1])
    expect(await tokens.tokensOf(database.db, owner.userId, owner.businessId).selectAll().execute()).toEqual(
      [],
    )
  })

  it('numbers of a sequence are given once, also to those who ask at the same time', async () => {
    const taken = await Promise.all([1, 5, 2].map((count) => takeSequence(database.db, 'qr_links', count)))
    const [one, five, two] = taken as [number, number, number]
    const all = [one, ...[0, 1, 2, 3, 4].map((n) => five + n), two, two + 1]
    expect(new Set(all).size).toBe(8)
    expect(Math.max(...all) - Math.min(...all)).toBe(7)
  })

  it('a slug is taken once in a business, in any case, and free again when its link is gone', async () => {
    const { id } = await addBusiness('Slugs')
    const first = await add({ slug: 'Menu' }, id)
    expect(first.slug).toBe('menu')
    await add({ slug: 'menu' })
    await expect(add({ slug: 'MENU' }, id)).rejects.toMatchObject({ status: 422 })
    await links.trashQrLink(database.db, first, now)
    const second = await add({ slug: 'menu' }, id)
    const gone = await links.anyQrLinkRow(database.db, first.id, null, nothingHidden)
    await expect(links.restoreQrLinkRow(database.db, gone!, now)).rejects.toMatchObject({ status: 422 })
    await links.trashQrLink(database.db, second, now)
    const back = await links.restoreQrLinkRow(database.db, gone!, now + minute)
    expect(back).toMatchObject({ deleted_at: null, version: 3 })
    expect(await links.findQrLinkRow(database.db, first.id, id, nothingHidden)).toEqual(back)
  })

  it('a link keeps what was given, changes what is sent, and refuses to end before it starts', async () => {
    const { id } = await addBusiness('Fields')
    const row = await add({ slug: 'full', title: 'Ünï 🍋', tags: ['a', 'b', 'a'], style: { ecc: 'H' } }, id)
    expect(row).toMatchObject({ tags: '["a","b"]', style: '{"ecc":"H"}', is_active: 1 })
    const change = { tags: ['b', 'c'], is_active: false, starts_at: '2026-12-24T18:00:00+01:00', title: null }
    const next = await links.updateQrLink(database.db, row, change, now + minute)
    expect(await links.findQrLinkRow(database.db, row.id, id, nothingHidden)).toEqual(next)
    expect(next).toMatchObject({ starts_at: '2026-12-24T17:00:00.000000Z', title: null, version: 2 })
    expect([await slugs(id, { tag: 'a' }), await slugs(id, { tag: 'c' })]).toEqual([[], ['full']])
    const backwards = links.updateQrLink(database.db, next, { expires_at: '2026-12-01T00:00:00Z' }, now)
    await expect(backwards).rejects.toMatchObject({ errors: { expires_at: expect.any(Array) } })
  })

  it('lists come in the order asked for, page by page, those without a value where nothing is', async () => {
    const { id } = await addBusiness('Orders')
    const made = ['b-2', 'a', 'b', 'b2', 'zz', 'b-10', 'c']
    for (const slug of made) await add({ slug }, id)
    for (const [slug, scan_count] of Object.entries({ b: 3, zz: 9, c: 3 })) {
      const values = { scan_count, last_scanned_at: timestamp(now + scan_count) }
      const update = database.db.updateTable('qr_links').set(values)
      await update.where('business_id', '=', id).where('slug', '=', slug).execute()
    }
    const bySlug = made.toSorted()
    const byCount = ['b-2', 'a', 'b2', 'b-10', 'b', 'c', 'zz']
    for (const size of [2, 3, 100]) {
      const read = (sort: NonNullable<QrLinkFilter['sort']>) => slugs(id, { sort }, { size })
      expect(await read('created_at')).toEqual(made)
      expect(await read('-created_at')).toEqual(made.toReversed())
      expect(await read('slug')).toEqual(bySlug)
      expect(await read('-slug')).toEqual(bySlug.toReversed())
      expect(await read('scan_count')).toEqual(byCount)
      expect(await read('-scan_count')).toEqual(byCount.toReversed())
      expect(await read('last_scanned_at')).toEqual(byCount)
      expect(await read('-last_scanned_at')).toEqual(byCount.toReversed())
    }
  })

  it('filters find by text, campaign, tag and status, in any letters and with no wildcard', async () => {
    const { id } = await addBusiness('Filters')
    const at = (minutes: number) => timestamp(now + minutes * minute)
    await add({ slug: 'plain', title: '100% Rabatt', campaign: 'Herbst', tags: ['x'] }, id)
    await add({ slug: 'umlaut', title: 'Über ÜBUNG', destination_url: 'https://example.com/A_b' }, id)
    await add({ slug: 'paused', is_active: false, expires_at: at(-1), tags: ['x', 'y'] }, id)
    await add({ slug: 'later', starts_at: at(1), campaign: 'Herbst' }, id)
    await add({ slug: 'over', expires_at: at(0) }, id)
    const cases: [QrLinkFilter, string[]][] = [
      [{ search: '0% ra' }, ['plain']],
      [{ search: 'a_B' }, ['umlaut']],
      [{ search: '%' }, ['plain']],
      [{ search: '\\' }, []],
      [{ search: "'" }, []],
      [{ search: 'Über' }, ['umlaut']],
      [{ search: 'über üb' }, ['umlaut']],
      [{ search: 'ÜBUNG' }, ['umlaut']],
      [{ search: 'ubung' }, []],
      [{ search: 'HERBST', tag: 'x' }, ['plain']],
      [{ campaign: 'Herbst' }, ['plain', 'later']],
      [{ campaign: 'herbst' }, []],
      [{ tag: 'x' }, ['plain', 'paused']],
      [{ tag: 'x', status: 'paused' }, ['paused']],
      [{ status: 'active' }, ['plain', 'umlaut']],
      [{ status: 'scheduled' }, ['later']],
      [{ status: 'expired' }, ['over']],
      [{ import_id: 'none' }, []],
    ]
    for (const [filter, expected] of cases)
      expect([filter, await slugs(id, filter)]).toEqual([filter, expected])
  })

  it('hidden rows are in no list, count or facet until they are shown, then all at once', async () => {
    const { id } = await addBusiness('Hidden')
    const rows = [
      await add({ tags: ['t'], campaign: 'c' }, id),
      await add({ tags: ['t'], campaign: 'c' }, id),
    ]
    const hidden = new HiddenRanges()
    hidden.hide('import', { first: rows[1]!.seq, last: rows[1]!.seq + 10 })
    const seen = async () => ({
      links: (await slugs(id, {}, { hidden })).length,
      tags: (await linkFacets(database, hidden, id)).tags,
      campaigns: (await linkFacets(database, hidden, id)).campaigns,
      row: (await links.findQrLinkRow(database.db, rows[1]!.id, null, hidden))?.id,
    })
    const facet = (name: string, count: number) => [{ name, count }]
    expect(await seen()).toEqual({ links: 1, tags: facet('t', 1), campaigns: facet('c', 1), row: undefined })
    hidden.show('import')
    expect(await seen()).toEqual({
      links: 2,
      tags: facet('t', 2),
      campaigns: facet('c', 2),
      row: rows[1]!.id,
    })
  })

  it('scans are written, added to their links, and counted by span, device, language and referrer', async () => {
    const { id } = await addBusiness('Scans')
    const row = await add({ slug: 'scanned' }, id)
    const recorder = new ScanRecorder(database, pino({ level: 'silent' }))
    const scan = { linkSeq: row.seq, device: 'ios', language: 'de', referrerHost: null }
    recorder.record({ ...scan, at: now })
    recorder.record({ ...scan, at: now + 60 * minute, device: 'bot', referrerHost: 'example.com' })
    await recorder.close()
    // Counts may follow later, also at the next start.
    const next = new ScanRecorder(database, pino({ level: 'silent' }))
    await expect
      .poll(() => links.findQrLinkRow(database.db, row.id, id, nothingHidden), { timeout: 10_000 })
      .toMatchObject({ scan_count: 2, last_scanned_at: timestamp(now + 60 * minute), version: 1 })
    await next.close()
    const span = { from: now - minute, to: now + 61 * minute, interval: 'hour' as const, timezone: 'UTC' }
    const analytics = await analyseScans(database.readers, row.seq, span)
    expect(analytics).toMatchObject({ scans: 2, referrers: [{ name: 'example.com', scans: 1 }] })
    expect(analytics.languages).toEqual([{ name: 'de', scans: 2 }])
    expect(analytics.series.map(({ scans }) => scans)).toEqual([1, 1])
    expect(new Set(analytics.devices.map(({ name }) => name))).toEqual(new Set(['bot', 'ios']))
  })

  it('settings are kept as they were last said', async () => {
    expect(await loadSettings(database.db)).toEqual({})
    await saveSetting(database.db, 'port', 4711)
    await saveSetting(database.db, 'port', 0)
    await saveSetting(database.db, 'throttles', { 'token-api': 7 })
    expect(await loadSettings(database.db)).toEqual({ port: 0, throttles: { 'token-api': 7 } })
  })
})
