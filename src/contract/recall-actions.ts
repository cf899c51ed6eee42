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
  /** When it was done, with the person's own offset from UTC in minutes. */
  done_at: Timestamp,
  utc_offset: Type.Integer(),
  device: Type.String(),
  /** The action that this one takes the place of. */
  supersedes_id: Nullable(Id),
  superseded_by_id: Nullable(Id),
  /** The record is a chain: each entry carries the hash of the one before it. */
  sequence: Type.Integer(),
  previous_hash: Type.String(),
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
  scan: Type.Optional(Nullable(Type.String({ maxLength: 8000, 'x-raw': true }))),
  lot: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  serial: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  verdict: Type.Optional(Nullable(Verdict)),
  data_version: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
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
})

export const RecallReport = Type.Object({
  recall_id: Id,
  title: Type.String(),
  status: Type.String(),
  is_mock: Type.Boolean(),
  affected: Nullable(Type.Integer()),
  /** Units by what was done with them, corrections counted in place of what they correct. */
  accounted: Type.Array(
    Type.Object({ action: RecallActionKind, actions: Type.Integer(), quantity: Type.Integer() }),
  ),
  accounted_quantity: Type.Integer(),
  /** Affected less accounted; null where the affected quantity is not known. Below zero: more than were said. */
  outstanding: Nullable(Type.Integer()),
  first_action_at: Nullable(Timestamp),
  last_action_at: Nullable(Timestamp),
  places: Type.Array(
    Type.Object({ place: Type.String(), actions: Type.Integer(), quantity: Type.Integer() }),
  ),
  chain: Type.Object({
    entries: Type.Integer(),
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
