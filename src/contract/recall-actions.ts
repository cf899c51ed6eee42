import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { Verdict } from './recalls.ts'

export const RecallActionKind = Type.Enum([
  'quarantined',
  'returned',
  'destroyed',
  'corrected',
  'notified',
  'not_found',
])
export type RecallActionKind = Static<typeof RecallActionKind>

const Words = (most: number) => Type.String({ maxLength: most })

/**
 * What the check answered, word for word as the person saw it: kept so that it can be proved later what they knew.
 * Comes from an answer of `checkRecalls`, or from a device that checked by itself without network.
 */
export const RecallAnswer = Type.Object({
  checked_at: Timestamp,
  verdict: Verdict,
  sentence: Type.Optional(Nullable(Words(2000))),
  missing: Type.Optional(Type.Array(Words(40), { maxItems: 20 })),
  /** What the answer rested on, and so how old it was. */
  data: Type.Object({
    version: Words(80),
    criteria: Type.Integer({ minimum: 0 }),
    active_recalls: Type.Integer({ minimum: 0 }),
    changed_at: Type.Optional(Nullable(Timestamp)),
    synced_at: Type.Optional(Nullable(Timestamp)),
  }),
  matches: Type.Array(
    Type.Object({
      recall_id: Id,
      /** The revision of the recall that the line was read in. */
      revision: Type.Integer({ minimum: 0 }),
      line: Type.Integer({ minimum: 0 }),
      verdict: Verdict,
      reason: Type.Optional(Nullable(Words(1000))),
    }),
    { maxItems: 50 },
  ),
})
export type RecallAnswer = Static<typeof RecallAnswer>

/** Somebody did something; never changed afterwards. A correction is a new action that names the old one. */
export const RecallAction = Type.Object({
  id: Id,
  recall_id: Id,
  recall_revision: Type.Integer(),
  action: RecallActionKind,
  quantity: Type.Integer(),
  unit: Type.String(),
  place: Nullable(Type.String()),
  /** Who did it, as they name themselves, and which account wrote it. */
  person: Nullable(Type.String()),
  by: Type.String(),
  witness: Nullable(Type.String()),
  note: Nullable(Type.String()),
  photos: Type.Array(
    Type.Object({ id: Id, sha256: Type.String(), type: Type.String(), size: Type.Integer() }),
  ),
  scan: Nullable(Type.String()),
  gtin: Nullable(Type.String()),
  lot: Nullable(Type.String()),
  serial: Nullable(Type.String()),
  verdict: Nullable(Verdict),
  data_version: Nullable(Type.String()),
  answer: Nullable(RecallAnswer),
  is_mock: Type.Boolean(),
  /** When it was done, with the person's own offset from UTC in minutes. */
  done_at: Timestamp,
  utc_offset: Type.Integer(),
  device: Type.String(),
  /** The action that this one takes the place of. */
  supersedes_id: Nullable(Id),
  superseded_by_id: Nullable(Id),
  /** The record is a chain over all recalls of this device: each entry carries the hash of the one before it. */
  sequence: Type.Integer(),
  previous_hash: Type.String(),
  /** The same within its recall, so that the record of one recall is proved without showing another's. */
  recall_sequence: Type.Integer(),
  recall_previous_hash: Type.String(),
  hash: Type.String(),
  created_at: Timestamp,
})
export type RecallAction = Static<typeof RecallAction>

export const NewRecallAction = Type.Object({
  /** Made by the device, so that sending it twice is one action. */
  id: Type.Optional(Id),
  action: RecallActionKind,
  quantity: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  unit: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
  place: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  person: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  witness: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  note: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
  photo_ids: Type.Optional(Type.Array(Id, { maxItems: 10 })),
  /** The barcode as the scanner gave it; where an item carries several, one a line. */
  scan: Type.Optional(Nullable(Type.String({ maxLength: 8000, 'x-raw': true }))),
  lot: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  serial: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  verdict: Type.Optional(Nullable(Verdict)),
  data_version: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
  /** Gives `verdict` and `data_version` too. */
  answer: Type.Optional(Nullable(RecallAnswer)),
  /** Now where it is left out; the offset is this machine's then. */
  done_at: Type.Optional(Type.String({ format: 'date-time' })),
  utc_offset: Type.Optional(Type.Integer({ minimum: -840, maximum: 840 })),
  supersedes_id: Type.Optional(Nullable(Id)),
})
export type NewRecallAction = Static<typeof NewRecallAction>

