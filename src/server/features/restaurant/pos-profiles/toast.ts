import { decimalOf } from '../format-money.ts'
import { pieces, withoutNulls, type HandedLine, type HandedOrder, type Till } from './till.ts'

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const authority = 'QRSCAN'

/**
 * Toast's Orders API, `POST /orders`. An item's `toast` id is its GUID; `toast_group` names its menu group. Choices
 * without a GUID go as special requests, which the kitchen there reads as words.
 */
export const toast: Till = {
  demandsIds: true,
  takesRef: (ref) => guid.test(ref),
  write: (order) =>
    withoutNulls({
      entityType: 'Order',
      externalId: `${authority}:${order.ref}`,
      promisedDate: order.expected_at,
      numberOfGuests: order.guest_count,
      checks: [
        withoutNulls({
          entityType: 'Check',
          externalId: `${authority}:${order.ref}-1`,
          tabName: [order.table, `#${order.number}`, order.notes].filter((text) => text !== null).join(' '),
          customer: customerOf(order),
          selections: order.lines.map((line) => selectionOf(order, line)),
        }),
      ],
    }),
}

function customerOf({ customer: { name, phone } }: HandedOrder): object | null {
  return name === null && phone === null ? null : withoutNulls({ firstName: name, phone })
}

function selectionOf({ currency }: HandedOrder, line: HandedLine): object {
  const { toast: item, toast_group: group } = line.pos_refs
  const request = (displayName: string, price: number, quantity = 1) => ({
    entityType: 'MenuItemSelection',
    selectionType: 'SPECIAL_REQUEST',
    displayName,
    quantity,
    price: Number(decimalOf(price, currency)),
  })
  return withoutNulls({
    entityType: 'MenuItemSelection',
    externalId: `${authority}:${line.uid}`,
    item: { entityType: 'MenuItem', guid: item },
    itemGroup: group === undefined ? null : { entityType: 'MenuGroup', guid: group },
    quantity: pieces(line),
    modifiers: [
      ...line.modifiers.map(({ name, ref, quantity, unit_price_minor }) =>
        ref === null
          ? request(name, unit_price_minor, quantity)
          : { entityType: 'MenuItemSelection', item: { guid: ref }, quantity },
      ),
      ...(line.note === null ? [] : [request(line.note, 0)]),
    ],
  })
}
