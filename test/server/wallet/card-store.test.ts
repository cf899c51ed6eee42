import { describe, expect, it, onTestFinished } from 'vitest'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { ensureOwner } from '#server/features/businesses/store.ts'
import { makeBulkCards } from '#server/features/wallet/bulk-cards.ts'
import { cardsOf, insertCard, presentCard, removeCard, updateCard } from '#server/features/wallet/store.ts'
import { EventHub } from '#server/http/event-hub.ts'
import { databases } from '#test/support/databases.ts'

const now = Date.UTC(2026, 10, 23, 12)
const bulk = makeBulkCards({ events: new EventHub() })

const fields = {
  subtitle: null,
  contact: { organization: 'Bäckerei', emails: [{ label: 'work' as const, value: 'post@example.com' }] },
  event: null,
  look: { background: '#102030' },
  code_text: null,
  qr_link_id: null,
  locale: 'de',
  translations: { fr: { title: 'Boulangerie' } },
}

const fileCard = (title: string, organization = 'Old') => ({
  kind: 'contact' as const,
  title,
  subtitle: null,
  contact: { organization },
  event: null,
  look: {},
  code_text: null,
  locale: 'en',
})

describe.each(databases)('wallet cards in %s', (_, openDatabase) => {
  async function open() {
    const database = await openDatabase()
    onTestFinished(() => database.close())
    const { businessId } = await ensureOwner(database.db, now)
    const list = async (filter: Parameters<typeof cardsOf>[2] = {}): Promise<WalletPass[]> =>
      (await cardsOf(database.db, [businessId], filter).selectAll().orderBy('id').execute()).map(presentCard)
    return { db: database.db, businessId, list }
  }

  it('come back as they were put in, and are found by any word of theirs, accents or not', async () => {
    const { db, businessId, list } = await open()
    const at = { businessId, kind: 'contact' as const, now }
    const row = await insertCard(db, at, { ...fields, title: 'Łukasz % Żak' })
    expect(await list()).toMatchObject([{ ...fields, kind: 'contact' }])
    for (const search of ['backerei', 'zak', 'post@example', '%'])
      expect(await list({ search })).toHaveLength(1)
    for (const search of ['100%', 'z_k', 'nobody']) expect(await list({ search })).toEqual([])
    const changed = await updateCard(db, row, { ...fields, title: 'Other' }, now + 1)
    expect(changed.version).toBe(2)
    expect(await list({ search: 'other' })).toHaveLength(1)
    await removeCard(db, changed, now + 2)
    expect(await list()).toEqual([])
  })

  it('of an import are hidden until it shows, and gone without a trace when it does not', async () => {
    const { db, businessId, list } = await open()
    const at = { importId: 'i1', businessId, now, first: 0 }
    await bulk.insertHidden(db, [fileCard('Ann'), fileCard('Bo')], at)
    expect(await list()).toEqual([])
    await bulk.removeHidden(db, 'i1')
    expect(await db.selectFrom('wallet_passes').selectAll().execute()).toEqual([])
    await bulk.insertHidden(db, [fileCard('Ann'), fileCard('Bo')], at)
    await bulk.reveal(db, 'i1')
    expect((await list({ import_id: 'i1' })).map(({ title }) => title)).toEqual(['Ann', 'Bo'])
  })

  it('that an import changed are put back, those that somebody changed since are kept', async () => {
    const { db, businessId, list } = await open()
    const at = { businessId, kind: 'contact' as const, now }
    const first = await insertCard(db, at, { ...fields, title: 'Ann' })
    const second = await insertCard(db, { ...at, now: now + 1 }, { ...fields, title: 'Bo' })
    const merge: Parameters<typeof bulk.change>[3] = (card) => ({ ...card, subtitle: 'New' })
    const changed = (await bulk.change(db, first.id, now + 2, merge))!
    const other = (await bulk.change(db, second.id, now + 2, merge))!
    expect(await bulk.change(db, 'gone', now, merge)).toBeUndefined()
    const [, held] = await cardsOf(db, [businessId], {}).selectAll().orderBy('id').execute()
    await updateCard(db, held!, { ...fields, title: 'Bo the second' }, now + 3)
    expect(await bulk.putBack(db, { id: first.id, ...changed, now: now + 4 })).toBe(true)
    expect(await bulk.putBack(db, { id: second.id, ...other, now: now + 4 })).toBe(false)
    expect(await list()).toMatchObject([
      { title: 'Ann', subtitle: null, translations: fields.translations },
      { title: 'Bo the second' },
    ])
  })

  it('are taken back step by step, but for those that were changed', async () => {
    const { db, businessId, list } = await open()
    const cards = Array.from({ length: 5 }, (_one, k) => fileCard(`Card ${k}`))
    await bulk.insertHidden(db, cards, { importId: 'i1', businessId, now, first: 0 })
    await bulk.reveal(db, 'i1')
    const [kept] = await cardsOf(db, [businessId], { search: 'card 2' }).selectAll().execute()
    await updateCard(db, kept!, { ...fields, title: 'Card 2' }, now + 1)
    const total = { removed: 0, kept: 0 }
    for (let after: string | undefined = ''; after !== undefined;) {
      const part: Parameters<typeof bulk.remove>[1] = { importId: 'i1', after, limit: 2, now: now + 2 }
      const step = await bulk.remove(db, part)
      total.removed += step.removed
      total.kept += step.kept
      after = step.next
    }
    expect(total).toEqual({ removed: 4, kept: 1 })
    expect((await list()).map(({ title }) => title)).toEqual(['Card 2'])
  })
})
