import { Conflict } from '#contract/errors.ts'
import type { OrderEvent, OrderIntent, OrderLine } from '#contract/order-intents.ts'
import type { OrderStatus } from '#contract/order-states.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import { foldText } from './fold-text.ts'
import type { OrderEventsTable, OrderIntentRow } from './table.ts'

export function linesOf(row: Pick<OrderIntentRow, 'lines'>): OrderLine[] {
  return JSON.parse(row.lines) as OrderLine[]
}

/** Orders with their histories, which are read at once for all of them. */
export async function presentOrders(db: Db, rows: readonly OrderIntentRow[]): Promise<OrderIntent[]> {
  const events =
    rows.length === 0
      ? []
      : await eventsOf(
          db,
          rows.map(({ id }) => id),
        )
  const histories = Map.groupBy(events, ({ order_intent_id }) => order_intent_id)
  return rows.map((row) => ({
    ...row,
    table: row.table_name,
    lines: linesOf(row),
    history: (histories.get(row.id) ?? []).map(presentEvent),
  }))
}

export async function presentOrder(db: Db, row: OrderIntentRow): Promise<OrderIntent> {
  const [order] = await presentOrders(db, [row])
  return order!
}

/** The events of orders, each order's in the sequence in which they happened. */
export async function eventsOf(db: Db, orderIds: readonly string[]): Promise<OrderEventsTable[]> {
  return db
    .selectFrom('order_events')
    .selectAll()
    .where('order_intent_id', 'in', orderIds)
    .orderBy('order_intent_id')
    .orderBy('id')
    .execute()
}

function presentEvent({ from_status, to_status, note, by, at }: OrderEventsTable): OrderEvent {
  return { from: from_status, to: to_status, note, by, at }
}

/** Writes a new order with its first event. */
export async function insertOrder(
  db: Db,
  order: Omit<OrderIntentRow, 'change_seq' | 'search_text' | 'version'>,
  by: string,
): Promise<OrderIntentRow> {
  const row: OrderIntentRow = {
    ...order,
    version: 1,
    change_seq: await takeSequence(db, 'order_changes'),
    search_text: searchTextOf(order),
  }
  await db.insertInto('order_intents').values(row).execute()
  await insertEvent(db, row, { from: null, note: null, by, at: row.placed_at })
  return row
}

/**
 * Writes a change of an order and moves it to the end of what tills ask for. Throws 409 when somebody else changed
 * the row since it was read (two connections of a hub; SQLite lets one transaction in at a time).
 */
export async function updateOrder(
  db: Db,
  row: OrderIntentRow,
  change: Partial<OrderIntentRow>,
  now: number,
): Promise<OrderIntentRow> {
  const changed = { ...row, ...change }
  const next: OrderIntentRow = {
    ...changed,
    version: row.version + 1,
    updated_at: timestamp(now),
    change_seq: await takeSequence(db, 'order_changes'),
    search_text: searchTextOf(changed),
  }
  const { id, ...values } = next
  const { numUpdatedRows } = await db
    .updateTable('order_intents')
    .set(values)
    .where('id', '=', id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  if (numUpdatedRows === 0n)
    throw new Conflict('Somebody else changed this order just now. Look at it again.')
  return next
}

/** As `updateOrder`, with the step in the order's history. */
export async function moveOrder(
  db: Db,
  row: OrderIntentRow,
  change: Partial<OrderIntentRow> & { status: OrderStatus },
  step: { note: string | null; by: string; now: number },
): Promise<OrderIntentRow> {
  const next = await updateOrder(db, row, change, step.now)
  await insertEvent(db, next, { from: row.status, note: step.note, by: step.by, at: next.updated_at })
  return next
}

async function insertEvent(
  db: Db,
  row: OrderIntentRow,
  { from, note, by, at }: { from: OrderStatus | null; note: string | null; by: string; at: string },
): Promise<void> {
  // Every step is a version of its own, so the order of events does not hang on the clock.
  const id = `${row.id}.${String(row.version).padStart(8, '0')}`
  const event = { id, order_intent_id: row.id, from_status: from, to_status: row.status, note, by, at }
  await db.insertInto('order_events').values(event).execute()
}

function searchTextOf(
  row: Pick<OrderIntentRow, 'number' | 'table_name' | 'customer_name' | 'customer_phone' | 'lines'>,
): string {
  const names = linesOf(row).flatMap(({ name, kitchen_name }) => [name, kitchen_name])
  const texts = [`#${row.number}`, row.table_name, row.customer_name, row.customer_phone, ...names]
  return foldText([...new Set(texts)].filter((text) => text !== null).join('\n'))
}
