import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Gs1Result } from './gs1.ts'
import { Paginated } from './pagination.ts'
import { RecallLine } from './recall-lines.ts'

/** `draft` waits for a person and is never in force; `mock` recalls answer as such and say so. */
export const RecallStatus = Type.Enum(['draft', 'active', 'closed'])
export type RecallStatus = Static<typeof RecallStatus>

export const RecallNotice = Type.Object({
  title: Type.String({ minLength: 1, maxLength: 300 }),
  reason: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
  hazard: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
  /** The authority's grading as it writes it: `Class I`. */
  classification: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
  /** What to do with the goods. */
  instructions: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
  contact: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  url: Type.Optional(Nullable(Type.String({ maxLength: 2048 }))),
  issuer: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  /** The issuer's own number. */
  number: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
  announced_on: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  countries: Type.Optional(Type.Array(Type.String({ pattern: '^[A-Z]{2}$' }), { maxItems: 250 })),
  /** How many units are affected, where known: what the actions are reckoned against. */
  affected_quantity: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  /** What the notice itself said where it came from a file: what was made of it is compared with this. */
  original_text: Type.Optional(Nullable(Type.String({ maxLength: 40_000 }))),
})
export type RecallNotice = Static<typeof RecallNotice>

export const Recall = Type.Object({
  id: Id,
  business_id: Id,
  status: RecallStatus,
  is_mock: Type.Boolean(),
  /** By hand, from a file, or from a passport's recall override. */
  source: Type.Enum(['manual', 'import', 'override']),
  product_passport_id: Nullable(Id),
  notice: RecallNotice,
  lines: Type.Array(RecallLine),
  /** Counts its changes since it came into force; each is kept. */
  revision: Type.Integer(),
  activated_at: Nullable(Timestamp),
  closed_at: Nullable(Timestamp),
  closing_reason: Nullable(Type.String()),
  /** What the record of actions says so far. */
  accounted_quantity: Type.Integer(),
  actions_count: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Recall = Static<typeof Recall>

/** Never "safe": what is not listed is not listed as of the data's age. */
export const Verdict = Type.Enum(['recalled', 'possible', 'not_listed', 'unreadable'])
export type Verdict = Static<typeof Verdict>

export const RecallMatch = Type.Object({
  recall_id: Id,
  title: Type.String(),
  is_mock: Type.Boolean(),
  revision: Type.Integer(),
  /** Which line of the recall, from 0. */
  line: Type.Integer(),
  verdict: Verdict,
  /** Why, in words: "Lot L123 is listed." */
  reason: Type.String(),
  /** What would settle it: `lot`, `serial`, `expiry`, `best_before`, `production`, `packaging`, `sell_by`, `confirm`. */
  missing: Type.Array(Type.String()),
  instructions: Nullable(Type.String()),
})
export type RecallMatch = Static<typeof RecallMatch>

export const RecallVerdict = Type.Object({
  verdict: Verdict,
  /** For people, with what to do next. */
  sentence: Type.String(),
  missing: Type.Array(Type.String()),
  matches: Type.Array(RecallMatch),
  result: Gs1Result,
})
export type RecallVerdict = Static<typeof RecallVerdict>

/** What the answer rests on: shown with every verdict. */
export const RecallDataState = Type.Object({
  version: Type.String(),
  criteria: Type.Integer(),
  active_recalls: Type.Integer(),
  /** When a recall last changed here; null where there is none. */
  changed_at: Nullable(Timestamp),
  /** When the hosted service was last asked for recalls; null where this device works alone. */
  synced_at: Nullable(Timestamp),
})
export type RecallDataState = Static<typeof RecallDataState>

const one = Type.Object({ recall: Recall })
const read = { tag: 'Recalls', access: 'token', scope: 'passports:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'recalls:write' } as const
const lines = Type.Array(RecallLine, { minItems: 1, maxItems: 500 })

export const listRecalls = defineEndpoint({
  ...read,
  name: 'listRecalls',
  method: 'GET',
  path: '/api/recalls',
  summary: 'Recalls of a business, the newest first',
  query: Type.Object({
    business_id: Type.Optional(Id),
    status: Type.Optional(Nullable(RecallStatus)),
    search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ recalls: Paginated(Recall), data: RecallDataState }),
})

export const createRecall = defineEndpoint({
  ...write,
  name: 'createRecall',
  method: 'POST',
  path: '/api/recalls',
  summary: 'Enter a recall by hand; it is a draft until somebody puts it in force',
  body: Type.Object({
    business_id: Type.Optional(Id),
    is_mock: Type.Optional(Type.Boolean()),
    notice: RecallNotice,
    lines,
    activate: Type.Optional(Type.Boolean()),
  }),
  status: 201,
  reply: one,
})

export const findRecall = defineEndpoint({
  ...read,
  name: 'findRecall',
  method: 'GET',
  path: '/api/recalls/{id}',
  summary: 'One recall',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeRecall = defineEndpoint({
  ...write,
  name: 'changeRecall',
  method: 'PATCH',
  path: '/api/recalls/{id}',
  summary: 'Correct a draft, put it in force, revise what is in force, or close it with a reason',
  params: IdParams,
  body: Type.Object({
    notice: Type.Optional(RecallNotice),
    lines: Type.Optional(lines),
    status: Type.Optional(Type.Enum(['active', 'closed'])),
    /** Why it is revised or closed; needed for both. */
    reason: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  }),
  status: 200,
  reply: one,
})

export const deleteRecall = defineEndpoint({
  ...write,
  name: 'deleteRecall',
  method: 'DELETE',
  path: '/api/recalls/{id}',
  summary: 'Throw a draft away; what has been in force is closed instead',
  params: IdParams,
  status: 204,
  also: [409],
})

export const listRecallRevisions = defineEndpoint({
  ...read,
  name: 'listRecallRevisions',
  method: 'GET',
  path: '/api/recalls/{id}/revisions',
  summary: 'What a recall said, revision by revision',
  params: IdParams,
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({
    revisions: Paginated(
      Type.Object({
        revision: Type.Integer(),
        notice: RecallNotice,
        lines: Type.Array(RecallLine),
        reason: Nullable(Type.String()),
        by: Type.String(),
        created_at: Timestamp,
      }),
    ),
  }),
})

export const importRecalls = defineEndpoint({
  ...write,
  name: 'importRecalls',
  method: 'POST',
  path: '/api/recalls/import',
  summary: 'Read recall notices from a file (CSV, JSON, openFDA, CPSC, RappelConso, GS1 XML) as drafts',
  query: Type.Object({ business_id: Type.Optional(Id) }),
  uploads: ['text/csv', 'application/xml', 'text/xml', 'application/octet-stream'],
  status: 201,
  reply: Type.Object({
    import: Type.Object({
      format: Type.String(),
      drafts: Type.Array(Recall),
      /** What could not be read, and where. */
      problems: Type.Array(Type.Object({ place: Type.String(), message: Type.String() })),
    }),
  }),
})

const typedDay = Type.Optional(Nullable(Type.String({ format: 'date' })))

export const checkRecalls = defineEndpoint({
  ...read,
  name: 'checkRecalls',
  method: 'POST',
  path: '/api/recalls/check',
  summary: 'A verdict for each scan; carriers of one item are given together',
  body: Type.Object({
    business_id: Type.Optional(Id),
    scans: Type.Array(
      Type.Union([
        Type.String({ maxLength: 8000, 'x-raw': true }),
        Type.Object({
          /** All the carriers read from one item. */
          carriers: Type.Array(Type.String({ maxLength: 8000, 'x-raw': true }), {
            minItems: 1,
            maxItems: 20,
          }),
          /** What a person typed in because no carrier told it. */
          lot: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
          serial: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
          expiry: typedDay,
          best_before: typedDay,
          production: typedDay,
          packaging: typedDay,
          sell_by: typedDay,
        }),
      ]),
      { minItems: 1, maxItems: 500 },
    ),
  }),
  status: 200,
  reply: Type.Object({ verdicts: Type.Array(RecallVerdict), data: RecallDataState }),
})
