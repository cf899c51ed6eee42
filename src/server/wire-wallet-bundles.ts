import type { WalletPass } from '#contract/wallet-passes.ts'
import type { Context } from './context.ts'
import type { BundleItem } from './features/exports/bundle-item.ts'
import type { BundleSource, KeysFor, StoredRequest } from './features/exports/bundle-source.ts'
import { codeTextOf } from './features/wallet/code-text.ts'
import type { CardItem } from './features/wallet/card-files.ts'
import { cardsOf, presentCard } from './features/wallet/store.ts'
import { walletParts } from './wire-wallet.ts'

/** Wallet cards for bundles, in the order of their making, which is that of their ids. */
export function cardSource(context: Context, keysFor: KeysFor): BundleSource {
  return {
    measure: async (request, businessId) => {
      // Asked before anything is made: what is missing for Apple and Google is told at once.
      await keysFor(request, businessId)
      const { total, last } = await selection(context, request, businessId)
        .select((e) => [e.fn.countAll<number>().as('total'), e.fn.max('id').as('last')])
        .executeTakeFirstOrThrow()
      return { total: Number(total), until: last ?? '' }
    },
    after: async (request, businessId, key, limit) => {
      let query = selection(context, request, businessId).where('id', '>', key ?? '')
      if (request.until !== undefined) query = query.where('id', '<=', request.until)
      const rows = await query.selectAll().orderBy('id').limit(limit).execute()
      return { items: await itemsOf(context, request, rows.map(presentCard)), isLast: rows.length < limit }
    },
    slice: async (request, businessId, from, to) => {
      const query = selection(context, request, businessId).selectAll().orderBy('id')
      const rows = await query
        .limit(to - from)
        .offset(from)
        .execute()
      return itemsOf(context, request, rows.map(presentCard))
    },
  }
}

function selection(context: Context, { ids, filter = {} }: StoredRequest, businessId: string) {
  const query = cardsOf(context.database.readers, [businessId], filter)
  // No more than a request may name (10,000), which a statement of either database still takes.
  return ids ? query.where('id', 'in', ids) : query
}

async function itemsOf(
  context: Context,
  { style, logo, layout }: StoredRequest,
  cards: readonly WalletPass[],
): Promise<BundleItem[]> {
  const parts = walletParts()
  const db = context.database.readers
  const items: BundleItem[] = []
  for (const card of cards) {
    const link =
      card.qr_link_id === null ? undefined : await parts.findLink(db, card.qr_link_id, card.business_id)
    const row: CardItem = { card, link }
    items.push({
      key: card.id,
      name: card.title,
      text: codeTextOf(card, link),
      caption: layout?.caption === 'none' ? null : card.title,
      style: { ...style },
      logo: logo ?? null,
      facts: { title: card.title, kind: card.kind },
      row,
    })
  }
  return items
}
