import type {
  NewRecallAction,
  RecallAction,
  RecallActionKind,
  RecallAnswer,
} from '#contract/recall-actions.ts'
import { elementOf } from './item-carriers.ts'
import type { Scanned } from './use-scan-session.ts'

/** What was done, as it is being entered. */
export interface ActionDraft {
  /** Made with the draft, so that sending it twice is one action. */
  id: string
  action: RecallActionKind
  quantity: number
  place: string
  person: string
  witness: string
  note: string
  photos: readonly Blob[]
  /** The entry that this one takes the place of. */
  supersedes: RecallAction | undefined
}

/** A new entry, with what this device keeps: that is why two touches are enough. */
export function newDraft(action: RecallActionKind, kept: { place: string; person: string }): ActionDraft {
  const quantity = action === 'not_found' ? 0 : 1
  return {
    id: crypto.randomUUID(),
    action,
    quantity,
    ...kept,
    witness: '',
    note: '',
    photos: [],
    supersedes: undefined,
  }
}

/** A correction, which begins with what the old entry said. */
export function correctionOf(entry: RecallAction): ActionDraft {
  return {
    id: crypto.randomUUID(),
    action: entry.action,
    quantity: entry.quantity,
    place: entry.place ?? '',
    person: entry.person ?? '',
    witness: entry.witness ?? '',
    note: entry.note ?? '',
    photos: [],
    supersedes: entry,
  }
}

/** What goes into the record. A correction keeps the scan and the time of what it corrects. */
export function actionOf(draft: ActionDraft, scanned: Scanned, now: Date): NewRecallAction & { id: string } {
  const { id, action, quantity, supersedes } = draft
  return {
    id,
    action,
    quantity,
    place: orNull(draft.place),
    person: orNull(draft.person),
    witness: orNull(draft.witness),
    note: orNull(draft.note),
    ...(supersedes ? subjectOf(supersedes) : scanOf(scanned, now)),
    ...(supersedes && { supersedes_id: supersedes.id }),
  }
}

function scanOf(scanned: Scanned, now: Date): Partial<NewRecallAction> {
  const { carriers, typed, verdict } = scanned
  const { result } = verdict
  return {
    scan: carriers.join('\n'),
    lot: elementOf(result, '10') ?? typed.lot ?? null,
    serial: elementOf(result, '21') ?? typed.serial ?? null,
    answer: answerOf(scanned),
    done_at: now.toISOString(),
    utc_offset: 0 - now.getTimezoneOffset(),
  }
}

/** What the person was told, and what it rested on, as they saw it. */
function answerOf({ at, verdict, data }: Scanned): RecallAnswer {
  const { sentence, missing, matches } = verdict
  return {
    checked_at: at,
    verdict: verdict.verdict,
    sentence,
    missing,
    data,
    // The record takes fifty; the strictest come first.
    matches: matches.slice(0, 50).map(({ recall_id, revision, line, verdict: said, reason }) => ({
      recall_id,
      revision,
      line,
      verdict: said,
      reason,
    })),
  }
}

function subjectOf(entry: RecallAction): Partial<NewRecallAction> {
  const { scan, lot, serial, verdict, data_version, done_at, utc_offset } = entry
  return { scan, lot, serial, verdict, data_version, done_at, utc_offset }
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}
