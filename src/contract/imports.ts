import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { cardImportFields, importKinds, linkImportFields } from './import-kinds.ts'
import { Paginated } from './pagination.ts'

const FieldName = Type.Enum([...new Set([...linkImportFields, ...cardImportFields])])

export const ImportKindName = Type.Enum(importKinds)

export const ImportStatus = Type.Enum([
  'scanning',
  'ready',
  'committing',
  'committed',
  'undoing',
  'undone',
  'cancelled',
  'failed',
])
export type ImportStatus = Static<typeof ImportStatus>

export const OnDuplicate = Type.Enum(['skip', 'update', 'fail'])
export type OnDuplicate = Static<typeof OnDuplicate>

export const ImportCounts = Type.Object({
  rows: Type.Integer(),
  valid: Type.Integer(),
  warnings: Type.Integer(),
  errors: Type.Integer(),
  creates: Type.Integer(),
  updates: Type.Integer(),
  unchanged: Type.Integer(),
  skipped: Type.Integer(),
  duplicates: Type.Integer(),
})
export type ImportCounts = Static<typeof ImportCounts>

export const ImportFinding = Type.Object({
  /** 1-based number of the record among the data rows; 0 for a finding on the header. */
  row: Type.Integer(),
  /** 1-based line of the file where the record starts. */
  line: Nullable(Type.Integer()),
  column: Nullable(Type.String()),
  code: Type.String(),
  severity: Type.Enum(['error', 'warning']),
  message: Type.String(),
  value: Nullable(Type.String()),
  suggestion: Type.Optional(Type.String()),
  /** For a duplicate in the file: the row that has the slug, or the same card, first. */
  first_row: Type.Optional(Type.Integer()),
})
export type ImportFinding = Static<typeof ImportFinding>

export const ImportColumn = Type.Object({
  index: Type.Integer(),
  name: Type.String(),
  /** The field of the link or card that it feeds, or null when the column is left out. */
  field: Nullable(Type.String()),
  /** How the field was found: by its exact name, an alias, likeness, memory of an earlier import, or a person. */
  matched_by: Nullable(Type.String()),
})
export type ImportColumn = Static<typeof ImportColumn>

