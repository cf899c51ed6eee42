import { decimalOf } from '../format-money.ts'
import { cut, pieces, withoutNulls, wordsOf, type HandedLine, type HandedOrder, type Till } from './till.ts'

const orderTypes: Record<string, number> = { dine_in: 1, takeaway: 2, delivery: 3 }

/**
 * Oracle Simphony, Transaction Services Gen 2, `POST /checks`. Organisation, location and revenue centre are the
 * caller's own; items go by their object numbers.
 */
export const simphony: Till = {
  demandsIds: true,
  takesRef: (ref) => /^\d{1,9}$/.test(ref),
  write: (order) => ({
    header: withoutNulls({
      idempotencyId: order.idempotency_id,
      checkRef: order.ref,
      checkName: cut(`#${order.number}`, 16),
      orderTypeRef: orderTypes[order.service_type],
      tableName: order.table,
      guestCount: order.guest_count,
      preparation: order.expected_at === null ? null : { fireTime: order.expected_at },
      informationLines: informationLines(order),
    }),
    menuItems: order.lines.map((line) => itemOf(order, line)),
  }),
}

function itemOf({ currency }: HandedOrder, line: HandedLine): object {
  const known = line.modifiers.filter(({ ref }) => ref !== null)
  const unknown = line.modifiers.filter(({ ref }) => ref === null)
  const extra = unknown.reduce((sum, one) => sum + one.unit_price_minor * one.quantity, 0)
  return withoutNulls({
    menuItemId: Number(line.pos_refs['simphony']),
    name: line.name,
    quantity: pieces(line),
    unitPrice: Number(decimalOf(line.unit_price_minor + extra, currency)),
    referenceText: wordsOf(unknown, line.note),
    condiments: known.map(({ ref, quantity, unit_price_minor }) => ({
      condimentId: Number(ref),
      quantity,
      unitPrice: Number(decimalOf(unit_price_minor, currency)),
    })),
  })
}

/** Who it is for and what they said, in the lines of a check. */
function informationLines({ customer: { name, phone }, notes }: HandedOrder): string[] | null {
  const texts = [name, phone, ...(notes?.split('\n') ?? [])].filter((text) => text !== null && text !== '')
  return texts.length === 0 ? null : texts.flatMap((text) => text!.match(/.{1,32}/gsu) ?? [])
}
