import { sql } from 'kysely'
import type { HiddenRanges } from '../../db/hidden-ranges.ts'
import type { Database } from '../../db/open.ts'

const listed = 100

export interface Facet {
  name: string
  count: number
}

/** Tags and campaigns in use, the most used first; at most a hundred of each. Hidden rows are not in use yet. */
export async function linkFacets(
  { readers }: Database,
  hidden: HiddenRanges,
  businessId: string | undefined,
): Promise<{ tags: Facet[]; campaigns: Facet[] }> {
  const campaigns = await readers
    .selectFrom('qr_links')
    .select(['campaign as name', (e) => e.fn.countAll<number>().as('count')])
    .where('deleted_at', 'is', null)
    .where('campaign', 'is not', null)
    .where((e) => hidden.visible(e))
    .$if(businessId !== undefined, (q) => q.where('business_id', '=', String(businessId)))
    .groupBy('campaign')
    .orderBy(sql`count(*)`, 'desc')
    .limit(listed)
    .execute()
  const tags = await readers
    .selectFrom('qr_link_tags')
    .select(['tag as name', (e) => e.fn.countAll<number>().as('count')])
    .where((e) =>
      e.and(hidden.list().map(({ first, last }) => e.not(e.between('qr_link_tags.link_seq', first, last)))),
    )
    .$if(businessId !== undefined, (q) =>
      q
        .innerJoin('qr_links', 'qr_links.seq', 'qr_link_tags.link_seq')
        .where('qr_links.business_id', '=', String(businessId)),
    )
    .groupBy('tag')
    .orderBy(sql`count(*)`, 'desc')
    .limit(listed)
    .execute()
  return { tags: tags.map(numbered), campaigns: campaigns.map(numbered) }
}

function numbered({ name, count }: { name: string | null; count: number }): Facet {
  return { name: name ?? '', count: Number(count) }
}
