import type { PosProfile } from '#contract/pos-handoff.ts'
import { clover } from './clover.ts'
import { hubrise } from './hubrise.ts'
import { lightspeedK } from './lightspeed-k.ts'
import { simphony } from './simphony.ts'
import { square } from './square.ts'
import { toast } from './toast.ts'
import type { HandedOrder, Till } from './till.ts'

export const tills: Readonly<Record<Exclude<PosProfile, 'neutral'>, Till>> = {
  square,
  hubrise,
  lightspeed_k: lightspeedK,
  toast,
  simphony,
  clover,
}

/** Names of the items that have no id of their own in a till, each once. */
export function itemsWithoutRef(order: HandedOrder, profile: PosProfile): string[] {
  if (profile === 'neutral') return []
  const { takesRef } = tills[profile]
  const lacking = order.lines.filter(({ pos_refs }) => !takesRef(pos_refs[profile] ?? ''))
  return [...new Set(lacking.map(({ name }) => name))]
}
