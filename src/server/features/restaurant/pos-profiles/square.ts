import { cut, pieces, withoutNulls, type HandedLine, type HandedOrder, type Till } from './till.ts'

/** Square's Orders API, `POST /v2/orders`; the location is the caller's own. Items without an id go by name and price. */
export const square: Till = {
  demandsIds: false,
  takesRef: (ref) => ref !== '',
  write: (order) => ({
    idempotency_key: order.idempotency_id,
    order: withoutNulls({
      reference_id: order.ref,
      ticket_name: cut(order.table === null ? `#${order.number}` : `${order.table} #${order.number}`, 30),
      source: { name: 'QRScan' },
      line_items: order.lines.map((line) => lineItem(order, line)),
      fulfillments: order.service_type === 'dine_in' ? null : [fulfillment(order)],
      metadata: order.notes === null ? null : { notes: cut(order.notes, 255) },
    }),
  }),
}

function lineItem({ currency }: HandedOrder, line: HandedLine): object {
  const money = (amount: number) => ({ amount, currency })
  return withoutNulls({
    uid: line.uid,
    catalog_object_id: line.pos_refs['square'] ?? null,
    name: line.name,
    quantity: String(pieces(line)),
    base_price_money: money(line.unit_price_minor),
    note: line.note === null ? null : cut(line.note, 500),
    modifiers: line.modifiers.map(({ name, ref, quantity, unit_price_minor }) =>
      withoutNulls({
        catalog_object_id: ref,
        name,
        quantity: String(quantity),
        base_price_money: money(unit_price_minor),
      }),
    ),
  })
}

function fulfillment(order: HandedOrder): object {
  const { name, phone } = order.customer
  const recipient = withoutNulls({ display_name: name ?? `#${order.number}`, phone_number: phone })
  const isDelivery = order.service_type === 'delivery'
  const details = withoutNulls({
    recipient,
    schedule_type: order.expected_at === null ? 'ASAP' : 'SCHEDULED',
    [isDelivery ? 'deliver_at' : 'pickup_at']: order.expected_at,
    note: order.notes === null ? null : cut(order.notes, 500),
  })
  return {
    type: isDelivery ? 'DELIVERY' : 'PICKUP',
    state: 'PROPOSED',
    [isDelivery ? 'delivery_details' : 'pickup_details']: details,
  }
}
