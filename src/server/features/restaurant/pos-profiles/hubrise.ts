import { decimalOf } from '../format-money.ts'
import { pieces, withoutNulls, type HandedOrder, type Till } from './till.ts'

const serviceTypes: Record<string, string> = {
  dine_in: 'eat_in',
  takeaway: 'collection',
  delivery: 'delivery',
}

const statuses: Record<HandedOrder['status'], string> = {
  received: 'new',
  accepted: 'accepted',
  preparing: 'in_preparation',
  ready: 'awaiting_collection',
  served: 'completed',
  rejected: 'rejected',
  cancelled: 'cancelled',
}

/** HubRise's order, which other tills read in turn; `sku_ref` is the item's id there. */
export const hubrise: Till = {
  demandsIds: false,
  takesRef: (ref) => ref !== '',
  write: (order) => {
    const price = (minor: number) => `${decimalOf(minor, order.currency)} ${order.currency}`
    const isSent = order.status === 'ready' && order.service_type === 'delivery'
    return withoutNulls({
      private_ref: order.ref,
      status: isSent ? 'awaiting_shipment' : statuses[order.status],
      service_type: serviceTypes[order.service_type],
      service_type_ref: order.table,
      expected_time: order.expected_at,
      customer_notes: order.notes,
      collection_code: String(order.number),
      items: order.lines.map((line) =>
        withoutNulls({
          product_name: line.name,
          sku_ref: line.pos_refs['hubrise'] ?? null,
          price: price(line.unit_price_minor),
          quantity: String(pieces(line)),
          customer_notes: line.note,
          options: line.modifiers.map(({ group, name, ref, quantity, unit_price_minor }) =>
            withoutNulls({
              option_list_name: group,
              name,
              ref,
              quantity,
              price: price(unit_price_minor),
            }),
          ),
        }),
      ),
      customer: withoutNulls({ first_name: order.customer.name, phone: order.customer.phone }),
      total: price(order.total_minor),
    })
  },
}
