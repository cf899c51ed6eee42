import { decimalOf } from '../format-money.ts'
import { pieces, withoutNulls, wordsOf, type HandedLine, type HandedOrder, type Till } from './till.ts'

/** Seconds that Lightspeed goes on trying to reach the till; it asks for at least sixty. */
const maxTimeToAttemptOrderDeliverToPos = 300

/** Lightspeed Restaurant (K-Series), online ordering; `endpointId` and location are the caller's own. */
export const lightspeedK: Till = {
  demandsIds: true,
  takesRef: (ref) => ref !== '',
  write: (order) =>
    withoutNulls({
      thirdPartyReference: order.ref,
      tableNumber: numberIn(order.table),
      clientCount: order.guest_count,
      accountProfileCode: order.service_type === 'dine_in' ? null : order.service_type.toUpperCase(),
      customerInfo: withoutNulls({ firstName: order.customer.name, contactPhone: order.customer.phone }),
      orderNote: [`#${order.number}`, order.notes].filter((text) => text !== null).join(' '),
      scheduledFor: order.expected_at,
      maxTimeToAttemptOrderDeliverToPos,
      items: order.lines.map((line) => itemOf(order, line)),
    }),
}

function itemOf({ currency }: HandedOrder, line: HandedLine): object {
  const known = line.modifiers.filter(({ ref }) => ref !== null)
  const unknown = line.modifiers.filter(({ ref }) => ref === null)
  // What is added for choices without an id of their own stands in the item's price, or the check would be short.
  const extra = unknown.reduce((sum, one) => sum + one.unit_price_minor * one.quantity, 0)
  return withoutNulls({
    sku: line.pos_refs['lightspeed_k'],
    quantity: pieces(line),
    customItemPrice: decimalOf(line.unit_price_minor + extra, currency),
    note: wordsOf(unknown, line.note),
    subItems: known.map(({ ref, quantity, unit_price_minor }) => ({
      sku: ref,
      quantity,
      customItemPrice: decimalOf(unit_price_minor, currency),
    })),
  })
}

/** Tables have numbers there: the `12` of `Table 12`. */
function numberIn(table: string | null): number | null {
  const digits = /\d{1,6}/.exec(table ?? '')?.[0]
  return digits === undefined ? null : Number(digits)
}
