import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { OpenStatuses, type OrderStatus } from '#contract/order-states.ts'
import { sql } from 'kysely'
import type { Db, Tables } from '../../db/schema.ts'
import { dayAway } from './business-day.ts'
import { foldText, likePattern } from './fold-text.ts'
import { defaultStation, liveStations } from './stations-store.ts'
import type { OrderIntentRow } from './table.ts'

export interface OrderFilter {
  businessIds: readonly string[]
  status: OrderStatus | 'open' | undefined
  stationId: string | undefined
  businessDay: string | undefined
  search: string | undefined
  /** The calendar day now, in UTC. */
  today: string
}

/** A search without a day or a state looks back this far: texts have no index. */
const searchedDays = 30

type Where = (e: ExpressionBuilder<Tables, 'order_intents'>) => Expression<SqlBool>

/** How many orders a filter has, and the rows of a window: open ones oldest first, others newest first. */
export async function listOrders(
  db: Db,
  filter: OrderFilter,
  { limit, offset }: { limit: number; offset: number },
): Promise<{ total: number; rows: OrderIntentRow[] }> {
  const where = await conditionsOf(db, filter)
  const matching = db.selectFrom('order_intents').where((e) => e.and(where.map((condition) => condition(e))))
  const { count } = await matching
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const total = Number(count)
  if (offset >= total) return { total, rows: [] }
  const sorted =
    filter.status === 'open'
      ? matching.orderBy('placed_at').orderBy('id')
      : filter.status === undefined
        ? matching.orderBy('business_day', 'desc').orderBy('number', 'desc')
        : matching.orderBy('id', 'desc')
  return { total, rows: await sorted.selectAll().limit(limit).offset(offset).execute() }
}

async function conditionsOf(db: Db, filter: OrderFilter): Promise<Where[]> {
  const { businessIds, status, stationId, businessDay, search, today } = filter
  const ids = businessIds.length > 0 ? businessIds : ['']
  const where: Where[] = [
    (e) => (ids.length === 1 ? e('business_id', '=', ids[0]!) : e('business_id', 'in', ids)),
  ]
  if (status === 'open') where.push((e) => e('status', 'in', OpenStatuses))
  else if (status !== undefined) where.push((e) => e('status', '=', status))
  if (businessDay !== undefined) where.push((e) => e('business_day', '=', businessDay))
  const isWide = businessDay === undefined && status !== 'open'
  if (isWide && (search !== undefined || stationId !== undefined)) {
    const since = dayAway(today, -searchedDays)
    where.push((e) => e.or([e('business_day', '>=', since), e('status', 'in', OpenStatuses)]))
  }
  if (search !== undefined) where.push(matchesSearch(search))
  if (stationId !== undefined) where.push(await hasItemsFor(db, stationId))
  return where
}

/** `42` and `#42` find that number; every other text is looked for in number, table, customer and items. */
function matchesSearch(search: string): Where {
  const pattern = likePattern(foldText(search))
  const number = Number(/^#?(\d{1,9})$/.exec(search)?.[1] ?? Number.NaN)
  const inText = sql<SqlBool>`search_text like ${pattern} escape '\\'`
  if (Number.isNaN(number)) return () => inText
  return search.startsWith('#')
    ? (e) => e('number', '=', number)
    : (e) => e.or([e('number', '=', number), inText])
}

/** Orders with something to do for a station; the default one also has what names no station that is there. */
async function hasItemsFor(db: Db, stationId: string): Promise<Where> {
  const station = await db.selectFrom('stations').selectAll().where('id', '=', stationId).executeTakeFirst()
  if (!station) return (e) => e('id', 'is', null)
  if (station.prints_whole_order === 1) return (e) => e('id', 'is not', null)
  const isDefault = defaultStation(await liveStations(db, station.business_id))?.id === stationId
  const gone = isDefault ? await removedStations(db, station.business_id) : []
  const wanted = [stationId, ...(isDefault ? [null] : []), ...gone]
  // Texts inside the JSON have their quotes escaped, so only the field itself can look like this.
  const patterns = wanted.map((id) => likePattern(`"station_id":${JSON.stringify(id)}`))
  return (e) => e.or(patterns.map((pattern) => sql<SqlBool>`lines like ${pattern} escape '\\'`))
}

async function removedStations(db: Db, businessId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('stations')
    .select('id')
    .where('business_id', '=', businessId)
    .where('deleted_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
  return rows.map(({ id }) => id)
}
