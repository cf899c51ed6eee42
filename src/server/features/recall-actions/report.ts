import type { RecallAction, RecallReport } from '#contract/recall-actions.ts'
import type { RecallNotice } from '#contract/recalls.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { findRecordProblem } from './check-record.ts'
import { noHash } from './entry.ts'
import { stateOfPhoto } from './photo-files.ts'
import { countedTwice } from './counted-twice.ts'
import { accountedQuantity, isAccounting, standingActions, sumOf } from './reconcile.ts'
import type { RecallRow } from './record-action.ts'
import { recordText } from './record-lines.ts'
import { presentActions, readActions } from './store.ts'

/** All that a report is made of. */
export interface Evidence {
  recall: RecallRow
  notice: RecallNotice
  report: RecallReport
  /** The oldest first. */
  actions: RecallAction[]
  /** The record in JSONL. */
  record: string
  /** When it was put together. */
  at: string
}

/** Gathers the evidence of a recall and checks its record anew.  */
export async function gatherEvidence(
  db: Db,
  recall: RecallRow,
  { dataDir, now }: { dataDir: string; now: number },
): Promise<Evidence> {
  const notice = JSON.parse(recall.notice) as RecallNotice
  const at = timestamp(now)
  const { id, status, revision } = recall
  const head = { id, title: notice.title, status, is_mock: recall.is_mock === 1, revision }
  const rows = await readActions(db, recall.id)
  const record = recordText(head, rows, at)
  const [actions, photos, problem] = await Promise.all([
    presentActions(db, rows),
    countPhotos(
      dataDir,
      rows.map(({ entry }) => JSON.parse(entry) as RecallAction),
    ),
    findRecordProblem(db, record, rows),
  ])
  const chain = {
    entries: rows.length,
    head: rows.at(-1)?.hash ?? noHash,
    intact: problem === undefined,
    problem: problem ?? null,
  }
  return {
    recall,
    notice,
    actions,
    record,
    at,
    report: { ...reckon(recall, notice, actions), photos, chain },
  }
}

async function countPhotos(
  dataDir: string,
  actions: readonly Pick<RecallAction, 'photos'>[],
): Promise<RecallReport['photos']> {
  const hashes = new Set(actions.flatMap(({ photos }) => photos.map(({ sha256 }) => sha256)))
  const count = { count: hashes.size, missing: 0, altered: 0 }
  for (const hash of hashes) {
    const state = await stateOfPhoto(dataDir, hash)
    if (state !== 'kept') count[state] += 1
  }
  return count
}

function reckon(
  recall: RecallRow,
  notice: RecallNotice,
  actions: readonly RecallAction[],
): Omit<RecallReport, 'photos' | 'chain'> {
  const standing = standingActions(actions)
  const affected = notice.affected_quantity ?? null
  const accounted_quantity = accountedQuantity(actions)
  const units = new Set(standing.filter(({ action }) => isAccounting(action)).map(({ unit }) => unit))
  const possibly_twice = countedTwice(standing)
  const times = actions.map(({ done_at }) => done_at).toSorted()
  return {
    recall_id: recall.id,
    title: notice.title,
    status: recall.status,
    is_mock: recall.is_mock === 1,
    affected,
    accounted: byKind(standing),
    accounted_quantity,
    outstanding: affected === null || units.size > 1 ? null : affected - accounted_quantity,
    possibly_twice,
    remarks: remarksOn({ affected, accounted_quantity, units, possibly_twice }),
    corrections: actions.filter(({ supersedes_id }) => supersedes_id !== null).length,
    first_action_at: times[0] ?? null,
    last_action_at: times.at(-1) ?? null,
    places: byPlace(standing),
  }
}

function byKind(standing: readonly RecallAction[]): RecallReport['accounted'] {
  const groups = Map.groupBy(standing, ({ action, unit }) => `${action} ${unit}`)
  return [...groups.values()].map((group) => {
    const { action, unit } = group[0]!
    return { action, unit, actions: group.length, quantity: sumOf(group), counts: isAccounting(action) }
  })
}

function byPlace(standing: readonly RecallAction[]): RecallReport['places'] {
  const groups = Map.groupBy(
    standing.filter(({ place }) => place !== null),
    ({ place }) => place!,
  )
  return [...groups]
    .map(([place, group]) => {
      const counting = group.filter(({ action }) => isAccounting(action))
      return { place, actions: group.length, quantity: sumOf(counting) }
    })
    .toSorted((a, b) => a.place.localeCompare(b.place, 'en'))
}

function remarksOn(counts: {
  affected: number | null
  accounted_quantity: number
  units: ReadonlySet<string>
  possibly_twice: number
}): string[] {
  const { affected, accounted_quantity, units, possibly_twice } = counts
  const remarks: string[] = []
  if (affected === null) remarks.push('The notice does not say how many units are affected.')
  if (units.size > 1)
    remarks.push(
      `Quantities are in several units (${[...units].join(', ')}), which cannot be set against one number of affected units.`,
    )
  if (possibly_twice > 0)
    remarks.push(
      `Up to ${possibly_twice} may be counted twice: quarantined, and then returned, destroyed or corrected without naming the quarantine.`,
    )
  if (affected !== null && accounted_quantity > affected)
    remarks.push('More are accounted for than the notice says are affected.')
  return remarks
}
