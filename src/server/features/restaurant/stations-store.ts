import { ValidationFailed } from '#contract/errors.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import type { changeStation, createStation, Station } from '#contract/stations.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { given } from './given.ts'
import type { StationRow } from './table.ts'

type NewStation = Omit<BodyOf<typeof createStation>, 'business_id'>
type StationChange = BodyOf<typeof changeStation>

export function presentStation(row: StationRow): Station {
  return {
    ...row,
    printer_ids: JSON.parse(row.printer_ids) as string[],
    is_default: row.is_default === 1,
    prints_whole_order: row.prints_whole_order === 1,
  }
}

/** The live stations of businesses, in their order. */
export function stationsOf(db: Db, businessIds: readonly string[]) {
  return db
    .selectFrom('stations')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .where('deleted_at', 'is', null)
}

export async function liveStations(db: Db, businessId: string): Promise<StationRow[]> {
  return stationsOf(db, [businessId]).selectAll().orderBy('sort').orderBy('id').execute()
}

/** Where items go that name no station: the default one, else the first. Undefined where there is none at all. */
export function defaultStation(stations: readonly StationRow[]): StationRow | undefined {
  return stations.find(({ is_default }) => is_default === 1) ?? stations[0]
}

/** The first station of a business is its default one, whatever was sent. */
export async function insertStation(
  db: Db,
  businessId: string,
  input: NewStation,
  now: number,
): Promise<StationRow> {
  const at = timestamp(now)
  const others = await liveStations(db, businessId)
  const row: StationRow = {
    id: newId(now),
    business_id: businessId,
    version: 1,
    name: input.name,
    prefix: freePrefix(input.name, others),
    printer_ids: '[]',
    copies: 1,
    prints_whole_order: 0,
    after_doubt: 'reprint',
    hold_after_minutes: 30,
    sort: 0,
    created_at: at,
    updated_at: at,
    deleted_at: null,
    ...columnsOf(input),
    is_default: input.is_default || others.length === 0 ? 1 : 0,
  }
  await refuseUnknownPrinters(db, input.printer_ids)
  await db.insertInto('stations').values(row).execute()
  if (row.is_default === 1) await keepOneDefault(db, row)
  return row
}

export async function updateStation(
  db: Db,
  row: StationRow,
  change: StationChange,
  now: number,
): Promise<StationRow> {
  const next: StationRow = {
    ...row,
    ...columnsOf(change),
    version: row.version + 1,
    updated_at: timestamp(now),
  }
  await refuseUnknownPrinters(db, change.printer_ids)
  await db.updateTable('stations').set(next).where('id', '=', row.id).execute()
  if (next.is_default === 1) await keepOneDefault(db, next)
  return next
}

/** Its items go to the default station; where it was that one, the first of the others takes its place. */
export async function removeStation(db: Db, row: StationRow, now: number): Promise<void> {
  const deleted_at = timestamp(now)
  const gone = { deleted_at, updated_at: deleted_at, version: row.version + 1, is_default: 0 }
  await db.updateTable('stations').set(gone).where('id', '=', row.id).execute()
  await db
    .updateTable('menu_items')
    .set((e) => ({ station_id: null, updated_at: deleted_at, version: e('version', '+', 1) }))
    .where('station_id', '=', row.id)
    .execute()
  const [heir] = row.is_default === 1 ? await liveStations(db, row.business_id) : []
  if (!heir) return
  await db
    .updateTable('stations')
    .set({ is_default: 1, version: heir.version + 1, updated_at: deleted_at })
    .where('id', '=', heir.id)
    .execute()
}

function columnsOf(input: StationChange): Partial<StationRow> {
  const { printer_ids, is_default, prints_whole_order, ...plain } = input
  return {
    ...given(plain),
    ...(printer_ids && { printer_ids: JSON.stringify(printer_ids) }),
    ...(is_default !== undefined && { is_default: is_default ? 1 : 0 }),
    ...(prints_whole_order !== undefined && { prints_whole_order: prints_whole_order ? 1 : 0 }),
  }
}

async function keepOneDefault(db: Db, row: StationRow): Promise<void> {
  await db
    .updateTable('stations')
    .set((e) => ({ is_default: 0, version: e('version', '+', 1), updated_at: row.updated_at }))
    .where('business_id', '=', row.business_id)
    .where('id', '!=', row.id)
    .where('is_default', '=', 1)
    .execute()
}

async function refuseUnknownPrinters(db: Db, ids: readonly string[] = []): Promise<void> {
  if (ids.length === 0) return
  const known = await db
    .selectFrom('printers')
    .select('id')
    .where('id', 'in', ids)
    .where('deleted_at', 'is', null)
    .execute()
  const wrong = ids.flatMap((id, at) => (known.some((one) => one.id === id) ? [] : [`printer_ids.${at}`]))
  if (wrong.length === 0) return
  throw new ValidationFailed(
    Object.fromEntries(wrong.map((path) => [path, ['This printer is not set up on this device.']])),
  )
}

/** The name's first letter, or the first free one after it: numbers on paper should tell their station. */
function freePrefix(name: string, others: readonly StationRow[]): string {
  const letters = name
    .normalize('NFKD')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  const taken = new Set(others.map(({ prefix }) => prefix))
  const wanted = [letters.slice(0, 1), letters.slice(0, 2), letters.slice(0, 3)].filter((text) => text !== '')
  const numbered = Array.from({ length: others.length + 1 }, (_, at) => `S${at + 1}`)
  return [...wanted, ...numbered].find((prefix) => !taken.has(prefix) && prefix.length <= 3) ?? 'S'
}
