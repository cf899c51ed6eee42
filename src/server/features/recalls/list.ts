import { sql, type SqlBool } from 'kysely'
import type { RecallStatus } from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'
import type { RecallRow } from './table.ts'

interface Filter {
  status?: RecallStatus | null | undefined
  search?: string | null | undefined
}

/** Recalls of businesses, the newest first; a search is looked up in title, number, issuer and reason. */
export async function listRows(db: Db, businessIds: readonly string[], { status, search }: Filter) {
  const ids = businessIds.length > 0 ? [...businessIds] : ['']
  const wanted = search
    ?.trim()
    .toLowerCase()
    .replaceAll(/[\\%_]/g, String.raw`\$&`)
  const visible = db
    .selectFrom('recalls')
    .where('business_id', 'in', ids)
    .$if(Boolean(status), (q) => q.where('status', '=', status!))
    .$if(Boolean(wanted), (q) => q.where(sql<SqlBool>`search_text like ${`%${wanted}%`} escape '\\'`))
  const { count } = await visible.select((e) => e.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return {
    total: Number(count),
    page: ({ limit, offset }: { limit: number; offset: number }): Promise<RecallRow[]> =>
      visible.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute(),
  }
}
