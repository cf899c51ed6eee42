import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { TicketKind } from './ticket.ts'

/**
 * `waiting` for its printer or its turn · `printing` now · `printed` and proved · `sent`, but this printer cannot prove
 * it · `held` for a person, because it is late or in doubt · `skipped` by a person · `superseded` by a later revision.
 */
export const PrintJobState = Type.Enum([
  'waiting',
  'printing',
  'printed',
  'sent',
  'held',
  'skipped',
  'superseded',
])
export type PrintJobState = Static<typeof PrintJobState>

export const PrintAttempt = Type.Object({
  number: Type.Integer(),
  printer_id: Nullable(Id),
  printer: Type.String(),
  /** What the paper says on its head: nothing, that it is a reprint, that it came from a backup printer, or both. */
  mark: Type.Enum(['none', 'reprint', 'backup', 'both']),
  /** Null while it runs. `unknown`: bytes were sent, and nothing tells whether paper came out. */
  outcome: Nullable(Type.Enum(['printed', 'sent', 'clean_fail', 'unknown', 'superseded'])),
  reason: Nullable(Type.String()),
  started_at: Timestamp,
  ended_at: Nullable(Timestamp),
})
export type PrintAttempt = Static<typeof PrintAttempt>

export const PrintJob = Type.Object({
  id: Id,
  kind: Type.Union([TicketKind, Type.Enum(['drawer'])]),
  order_intent_id: Nullable(Id),
  /** The order's number of the day, for people. */
  order_number: Nullable(Type.String()),
  revision: Type.Integer(),
  copy: Type.Integer(),
  station_id: Nullable(Id),
  station: Nullable(Type.String()),
  /** As on the paper: `K-0042`. */
  station_number: Nullable(Type.String()),
  printer_id: Nullable(Id),
  printer: Nullable(Type.String()),
  state: PrintJobState,
  /** Why it is where it is and what to do about it, in words; null when there is nothing to say. */
  reason: Nullable(Type.String()),
  attempts: Type.Array(PrintAttempt),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type PrintJob = Static<typeof PrintJob>

const one = Type.Object({ print_job: PrintJob })
const shape = { tag: 'This device', access: 'device', throttle: 'none', scope: 'local:admin' } as const

export const listPrintJobs = defineEndpoint({
  ...shape,
  name: 'listPrintJobs',
  method: 'GET',
  path: '/api/local/print-jobs',
  summary: 'Print jobs, the newest first; `state=stuck` gives those that need a person or a printer',
  query: Type.Object({
    state: Type.Optional(
      Nullable(
        Type.Enum(['waiting', 'printing', 'printed', 'sent', 'held', 'skipped', 'superseded', 'stuck']),
      ),
    ),
    printer_id: Type.Optional(Nullable(Id)),
    order_intent_id: Type.Optional(Nullable(Id)),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ print_jobs: Paginated(PrintJob) }),
})

export const findPrintJob = defineEndpoint({
  ...shape,
  name: 'findPrintJob',
  method: 'GET',
  path: '/api/local/print-jobs/{id}',
  summary: 'One print job',
  params: IdParams,
  status: 200,
  reply: one,
})

export const showPrintJobPreview = defineEndpoint({
  ...shape,
  name: 'showPrintJobPreview',
  method: 'GET',
  path: '/api/local/print-jobs/{id}/preview',
  summary: 'The ticket as it comes out of the printer, decoded from the very bytes that go there',
  params: IdParams,
  query: Type.Object({ format: Type.Optional(Type.Enum(['png', 'escpos'])) }),
  status: 200,
  produces: ['image/png', 'application/octet-stream'],
})

export const settlePrintJob = defineEndpoint({
  ...shape,
  name: 'settlePrintJob',
  method: 'POST',
  path: '/api/local/print-jobs/{id}/settle',
  summary: 'Decide on a held or waiting job: print it now, say that it was printed, skip it, or move it',
  params: IdParams,
  body: Type.Object({
    action: Type.Enum(['print', 'was_printed', 'skip', 'move']),
    /** For `move`. */
    printer_id: Type.Optional(Nullable(Id)),
  }),
  status: 200,
  reply: one,
})

export const reprintPrintJob = defineEndpoint({
  ...shape,
  name: 'reprintPrintJob',
  method: 'POST',
  path: '/api/local/print-jobs/{id}/reprint',
  summary: 'Print another copy, marked REPRINT; while one is still on its way it is a 409 that names it',
  params: IdParams,
  body: Type.Object({ printer_id: Type.Optional(Nullable(Id)) }),
  status: 201,
  reply: one,
})

/** What is wrong now, for the bar on every screen. */
export const showPrintTrouble = defineEndpoint({
  ...shape,
  name: 'showPrintTrouble',
  method: 'GET',
  path: '/api/local/print-trouble',
  summary: 'How many tickets are stuck and which printers need a hand',
  status: 200,
  reply: Type.Object({
    trouble: Type.Object({
      held: Type.Integer(),
      waiting: Type.Integer(),
      /** Since when the oldest of them waits. */
      oldest_at: Nullable(Timestamp),
      printers: Type.Array(Type.Object({ id: Id, name: Type.String(), reason: Type.String() })),
    }),
  }),
})
