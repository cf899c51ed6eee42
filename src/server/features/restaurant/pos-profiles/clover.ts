import { cut, pieces, withoutNulls, wordsOf, type HandedLine, type HandedOrder, type Till } from './till.ts'

/**
 * Clover's atomic order, `POST /v3/merchants/{mId}/atomic_order/orders`. A line there is one piece, so three coffees
 * are three lines; the order shows on the till while its state is open.
 */
export const clover: Till = {
  demandsIds: false,
  takesRef: (ref) => ref !== '',
  write: (order) => ({
    orderCart: withoutNulls({
      title: cut(order.table === null ? `#${order.number}` : `${order.table} #${order.number}`, 127),
      note: cut([order.ref, customerOf(order), order.notes].filter((text) => text !== null).join('\n'), 2047),
      currency: order.currency,
      state: 'open',
      groupLineItems: false,
      lineItems: order.lines.flatMap((line) => Array.from({ length: pieces(line) }, () => lineItem(line))),
    }),
  }),
}

function lineItem(line: HandedLine): object {
  const id = line.pos_refs['clover']
  const unknown = line.modifiers.filter(({ ref }) => ref === null)
  const extra = unknown.reduce((sum, one) => sum + one.unit_price_minor * one.quantity, 0)
  return withoutNulls({
    item: id === undefined ? null : { id },
    name: line.name,
    price: line.unit_price_minor + extra,
    note: wordsOf(unknown, line.note),
    modifications: line.modifiers.flatMap(({ ref, name, quantity, unit_price_minor }) =>
      ref === null
        ? []
        : Array.from({ length: quantity }, () => ({ modifier: { id: ref }, name, amount: unit_price_minor })),
    ),
  })
}

function customerOf({ customer: { name, phone } }: HandedOrder): string | null {
  return [name, phone].filter((text) => text !== null).join(' ') || null
}
