import type { RecallActionKind } from '#contract/recall-actions.ts'

/** What reckoning needs of an action. */
export interface Reckoned {
  id: string
  sequence: number
  action: RecallActionKind
  quantity: number
  supersedes_id: string | null
  gtin: string | null
  serial: string | null
}

/** By these goods are accounted for; who was told, and what was not found, leaves them outstanding. */
const accounting: ReadonlySet<RecallActionKind> = new Set([
  'quarantined',
  'returned',
  'destroyed',
  'corrected',
])

export function isAccounting(action: RecallActionKind): boolean {
  return accounting.has(action)
}

/**
 * The actions that count: a correction in place of what it corrects, and an item with a serial number once, at what
 * was done with it last (quarantined, then destroyed, is one item).
 */
export function standingActions<A extends Reckoned>(actions: readonly A[]): A[] {
  const corrected = new Set(actions.map(({ supersedes_id }) => supersedes_id))
  const uncorrected = actions.filter(({ id }) => !corrected.has(id))
  const last = new Map<string, number>()
  for (const action of uncorrected) {
    const item = itemOf(action)
    if (item !== undefined) last.set(item, Math.max(last.get(item) ?? 0, action.sequence))
  }
  return uncorrected.filter((action) => {
    const item = itemOf(action)
    return item === undefined || last.get(item) === action.sequence
  })
}

/** One item in the hand; an action over several is not of one serial number, whatever it says. */
function itemOf({ action, gtin, serial, quantity }: Reckoned): string | undefined {
  if (gtin === null || serial === null || quantity !== 1 || !isAccounting(action)) return undefined
  return `${gtin} ${serial}`
}

/** How many units are accounted for. */
export function accountedQuantity(actions: readonly Reckoned[]): number {
  return sumOf(standingActions(actions).filter(({ action }) => isAccounting(action)))
}

export function sumOf(actions: readonly { quantity: number }[]): number {
  return actions.reduce((sum, { quantity }) => sum + quantity, 0)
}
