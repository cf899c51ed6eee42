import type { RecallAction } from '#contract/recall-actions.ts'
import { isAccounting, sumOf } from './reconcile.ts'

type Counted = Pick<RecallAction, 'action' | 'unit' | 'lot' | 'serial' | 'gtin' | 'quantity'>

/**
 * How many of the goods that standing actions account for may be counted twice, at most: goods leave quarantine without
 * saying which they were, so that those quarantined and those returned, destroyed or corrected may be the same. Goods
 * of two known lots are not the same, goods of an unknown lot may be of any. Items with a serial number are counted
 * once already.
 */
export function countedTwice(standing: readonly Counted[]): number {
  const loose = standing.filter((one) => isAccounting(one.action) && !isOneItem(one))
  return sumOf(
    [...Map.groupBy(loose, ({ unit }) => unit).values()].map((group) => ({ quantity: pairs(group) })),
  )
}

function isOneItem({ gtin, serial, quantity }: Counted): boolean {
  return gtin !== null && serial !== null && quantity === 1
}

/** How many of one unit can be paired, one in quarantine with one that is done with. */
function pairs(group: readonly Counted[]): number {
  const held = new Map<string | null, number>()
  const done = new Map<string | null, number>()
  for (const { action, lot, quantity } of group) {
    const side = action === 'quarantined' ? held : done
    side.set(lot, (side.get(lot) ?? 0) + quantity)
  }
  let [paired, heldRest, doneRest] = [0, 0, 0]
  for (const lot of new Set([...held.keys(), ...done.keys()])) {
    if (lot === null) continue
    const [a, b] = [held.get(lot) ?? 0, done.get(lot) ?? 0]
    paired += Math.min(a, b)
    heldRest += Math.max(a - b, 0)
    doneRest += Math.max(b - a, 0)
  }
  const [heldAny, doneAny] = [held.get(null) ?? 0, done.get(null) ?? 0]
  const first = Math.min(heldAny, doneRest)
  const second = Math.min(doneAny, heldRest)
  return paired + first + second + Math.min(heldAny - first, doneAny - second)
}