export const Import = Type.Object({
  id: Id,
  business_id: Id,
  /** What its rows become. */
  kind: ImportKindName,
  status: ImportStatus,
  filename: Type.String(),
  size: Type.Integer(),
  encoding: Type.String(),
  /** `,`, `;`, tab or `|`. */
  delimiter: Type.String(),
  /** 1-based record of the file that holds the headers; 0 when it has none. */
  header_row: Type.Integer(),
  on_duplicate: OnDuplicate,
  columns: Type.Array(ImportColumn),
  mapping: Type.Record(Type.String(), Nullable(Type.String())),
  header_findings: Type.Array(ImportFinding),
  counts: ImportCounts,
  /** How many rows carry each finding code, the most frequent first. */
  finding_counts: Type.Array(
    Type.Object({
      code: Type.String(),
      severity: Type.String(),
      rows: Type.Integer(),
      fixable: Type.Boolean(),
    }),
  ),
  progress: Type.Object({
    phase: Type.String(),
    done: Type.Integer(),
    total: Type.Integer(),
    rows: Type.Integer(),
  }),
  /** After an undo: what was taken back, kept because somebody changed it since, or failed. */
  undo: Nullable(Type.Object({ reversed: Type.Integer(), kept: Type.Integer(), errored: Type.Integer() })),
  /** Why the import failed, in a sentence. */
  failure: Nullable(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
  committed_at: Nullable(Timestamp),
})
export type Import = Static<typeof Import>

export const ImportRow = Type.Object({
  row: Type.Integer(),
  line: Type.Integer(),
  /** The cells of the file in its own column order, edits applied. */
  cells: Type.Array(Type.String()),
  /** Indexes of cells that a person changed. */
  edited: Type.Array(Type.Integer()),
  action: Type.Enum(['create', 'update', 'unchanged', 'skip', 'error']),
  findings: Type.Array(ImportFinding),
})
export type ImportRow = Static<typeof ImportRow>

export const importRowFilters = [
  'all',
  'errors',
  'warnings',
  'duplicates',
  'creates',
  'updates',
  'unchanged',
  'skipped',
  'edited',
] as const
export type ImportRowFilter = (typeof importRowFilters)[number]

const one = Type.Object({ import: Import })
const shape = { tag: 'Bulk import', access: 'token', scope: 'imports:write', throttle: 'user-api' } as const

const preview = {
  query: Type.Object({
    business_id: Type.Optional(Id),
    /** `0` answers as soon as the file is here; progress then comes over the events. */
    wait: Type.Optional(Type.Boolean()),
    filename: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  /** Pasted text; a file comes as multipart or as the body itself. */
  body: Type.Object({
    text: Type.String({ maxLength: 1_000_000, 'x-raw': true }),
    filename: Type.Optional(Type.String({ maxLength: 255 })),
  }),
  uploads: [
    'multipart/form-data',
    'text/csv',
    'text/tab-separated-values',
    'text/plain',
    'application/octet-stream',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  status: 201,
  reply: one,
} as const

export const previewQrLinkImport = defineEndpoint({
  ...shape,
  ...preview,
  name: 'previewQrLinkImport',
  method: 'POST',
  path: '/api/imports/qr-links/preview',
  summary: 'Check a spreadsheet of links before anything is saved',
})

export const previewWalletPassImport = defineEndpoint({
  ...shape,
  ...preview,
  name: 'previewWalletPassImport',
  method: 'POST',
  path: '/api/imports/wallet-passes/preview',
  summary: 'Check a spreadsheet of contact and event cards before anything is saved',
})

export const listImports = defineEndpoint({
  ...shape,
  name: 'listImports',
  method: 'GET',
  path: '/api/imports',
  summary: 'Imports, the newest first',
  query: Type.Object({
    business_id: Type.Optional(Id),
    kind: Type.Optional(ImportKindName),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ imports: Paginated(Import) }),
})

export const findImport = defineEndpoint({
  ...shape,
  name: 'findImport',
  method: 'GET',
  path: '/api/imports/{id}',
  summary: 'One import with its counts',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeImport = defineEndpoint({
  ...shape,
  name: 'changeImport',
  method: 'PATCH',
  path: '/api/imports/{id}',
  summary: 'Change how the file is read or mapped; it is checked again',
  params: IdParams,
  query: Type.Object({ wait: Type.Optional(Type.Boolean()) }),
  body: Type.Object({
    /** Column index (as text) → field of the link or card, or null to leave the column out. */
    mapping: Type.Optional(Type.Record(Type.String(), Nullable(FieldName))),
    delimiter: Type.Optional(Type.Enum([',', ';', '\t', '|'], { 'x-raw': true })),
    encoding: Type.Optional(Type.String({ maxLength: 40, 'x-check': 'encoding' })),
    header_row: Type.Optional(Type.Integer({ minimum: 0, maximum: 1000 })),
    on_duplicate: Type.Optional(OnDuplicate),
  }),
  status: 200,
  reply: one,
  also: [409],
})

export const listImportRows = defineEndpoint({
  ...shape,
  name: 'listImportRows',
  method: 'GET',
  path: '/api/imports/{id}/rows',
  summary: 'A page of the rows of a file with what is wrong in them',
  params: IdParams,
  query: Type.Object({
    filter: Type.Optional(Type.Enum(importRowFilters)),
    /** Only rows that carry this finding. */
    code: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ rows: Paginated(ImportRow) }),
  also: [409],
})

export const changeImportRow = defineEndpoint({
  ...shape,
  name: 'changeImportRow',
  method: 'PATCH',
  path: '/api/imports/{id}/rows/{row}',
  summary: 'Mend cells of one row; the row is checked again',
  params: Type.Object({ id: Id, row: Type.Integer({ minimum: 1 }) }),
  /** Column index (as text) → new value; null takes an edit back. */
  body: Type.Object({
    cells: Type.Record(Type.String(), Nullable(Type.String({ maxLength: 100_000, 'x-raw': true }))),
  }),
  status: 200,
  reply: Type.Object({ row: ImportRow, import: Import }),
  also: [409],
})

export const fixImportRows = defineEndpoint({
  ...shape,
  name: 'fixImportRows',
  method: 'POST',
  path: '/api/imports/{id}/fix',
  summary: 'Take the suggestion of one finding code for every row that has one',
  params: IdParams,
  body: Type.Object({ code: Type.String({ minLength: 1, maxLength: 60 }) }),
  status: 200,
  reply: Type.Object({ fixed: Type.Integer(), import: Import }),
  also: [409],
})

export const downloadImportErrors = defineEndpoint({
  ...shape,
  name: 'downloadImportErrors',
  method: 'GET',
  path: '/api/imports/{id}/errors.csv',
  summary: 'The rows with errors, each with what is wrong; it can be mended and imported again',
  params: IdParams,
  status: 200,
  produces: ['text/csv'],
  also: [409],
})

export const commitImport = defineEndpoint({
  ...shape,
  name: 'commitImport',
  method: 'POST',
  path: '/api/imports/{id}/commit',
  summary: 'Save all the good rows, or none',
  params: IdParams,
  query: Type.Object({ wait: Type.Optional(Type.Boolean()) }),
  status: 200,
  reply: one,
  also: [409],
})

export const cancelImport = defineEndpoint({
  ...shape,
  name: 'cancelImport',
  method: 'POST',
  path: '/api/imports/{id}/cancel',
  summary: 'Stop what the import is doing; nothing of a half-done commit stays',
  params: IdParams,
  status: 200,
  reply: one,
  also: [409],
})

export const undoImport = defineEndpoint({
  ...shape,
  name: 'undoImport',
  method: 'POST',
  path: '/api/imports/{id}/undo',
  summary: 'Take a committed import back; what was changed since is kept',
  params: IdParams,
  query: Type.Object({ wait: Type.Optional(Type.Boolean()) }),
  status: 200,
  reply: one,
  also: [409],
})

export const deleteImport = defineEndpoint({
  ...shape,
  name: 'deleteImport',
  method: 'DELETE',
  path: '/api/imports/{id}',
  summary: 'Forget an import and its file; what it made stays',
  params: IdParams,
  status: 204,
  also: [409],
})

export const watchImport = defineEndpoint({
  ...shape,
  name: 'watchImport',
  method: 'GET',
  path: '/api/imports/{id}/events',
  summary: 'Progress of an import as server-sent events',
  params: IdParams,
  status: 200,
  produces: ['text/event-stream'],
})
