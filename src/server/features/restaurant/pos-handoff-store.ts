import { createHash } from 'node:crypto'
import type { OrderLine } from '#contract/order-intents.ts'
import type { OrderStatus } from '#contract/order-states.ts'
import type { PosHandoff, PosProfile } from '#contract/pos-handoff.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { itemsById } from './menu-items-store.ts'
import { linesOf } from './orders-store.ts'
import type { HandedLine, HandedOrder } from './pos-profiles/till.ts'
import { itemsWithoutRef, tills } from './pos-profiles/tills.ts'
import type { MenuItemRow, OrderIntentRow } from './table.ts'

export interface HandoffFilter {
  businessIds: readonly string[]
  /** Orders that changed after this one. */
  after: number | undefined
  status: OrderStatus | undefined
  profile: PosProfile
  /** Leaves out what the profile has acknowledged in the revision that stands. */
  pending: boolean
}

/** An opaque place in the order of changes. */
function cursorOf(changeSeq: number): string {
  return Buffer.from(`1.${changeSeq}`).toString('base64url')
}

/** Undefined for a text that is no cursor of ours. */
export function readCursor(text: string): number | undefined {
  const digits = /^1\.(\d{1,15})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Orders for a till; those that changed last come last. */
export function handoffsOf(db: Db, { businessIds, after, status, profile, pending }: HandoffFilter) {
  return db
    .selectFrom('order_intents')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .$if(after !== undefined, (query) => query.where('change_seq', '>', after!))
    .$if(status !== undefined, (query) => query.where('status', '=', status!))
    .$if(pending, (query) =>
      query.where((e) =>
        e.not(
          e.exists(
            e
              .selectFrom('pos_acknowledgements as ack')
              .select('ack.revision')
              .whereRef('ack.order_intent_id', '=', 'order_intents.id')
              .whereRef('ack.revision', '=', 'order_intents.revision')
              .where('ack.profile', '=', profile),
          ),
        ),
      ),
    )
}

/** Orders as a till takes them. The ids of items are the menu's of now, so that one entered late counts at once. */
export async function presentHandoffs(
  db: Db,
  rows: readonly OrderIntentRow[],
  profile: PosProfile,
): Promise<PosHandoff[]> {
  if (rows.length === 0) return []
  const itemIds = rows.flatMap((row) => linesOf(row).map(({ menu_item_id }) => menu_item_id))
  const items = await itemsById(
    db,
    itemIds.filter((id) => id !== null),
  )
  const stations = await stationNames(db, new Set(rows.map(({ business_id }) => business_id)))
  const acknowledged = await acknowledgementsOf(db, rows, profile)
  return rows.map((row) => {
    const order = handedOrder(row, items, stations, profile)
    const missing = itemsWithoutRef(order, profile)
    const { number: _, ...neutral } = order
    const isWritable = profile !== 'neutral' && !(tills[profile].demandsIds && missing.length > 0)
    return {
      ...neutral,
      mapping: { complete: missing.length === 0, missing },
      payload: isWritable ? tills[profile].write(order) : null,
      acknowledged_at: acknowledged.get(row.id) ?? null,
      cursor: cursorOf(row.change_seq),
    }
  })
}

function handedOrder(
  row: OrderIntentRow,
  items: ReadonlyMap<string, MenuItemRow>,
  stations: ReadonlyMap<string, string>,
  profile: PosProfile,
): HandedOrder {
  return {
    id: row.id,
    number: row.number,
    ref: refOf(row),
    idempotency_id: idempotencyId(row),
    revision: row.revision,
    status: row.status,
    service_type: row.service_type,
    table: row.table_name,
    guest_count: row.guest_count,
    customer: { name: row.customer_name, phone: row.customer_phone },
    notes: row.notes,
    placed_at: row.placed_at,
    accepted_at: row.accepted_at,
    expected_at: row.expected_at,
    currency: row.currency,
    lines: linesOf(row).map((line) => handedLine(line, items, stations, profile)),
    total_minor: row.total,
    payment: { status: 'unpaid' },
  }
}

function handedLine(
  line: OrderLine,
  items: ReadonlyMap<string, MenuItemRow>,
  stations: ReadonlyMap<string, string>,
  profile: PosProfile,
): HandedLine {
  const item = line.menu_item_id === null ? undefined : items.get(line.menu_item_id)
  const refs = JSON.parse(item?.pos_refs ?? '{}') as Record<string, string>
  const groups = JSON.parse(item?.modifier_groups ?? '[]') as { id: string; name: string }[]
  return {
    uid: line.id,
    pos_refs: refs,
    name: line.name,
    quantity: `${line.quantity}.000`,
    unit_price_minor: line.unit_price,
    station: line.station_id === null ? null : (stations.get(line.station_id) ?? null),
    note: line.note,
    modifiers: line.modifiers.map(({ group_id, option_id, name, quantity, price }) => ({
      group: groups.find(({ id }) => id === group_id)?.name ?? group_id,
      name,
      // `square:oat` beside `square` among the item's ids names an option there.
      ref: refs[`${profile}:${option_id}`] ?? null,
      quantity,
      unit_price_minor: price,
    })),
    total_minor: line.total,
  }
}

/** Readable, ASCII, 26 to 40 characters, and the same for every revision: day, number, and the end of the id. */
function refOf({ business_day, number, id }: OrderIntentRow): string {
  return `${business_day.replaceAll('-', '')}-${String(number).padStart(4, '0')}-${id.slice(-12)}`
}

/** 32 hexadecimal digits in the form of a UUIDv4 (Simphony asks for one), the same whenever a revision is asked for. */
function idempotencyId({ id, revision }: OrderIntentRow): string {
  const hash = createHash('sha256').update(`${id}:${revision}`).digest()
  hash[6] = (hash[6]! & 0x0f) | 0x40
  hash[8] = (hash[8]! & 0x3f) | 0x80
  return hash.toString('hex', 0, 16)
}

async function stationNames(db: Db, businessIds: ReadonlySet<string>): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('stations')
    .select(['id', 'name'])
    .where('business_id', 'in', [...businessIds])
    .execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

async function acknowledgementsOf(
  db: Db,
  rows: readonly OrderIntentRow[],
  profile: PosProfile,
): Promise<Map<string, string>> {
  const found = await db
    .selectFrom('pos_acknowledgements')
    .selectAll()
    .where('profile', '=', profile)
    .where(
      'order_intent_id',
      'in',
      rows.map(({ id }) => id),
    )
    .execute()
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]))
  const current = found.filter((ack) => revisions.get(ack.order_intent_id) === ack.revision)
  return new Map(current.map((ack) => [ack.order_intent_id, ack.acknowledged_at]))
}

/** Says that a till has an order in a revision. Said again, only the order's name there can change. */
export async function acknowledgeOrder(
  db: Db,
  { id, revision }: { id: string; revision: number },
  { profile, externalRef, now }: { profile: PosProfile; externalRef: string | null | undefined; now: number },
): Promise<void> {
  const external_ref = externalRef ?? null
  await db
    .insertInto('pos_acknowledgements')
    .values({ order_intent_id: id, profile, revision, external_ref, acknowledged_at: timestamp(now) })
    .onConflict((c) => {
      const same = c.columns(['order_intent_id', 'profile', 'revision'])
      return externalRef === undefined ? same.doNothing() : same.doUpdateSet({ external_ref })
    })
    .execute()
}
