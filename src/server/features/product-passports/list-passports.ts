import { sql, type Expression, type SqlBool } from 'kysely'
import type { QueryOf } from '#contract/endpoint.ts'
import type { listProductPassports } from '#contract/product-passports.ts'
import type { Db } from '../../db/schema.ts'
import { withLiveRecalls } from './live-recalls.ts'
import type { ProductPassportRow } from './table.ts'

type Filter = Pick<QueryOf<typeof listProductPassports>, 'status' | 'gtin' | 'search'>

/** How many passports a filter has, and the rows of a window, the newest first. */
export async function listPassports(
  db: Db,
  businessId: string | undefined,
  { status, gtin, search }: Filter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: ProductPassportRow[] }> {
  let matching = db.selectFrom('product_passports')
  if (businessId !== undefined) matching = matching.where('business_id', '=', businessId)
  if (status) matching = matching.where('status', '=', status)
  if (gtin) matching = matching.where('gtin', '=', gtin.padStart(14, '0'))
  if (search) {
    const wanted = search.toLowerCase()
    const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`
    const columns = ['name', 'gtin', 'lot', 'serial'] as const
    matching = matching.where((e) =>
      e.or(
        columns.map(
          (column) => sql<SqlBool>`${lowered(sql.ref(column), wanted)} like ${pattern} escape '\\'`,
        ),
      ),
    )
  }
  const { count } = await matching
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const total = Number(count)
  if (offset >= total) return { total, rows: [] }
  const rows = await matching.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute()
  return { total, rows: await withLiveRecalls(db, rows) }
}

/** SQLite lowers ASCII alone; the other letters of what is looked for are lowered one by one. */
function lowered(column: Expression<unknown>, wanted: string): Expression<unknown> {
  let text: Expression<unknown> = sql`lower(${column})`
  for (const letter of new Set(wanted.match(/[^\u0000-\u007f]/gu))) {
    const capital = letter.toUpperCase()
    if (capital !== letter) text = sql`replace(${text}, ${capital}, ${letter})`
  }
  return text
}
