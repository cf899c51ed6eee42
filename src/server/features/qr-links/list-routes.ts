import { Forbidden } from '#contract/errors.ts'
import { listQrLinks, type QrLinkFilter } from '#contract/qr-links.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf, windowOf } from '../../http/page.ts'
import type { LinkSelection } from './filter.ts'
import type { QrLinkLists } from './list.ts'
import { presentQrLink } from './present.ts'

export function servePages(mount: Mount, lists: QrLinkLists): void {
  mount(listQrLinks, {
    handle: async (call) => {
      const { sort = '-created_at', page: _page, per_page: _perPage, ...filter } = call.query
      const selection = selectionOf(filter, call.identity, call.context)
      const domains = await shortDomainsOf(call.db)
      // With one business there is nothing to choose, and its indexes serve the list.
      const only = domains.size === 1 ? [...domains.keys()][0] : undefined
      selection.businessId ??= only
      const { total, rows } = await lists.page(
        selection,
        sort as NonNullable<QrLinkFilter['sort']>,
        windowOf(call.query),
      )
      const qr_links = await pageOf(call, total, async () =>
        rows.map((row) => presentQrLink(row, domains.get(row.business_id) ?? null)),
      )
      return { qr_links }
    },
  })
}

/** What a filter means for this caller. Throws 403 when it names a business that the token may not touch. */
export function selectionOf(
  { sort: _sort, business_id, ...filter }: QrLinkFilter,
  identity: Identity,
  context: Context,
): LinkSelection {
  if (identity.businessId !== null && business_id !== undefined && business_id !== identity.businessId) {
    throw new Forbidden()
  }
  return { businessId: identity.businessId ?? business_id, filter, now: context.clock() }
}

/** Each business with the domain that its short links carry. */
export async function shortDomainsOf(db: Db): Promise<Map<string, string | null>> {
  const rows = await db.selectFrom('businesses').select(['id', 'short_domain']).execute()
  return new Map(rows.map(({ id, short_domain }) => [id, short_domain]))
}
