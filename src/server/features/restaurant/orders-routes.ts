import * as contract from '#contract/order-intents.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf, windowOf } from '../../http/page.ts'
import { timestamp } from '../../clock.ts'
import { advanceOrder, undoStep } from './advance-order.ts'
import { announceOrder } from './announce.ts'
import { businessesOfCall, businessOfCall, isWithin } from './caller-businesses.ts'
import { changeOrder, tableOf } from './change-order.ts'
import { listOrders } from './orders-list.ts'
import { presentOrder, presentOrders } from './orders-store.ts'
import { placeOrder } from './place-order.ts'
import type { PrintQueue } from './restaurant-parts.ts'
import type { OrderIntentRow } from './table.ts'
import { nameOfCaller } from './who.ts'

type OneOrder = Pick<Call<typeof contract.findOrderIntent>, 'db' | 'params' | 'identity'>

/** The order that a path names, as far as the caller may see it. */
export async function findOrder({ db, params, identity }: OneOrder): Promise<OrderIntentRow | undefined> {
  const row = await db.selectFrom('order_intents').selectAll().where('id', '=', params.id).executeTakeFirst()
  return row && isWithin(identity, row) ? row : undefined
}

export function serveOrders(mount: Mount, print: PrintQueue): void {
  mount(contract.listOrderIntents, {
    handle: async (call) => {
      const { business_id, status, station_id, business_day, search } = call.query
      const { readers } = call.context.database
      const businesses = await businessesOfCall(call, business_id)
      const filter = {
        businessIds: businesses.map(({ id }) => id),
        status: status ?? undefined,
        stationId: station_id ?? undefined,
        businessDay: business_day ?? undefined,
        search: search ?? undefined,
        today: timestamp(call.context.clock()).slice(0, 10),
      }
      const { total, rows } = await listOrders(readers, filter, windowOf(call.query))
      return { order_intents: await pageOf(call, total, () => presentOrders(readers, rows)) }
    },
  })
  mount(contract.findOrderIntent, {
    find: findOrder,
    etag: rowEtag,
    handle: (call) => answerWith(call, call.row),
  })
  serveChanges(mount, print)
}

function serveChanges(mount: Mount, print: PrintQueue): void {
  mount(contract.createOrderIntent, {
    handle: async (call) => {
      const { db, identity } = call
      const { business_id, table_id, accept = false, ...order } = call.body
      const business = await businessOfCall(call, business_id)
      const table = table_id ? await tableOf(db, business.id, table_id) : null
      const placing = { businessId: business.id, table, order, accept, print, now: call.context.clock() }
      const source = identity.kind === 'window' ? 'staff' : 'api'
      return changed(call, await placeOrder(db, placing, source, await nameOfCaller(db, identity)), print)
    },
  })
  mount(contract.changeOrderIntent, {
    find: findOrder,
    etag: rowEtag,
    handle: async (call) =>
      changed(call, await changeOrder(call.db, call.row, call.body, print, call.context.clock()), print),
  })
  mount(contract.advanceOrderIntent, {
    find: findOrder,
    handle: async (call) => {
      const { undo, ...body } = call.body
      const by = await nameOfCaller(call.db, call.identity)
      const step = { ...body, by, now: call.context.clock() }
      return changed(call, await (undo ? undoStep : advanceOrder)(call.db, call.row, step, print), print)
    },
  })
}

async function changed<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: OrderIntentRow,
  print: PrintQueue,
): Promise<{ order_intent: contract.OrderIntent }> {
  announceOrder(call, row, print)
  return answerWith(call, row)
}

async function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: OrderIntentRow,
): Promise<{ order_intent: contract.OrderIntent }> {
  call.reply.header('ETag', rowEtag(row))
  return { order_intent: await presentOrder(call.db, row) }
}
