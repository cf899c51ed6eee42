import type { BundleRequest, SheetLayout } from '#contract/export-bundles.ts'
import type { QrLink } from '#contract/qr-links.ts'
import { ValidationFailed } from '#contract/errors.ts'
import type { Context } from './context.ts'
import type { BundleParts } from './features/exports/bundles.ts'
import type { BundleItem } from './features/exports/bundle-item.ts'
import type { BundleSource, StoredRequest } from './features/exports/bundle-source.ts'
import type { Vault } from './features/credentials/vault.ts'
import { findLook, looksByCampaign } from './features/qr-codes/presets-store.ts'
import { linksIn, type LinkSelection } from './features/qr-links/filter.ts'
import { presentQrLink } from './features/qr-links/present.ts'
import type { QrLinkRow } from './features/qr-links/table.ts'
import { cardKeys } from './wire-signing.ts'
import { cardSource } from './wire-wallet-bundles.ts'

/** What bundles are made of, from the features that hold it. */
export function bundleParts(context: Context, vault: Vault): BundleParts {
  const links = linkSource(context)
  const keysFor = cardKeys(context, vault)
  const cards = cardSource(context, keysFor)
  return {
    findLook: (presetId, businessId) => findLook(context.database.readers, presetId, businessId),
    sourceOf: ({ kind, of }) => (kind === 'wallet_cards' || of === 'cards' ? cards : links),
    keysFor,
    worker: context.config.workers.bundle,
  }
}

/** Links in the order of their making, or in that of the ids that were given. */
function linkSource(context: Context): BundleSource {
  return {
    measure: async (request, businessId) => {
      if (request.ids) return { total: (await idsThere(context, request.ids, businessId)).length }
      const { total, last } = await context.database.readers
        .selectFrom('qr_links')
        .select((e) => [e.fn.countAll<number>().as('total'), e.fn.max('seq').as('last')])
        .where(linksIn(selectionOf(context, request, businessId), context.hidden))
        .executeTakeFirstOrThrow()
      return { total: Number(total), until: String(last ?? 0) }
    },
    after: async (request, businessId, key, limit) => {
      if (request.ids) {
        const from = key === null ? 0 : Number(key) + 1
        const items = await itemsOfIds(context, request, businessId, from, from + limit)
        return { items, isLast: from + limit >= new Set(request.ids).size }
      }
      const rows = await rowsAfter(context, request, businessId, Number(key ?? 0), limit)
      const items = await itemsOf(context, request, businessId, rows, (row) => String(row.seq))
      return { items, isLast: rows.length < limit }
    },
    slice: async (request, businessId, from, to) => {
      if (request.ids) return itemsOfIds(context, request, businessId, from, to)
      const rows = await context.database.readers
        .selectFrom('qr_links')
        .selectAll()
        .where(linksIn(selectionOf(context, request, businessId), context.hidden))
        .orderBy('seq')
        .limit(to - from)
        .offset(from)
        .execute()
      return itemsOf(context, request, businessId, rows, (row) => String(row.seq))
    },
  }
}

function rowsAfter(
  context: Context,
  request: StoredRequest,
  businessId: string,
  after: number,
  limit: number,
): Promise<QrLinkRow[]> {
  return context.database.readers
    .selectFrom('qr_links')
    .selectAll()
    .where(linksIn(selectionOf(context, request, businessId), context.hidden))
    .where('seq', '>', after)
    .where('seq', '<=', Number(request.until ?? Number.MAX_SAFE_INTEGER))
    .orderBy('seq')
    .limit(limit)
    .execute()
}

const statuses = ['active', 'paused', 'scheduled', 'expired']

/** Throws 422 for a status that there is none of: all links would be exported instead of none. */
function selectionOf(context: Context, { filter = {} }: BundleRequest, businessId: string): LinkSelection {
  if (filter.status !== undefined && !statuses.includes(filter.status)) {
    throw new ValidationFailed({ 'filter.status': [`Choose one of ${statuses.join(', ')}.`] })
  }
  return { businessId, filter: filter as LinkSelection['filter'], now: context.clock() }
}

/** Fewer than a statement takes values, on either database. */
const idsAtOnce = 500

/** The ids of the list that are links of the business. */
async function idsThere(context: Context, ids: readonly string[], businessId: string): Promise<string[]> {
  const unique = [...new Set(ids)]
  const found: string[] = []
  for (let from = 0; from < unique.length; from += idsAtOnce) {
    const rows = await rowsOfIds(context, unique.slice(from, from + idsAtOnce), businessId)
    found.push(...rows.map(({ id }) => id))
  }
  return found
}

async function itemsOfIds(
  context: Context,
  request: StoredRequest,
  businessId: string,
  from: number,
  to: number,
): Promise<BundleItem[]> {
  const ids = [...new Set(request.ids)].slice(from, to)
  const place = new Map(ids.map((id, index) => [id, from + index]))
  const rows = await rowsOfIds(context, ids, businessId)
  rows.sort((a, b) => place.get(a.id)! - place.get(b.id)!)
  return itemsOf(context, request, businessId, rows, (row) => String(place.get(row.id)))
}

function rowsOfIds(context: Context, ids: readonly string[], businessId: string): Promise<QrLinkRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return context.database.readers
    .selectFrom('qr_links')
    .selectAll()
    .where(linksIn({ businessId, filter: {}, now: context.clock() }, context.hidden))
    .where('id', 'in', ids)
    .execute()
}

async function itemsOf(
  context: Context,
  { style, layout, logo }: StoredRequest,
  businessId: string,
  rows: readonly QrLinkRow[],
  keyOf: (row: QrLinkRow) => string,
): Promise<BundleItem[]> {
  const { short_domain } = await context.database.readers
    .selectFrom('businesses')
    .select('short_domain')
    .where('id', '=', businessId)
    .executeTakeFirstOrThrow()
  const looks = await looksByCampaign(context.database.readers, businessId)
  return rows.map((row) => {
    const link = presentQrLink(row, short_domain)
    const look = link.campaign === null ? undefined : looks.get(link.campaign)
    return {
      key: keyOf(row),
      name: link.slug,
      text: link.short_url,
      caption: captionOf(link, layout?.caption),
      // What is asked for over the link's own, and that over its campaign's.
      style: { ...look?.style, ...link.style, ...style },
      logo: logo ?? look?.logo ?? null,
      facts: {
        slug: link.slug,
        title: link.title ?? '',
        campaign: link.campaign ?? '',
        destination_url: link.destination_url,
      },
      row: null,
    }
  })
}

function captionOf(link: QrLink, caption: SheetLayout['caption'] = 'title'): string | null {
  const withoutScheme = (url: string) => url.replace(/^https:\/\//, '')
  const captions = {
    none: null,
    title: link.title ?? link.slug,
    slug: link.slug,
    short_url: withoutScheme(link.short_url),
    destination: withoutScheme(link.destination_url),
  }
  return captions[caption]
}
