import { CircleDashed, CircleHelp, OctagonX, ScanEye, type LucideIcon } from 'lucide-react'
import type { RecallActionKind } from '#contract/recall-actions.ts'
import type { Verdict } from '#contract/recalls.ts'
import type { MessageId } from '../../lib/translate.ts'
import type { Tone } from '../../ui/status-badge.tsx'

/** How a verdict is told apart: by word, icon and tone. None is green, since no list makes goods safe. */
export const verdictLooks: Record<Verdict, { name: MessageId; icon: LucideIcon; tone: Tone }> = {
  recalled: { name: 'verdict.recalled', icon: OctagonX, tone: 'bad' },
  possible: { name: 'verdict.possible', icon: CircleHelp, tone: 'warn' },
  not_listed: { name: 'verdict.not_listed', icon: ScanEye, tone: 'accent' },
  unreadable: { name: 'verdict.unreadable', icon: CircleDashed, tone: 'calm' },
}

export const actionNames: Record<RecallActionKind, MessageId> = {
  quarantined: 'action.quarantined',
  returned: 'action.returned',
  destroyed: 'action.destroyed',
  corrected: 'action.corrected',
  notified: 'action.notified',
  not_found: 'action.not_found',
}

/** What a person may type in, in the order in which it is asked. */
export const typedFacts = [
  { id: 'lot', name: 'field.lot', type: 'text' },
  { id: 'serial', name: 'field.serial', type: 'text' },
  { id: 'expiry', name: 'field.expiry', type: 'date' },
  { id: 'best_before', name: 'field.best_before', type: 'date' },
  { id: 'production', name: 'field.production', type: 'date' },
  { id: 'packaging', name: 'field.packaging', type: 'date' },
  { id: 'sell_by', name: 'field.sell_by', type: 'date' },
] as const

const missingNames: Readonly<Record<string, MessageId>> = {
  lot: 'field.missing.lot',
  serial: 'field.missing.serial',
  expiry: 'field.missing.expiry',
  best_before: 'field.missing.best_before',
  production: 'field.missing.production',
  packaging: 'field.missing.packaging',
  sell_by: 'field.missing.sell_by',
  confirm: 'field.missing.confirm',
}

/** What would settle a verdict, by the ids of its words; what this page does not know is left out. */
export function missingIds(missing: readonly string[]): MessageId[] {
  return missing.flatMap((one) => missingNames[one] ?? [])
}
