import type { RecallMatch, RecallVerdict } from '#contract/recalls.ts'
import type { FoundPassport, OverrideMode } from './resolver-parts.ts'

/** What a recall makes of a request. `recallId` is the one whose notice is shown. */
export type RecallDecision =
  | { kind: 'none' }
  /** In scope: to the notice, a notice before the page, or a word on top of it. */
  | { kind: OverrideMode; recallId: string; verdict: 'recalled' | 'possible' }
  /** The scan says too little. `missing` as in `RecallMatch`. */
  | { kind: 'check'; recallId: string; missing: string[] }
  /** A recall is in force for other units of the product. */
  | { kind: 'outside'; recallId: string }

const strength = { banner: 0, interstitial: 1, redirect: 2 } as const

/**
 * What to do about the recalls of an item, the strictest winning. A recall that is no passport's override has a word
 * on top of the page and no more; an override whose time has not come, or is over, is as if it were not there.
 */
export function decideRecall(
  found: readonly FoundPassport[],
  { matches }: Pick<RecallVerdict, 'matches'>,
  now: number,
): RecallDecision {
  const overrides = found.flatMap(({ override }) => (override ? [override] : []))
  const open = new Map(overrides.filter((one) => isOpen(one, now)).map((one) => [one.recallId, one.mode]))
  const waiting = new Set(overrides.map(({ recallId }) => recallId).filter((id) => !open.has(id)))
  const standing = matches
    .filter(({ recall_id }) => !waiting.has(recall_id))
    .map((match) => ({ match, mode: open.get(match.recall_id) ?? ('banner' as const) }))
    .toSorted((a, b) => strength[b.mode] - strength[a.mode])
  const certain = standing.find(({ match }) => match.verdict === 'recalled')
  if (certain) return { kind: certain.mode, recallId: certain.match.recall_id, verdict: 'recalled' }
  const [likely] = standing.filter(({ match }) => match.verdict === 'possible')
  if (likely) return decidePossible(likely.match, likely.mode)
  const [other] = open.keys()
  return other === undefined ? { kind: 'none' } : { kind: 'outside', recallId: other }
}

function decidePossible(match: RecallMatch, mode: OverrideMode): RecallDecision {
  const missing = match.missing.filter((one) => one !== 'confirm')
  if (mode === 'banner') return { kind: 'banner', recallId: match.recall_id, verdict: 'possible' }
  if (missing.length > 0) return { kind: 'check', recallId: match.recall_id, missing }
  return { kind: 'interstitial', recallId: match.recall_id, verdict: 'possible' }
}

function isOpen({ from, to }: NonNullable<FoundPassport['override']>, now: number): boolean {
  return (from === null || Date.parse(from) <= now) && (to === null || now < Date.parse(to))
}

/** What is kept of a scan's verdict; null where no recall is in force. */
export function verdictOf(decision: RecallDecision): 'recalled' | 'possible' | 'not_listed' | null {
  if (decision.kind === 'none') return null
  if (decision.kind === 'check') return 'possible'
  return decision.kind === 'outside' ? 'not_listed' : decision.verdict
}
