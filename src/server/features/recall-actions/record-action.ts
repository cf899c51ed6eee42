import { Conflict, ValidationFailed } from '#contract/errors.ts'
import type { Gs1Result, ValidateGs1 } from '#contract/gs1.ts'
import type { NewRecallAction } from '#contract/recall-actions.ts'
import type { Selectable } from 'kysely'
import { timestamp } from '../../clock.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { newId } from '../../db/id.ts'
import type { Db, Tables } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import { deviceOf } from './device-name.ts'
import { entryFormat, entryOf, hashRequest, sealEntry, type Entry } from './entry.ts'
import { photosFor } from './photos-store.ts'
import { chainEnds, findAction } from './store.ts'
import type { RecallActionRow } from './table.ts'

export type RecallRow = Selectable<Tables['recalls']>

/** An action that somebody asks to have recorded. */
export interface ActionOrder {
  recall: RecallRow
  body: NewRecallAction
  /** The account that writes it: as people know it, and its id. */
  by: string
  byId: string
  now: number
}

/** The unit of a quantity that names none. */
const defaultUnit = 'each'

/**
 * Adds an action to the record, in a transaction of its own: when this returns, it is on the disk. Sent again with the
 * same id and content, it is the one that is there. Throws 409 for a recall that was never in force and for an action
 * that was corrected already, 422 for an id that is another action's.
 */
export async function recordAction(
  db: Db,
  order: ActionOrder,
  validate: ValidateGs1,
): Promise<{ row: RecallActionRow; isNew: boolean }> {
  const requestHash = hashRequest(order.recall.id, order.body)
  const known = await knownAction(db, order.body.id, requestHash)
  if (known) return { row: known, isNew: false }
  if (order.recall.status === 'draft')
    throw new Conflict('This recall is a draft. Put it in force before actions are recorded for it.')
  try {
    const row = await db.transaction().execute((trx) => append(trx, order, requestHash, validate))
    return { row, isNew: true }
  } catch (error) {
    // The same action, or another correction of the same one, was a moment earlier.
    if (!isUniqueViolation(error)) throw error
    const first = await knownAction(db, order.body.id, requestHash)
    if (first) return { row: first, isNew: false }
    await requireUncorrected(db, order)
    throw error
  }
}

/** The action that has this id already. Throws 422 when that says something else. */
async function knownAction(
  db: Db,
  id: string | undefined,
  requestHash: string,
): Promise<RecallActionRow | undefined> {
  const row = id === undefined ? undefined : await findAction(db, id)
  if (row === undefined || entryOf(row).request_hash === requestHash) return row
  throw new ValidationFailed({
    id: [
      'An action with this id is recorded already, and says something else. Give a correction an id of its own.',
    ],
  })
}

/** The number is taken first: whoever else writes waits there, so that nobody comes between it and the chain's end. */
async function append(
  trx: Db,
  order: ActionOrder,
  requestHash: string,
  validate: ValidateGs1,
): Promise<RecallActionRow> {
  await requireUncorrected(trx, order)
  const sequence = await takeSequence(trx, 'recall_actions')
  const ends = await chainEnds(trx, order.recall.id)
  const entry: Entry = {
    ...(await contentOf(trx, order, validate)),
    device: await deviceOf(trx, order.now),
    request_hash: requestHash,
    sequence,
    previous_hash: ends.hash,
    recall_sequence: ends.recallSequence + 1,
    recall_previous_hash: ends.recallHash,
    created_at: timestamp(order.now),
  }
  return insertAction(trx, entry)
}

type Content = Omit<
  Entry,
  | 'device'
  | 'request_hash'
  | 'sequence'
  | 'previous_hash'
  | 'recall_sequence'
  | 'recall_previous_hash'
  | 'created_at'
>

async function contentOf(trx: Db, order: ActionOrder, validate: ValidateGs1): Promise<Content> {
  const { recall, body, now } = order
  const done_at = body.done_at ?? timestamp(now)
  return {
    format: entryFormat,
    id: body.id ?? newId(now),
    recall_id: recall.id,
    business_id: recall.business_id,
    recall_revision: recall.revision,
    is_mock: recall.is_mock === 1,
    action: body.action,
    quantity: body.quantity,
    unit: body.unit ?? defaultUnit,
    place: body.place ?? null,
    person: body.person ?? null,
    by: order.by,
    by_id: order.byId,
    witness: body.witness ?? null,
    note: body.note ?? null,
    photos: await photosFor(trx, recall.id, body.photo_ids ?? []),
    ...goodsOf(body, validate),
    ...seenOf(body),
    done_at,
    utc_offset: body.utc_offset ?? -new Date(done_at).getTimezoneOffset(),
    supersedes_id: body.supersedes_id ?? null,
  }
}

/** What a person typed stands over what was scanned: the scan is kept beside it as it came. */
function goodsOf(
  { scan = null, lot, serial }: NewRecallAction,
  validate: ValidateGs1,
): Pick<Entry, 'scan' | 'gtin' | 'lot' | 'serial'> {
  // One item may carry several codes, one a line; no code holds a line end.
  const read: Gs1Result | undefined = scan === null ? undefined : validate(scan.split('\n'))
  const element = (ai: string) => read?.elements.find((one) => one.ai === ai)?.value ?? null
  return { scan, gtin: read?.gtin ?? null, lot: lot ?? element('10'), serial: serial ?? element('21') }
}

/** Throws 422 where the short form and the whole answer contradict each other. */
function seenOf(body: NewRecallAction): Pick<Entry, 'answer' | 'verdict' | 'data_version'> {
  const answer = body.answer ?? null
  const verdict = body.verdict ?? answer?.verdict ?? null
  const data_version = body.data_version ?? answer?.data.version ?? null
  if (answer && verdict !== answer.verdict)
    throw new ValidationFailed({ verdict: ['The verdict is not the one of the answer.'] })
  if (answer && data_version !== answer.data.version)
    throw new ValidationFailed({ data_version: ['The data version is not the one of the answer.'] })
  return { answer, verdict, data_version }
}

async function insertAction(trx: Db, entry: Entry): Promise<RecallActionRow> {
  const { text, hash } = sealEntry(entry)
  // From the sealed text, so that columns and entry cannot differ.
  const sealed = entryOf({ entry: text })
  const { id, recall_id, business_id, sequence, action, quantity, supersedes_id } = sealed
  const { gtin, serial, place, done_at, previous_hash, created_at } = sealed
  const keys = { id, recall_id, business_id, sequence, action, quantity, supersedes_id }
  const row = { ...keys, gtin, serial, place, done_at, previous_hash, created_at, entry: text, hash }
  await trx.insertInto('recall_actions').values(row).execute()
  return row
}

/** Throws 422 for a correction of what is not in this recall's record, 409 for a second one of the same action. */
async function requireUncorrected(db: Db, { recall, body }: ActionOrder): Promise<void> {
  const { supersedes_id } = body
  if (supersedes_id === undefined || supersedes_id === null) return
  const corrected = await findAction(db, supersedes_id)
  if (corrected?.recall_id !== recall.id)
    throw new ValidationFailed({ supersedes_id: ['There is no such action in the record of this recall.'] })
  const taken = await db
    .selectFrom('recall_actions')
    .select(['id', 'sequence'])
    .where('supersedes_id', '=', supersedes_id)
    .executeTakeFirst()
  if (taken)
    throw new Conflict(
      `Action ${corrected.sequence} was corrected already, by action ${taken.sequence} (${taken.id}). Correct that one.`,
    )
}