const read = { tag: 'Recalls', access: 'token', scope: 'passports:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'recalls:write' } as const

export const listRecallActions = defineEndpoint({
  ...read,
  name: 'listRecallActions',
  method: 'GET',
  path: '/api/recalls/{id}/actions',
  summary: 'What was done in a recall, the newest first',
  params: IdParams,
  query: Type.Object({ action: Type.Optional(Nullable(RecallActionKind)), ...pageQuery }),
  status: 200,
  reply: Type.Object({ actions: Paginated(RecallAction) }),
})

export const createRecallAction = defineEndpoint({
  ...write,
  name: 'createRecallAction',
  method: 'POST',
  path: '/api/recalls/{id}/actions',
  summary: 'Record what was done; nothing in the record is ever changed',
  params: IdParams,
  body: NewRecallAction,
  status: 201,
  reply: Type.Object({ action: RecallAction }),
})

export const uploadRecallPhoto = defineEndpoint({
  ...write,
  name: 'uploadRecallPhoto',
  method: 'POST',
  path: '/api/recalls/{id}/photos',
  summary: 'Keep a photo for the next action; at most 10 MiB',
  params: IdParams,
  uploads: ['image/jpeg', 'image/png', 'image/webp'],
  status: 201,
  reply: Type.Object({ photo: Type.Object({ id: Id, sha256: Type.String(), size: Type.Integer() }) }),
})

export const showRecallPhoto = defineEndpoint({
  ...read,
  name: 'showRecallPhoto',
  method: 'GET',
  path: '/api/recalls/{id}/photos/{photo_id}',
  summary: 'A photo of the record, as it was taken',
  params: Type.Object({ id: Id, photo_id: Id }),
  status: 200,
  produces: ['image/jpeg', 'image/png', 'image/webp'],
  /** The file on the disk is gone, or no longer the one that was taken. */
  also: [409],
})

export const RecallReport = Type.Object({
  recall_id: Id,
  title: Type.String(),
  status: Type.String(),
  is_mock: Type.Boolean(),
  /** As the notice says. */
  affected: Nullable(Type.Integer()),
  /**
   * What was done, corrections counted in place of what they correct, an item with a serial number once, at its last
   * action. `counts` says whether goods are accounted for by it: those notified or not found are not.
   */
  accounted: Type.Array(
    Type.Object({
      action: RecallActionKind,
      unit: Type.String(),
      actions: Type.Integer(),
      quantity: Type.Integer(),
      counts: Type.Boolean(),
    }),
  ),
  accounted_quantity: Type.Integer(),
  /**
   * Affected less accounted. Null where the affected quantity is not known, or quantities are in several units. Below
   * zero: more than were said.
   */
  outstanding: Nullable(Type.Integer()),
  /** How many of the accounted may be counted twice: quarantined, and then returned, destroyed or corrected. */
  possibly_twice: Type.Integer(),
  /** What a reader of the numbers must know, in sentences. */
  remarks: Type.Array(Type.String()),
  corrections: Type.Integer(),
  first_action_at: Nullable(Timestamp),
  last_action_at: Nullable(Timestamp),
  places: Type.Array(
    Type.Object({ place: Type.String(), actions: Type.Integer(), quantity: Type.Integer() }),
  ),
  photos: Type.Object({ count: Type.Integer(), missing: Type.Integer(), altered: Type.Integer() }),
  chain: Type.Object({
    entries: Type.Integer(),
    /** Hash of the last entry; 64 zeros where there is none. */
    head: Type.String(),
    /** Checked anew for this report. */
    intact: Type.Boolean(),
    problem: Nullable(Type.String()),
  }),
})
export type RecallReport = Static<typeof RecallReport>

export const showRecallReport = defineEndpoint({
  ...read,
  name: 'showRecallReport',
  method: 'GET',
  path: '/api/recalls/{id}/report',
  summary: 'The evidence: what was done against what is affected, with the record’s own proof',
  params: IdParams,
  query: Type.Object({ format: Type.Optional(Type.Enum(['json', 'csv', 'pdf', 'jsonl'])) }),
  status: 200,
  reply: Type.Object({ report: RecallReport }),
  produces: ['application/json', 'text/csv', 'application/pdf', 'application/x-ndjson'],
})
