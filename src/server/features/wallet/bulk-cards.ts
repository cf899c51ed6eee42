import type { WalletPass } from '#contract/wallet-passes.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import { newIds } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { columnsOf, presentCard } from './store.ts'
import type { WalletPassRow } from './table.ts'

/** What a file can say of a card. */
type FileCard = Pick<
  WalletPass,
  'kind' | 'title' | 'subtitle' | 'contact' | 'event' | 'look' | 'code_text' | 'locale'
>

type Before = Pick<
  WalletPassRow,
  'kind' | 'title' | 'subtitle' | 'contact' | 'event' | 'look' | 'code_text' | 'locale' | 'search_text'
>

/** Cards that an import has not revealed are marked as deleted: nobody sees those. */
function rowOf(
  card: FileCard,
  id: string,
  { importId, businessId, now }: { importId: string; businessId: string; now: number },
): WalletPassRow {
  const at = timestamp(now)
  return {
    id,
    business_id: businessId,
    version: 1,
    kind: card.kind,
    ...columnsOf({ ...card, qr_link_id: null, translations: {} }),
    import_id: importId,
    created_at: at,
    updated_at: at,
    deleted_at: at,
  }
}

/** Writes, changes and takes back many cards at a time, for imports. */
export function makeBulkCards({ events }: Pick<Context, 'events'>) {
  return {
    async insertHidden(
      db: Db,
      cards: readonly FileCard[],
      at: { importId: string; businessId: string; now: number; first: number },
    ): Promise<void> {
      if (cards.length === 0) return
      const ids = newIds(cards.length, at.now, at.first & 0xfffff)
      const rows = cards.map((card, index) => rowOf(card, ids[index]!, at))
      await db.insertInto('wallet_passes').values(rows).execute()
    },
    async reveal(db: Db, importId: string): Promise<void> {
      const change = { deleted_at: null }
      await db.updateTable('wallet_passes').set(change).where('import_id', '=', importId).execute()
    },
    async removeHidden(db: Db, importId: string): Promise<void> {
      await db
        .deleteFrom('wallet_passes')
        .where('import_id', '=', importId)
        .where('deleted_at', 'is not', null)
        .execute()
    },
    change: changeCard,
    putBack,
    remove: removeUnchanged,
    announce: (business_id: string): void => events.emit({ type: 'wallet_passes.changed', business_id }),
  }
}

async function changeCard(
  db: Db,
  id: string,
  now: number,
  merge: (card: FileCard) => FileCard,
): Promise<{ before: string; version: number } | undefined> {
  const row = await db
    .selectFrom('wallet_passes')
    .selectAll()
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const card = presentCard(row)
  const change = columnsOf({ ...card, ...merge(card) })
  const version = row.version + 1
  await db
    .updateTable('wallet_passes')
    .set({ ...change, version, updated_at: timestamp(now) })
    .where('id', '=', id)
    .execute()
  const { kind, title, subtitle, contact, event, look, code_text, locale, search_text } = row
  const before: Before = { kind, title, subtitle, contact, event, look, code_text, locale, search_text }
  return { before: JSON.stringify(before), version }
}

async function putBack(
  db: Db,
  { id, before, version, now }: { id: string; before: string; version: number; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('wallet_passes')
    .set({ ...(JSON.parse(before) as Before), version: version + 1, updated_at: timestamp(now) })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

async function removeUnchanged(
  db: Db,
  { importId, after, limit, now }: { importId: string; after: string; limit: number; now: number },
): Promise<{ removed: number; kept: number; next: string | undefined }> {
  const rows = await db
    .selectFrom('wallet_passes')
    .select(['id', 'version'])
    .where('import_id', '=', importId)
    .where('deleted_at', 'is', null)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const gone = rows.filter(({ version }) => version === 1).map(({ id }) => id)
  if (gone.length > 0) {
    const change = { deleted_at: timestamp(now), version: 2, updated_at: timestamp(now) }
    await db.updateTable('wallet_passes').set(change).where('id', 'in', gone).execute()
  }
  const next = rows.length < limit ? undefined : rows.at(-1)?.id
  return { removed: gone.length, kept: rows.length - gone.length, next }
}
