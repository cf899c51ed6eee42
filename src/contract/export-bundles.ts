import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { QrStyle } from './qr-style.ts'

/** What a bundle can hold. */
export const BundleKind = Type.Enum(['qr_codes', 'print_sheets', 'wallet_cards'])
export type BundleKind = Static<typeof BundleKind>

export const BundleStatus = Type.Enum([
  'queued',
  'building',
  'paused',
  'ready',
  'cancelled',
  'failed',
  'expired',
])
export type BundleStatus = Static<typeof BundleStatus>

/** Lengths in millimetres, from the top left of the paper. */
export const LabelStock = Type.Object({
  id: Type.String(),
  name: Type.String(),
  paper: Type.Enum(['A4', 'Letter', 'own']),
  width: Type.Number(),
  height: Type.Number(),
  columns: Type.Integer(),
  rows: Type.Integer(),
  label_width: Type.Number(),
  label_height: Type.Number(),
  left: Type.Number(),
  top: Type.Number(),
  /** From the left edge of a label to that of the next; its height likewise. */
  pitch_x: Type.Number(),
  pitch_y: Type.Number(),
  radius: Type.Number(),
})
export type LabelStock = Static<typeof LabelStock>

const Millimetres = Type.Number({ minimum: 0, maximum: 2_000 })

/** How codes lie on paper. `stock` names a label stock; `own` gives the sizes of one that is not in the table. */
export const SheetLayout = Type.Object({
  stock: Type.String({ maxLength: 60 }),
  own: Type.Optional(
    Type.Object({
      width: Millimetres,
      height: Millimetres,
      columns: Type.Integer({ minimum: 1, maximum: 100 }),
      rows: Type.Integer({ minimum: 1, maximum: 200 }),
      label_width: Millimetres,
      label_height: Millimetres,
      left: Millimetres,
      top: Millimetres,
      pitch_x: Millimetres,
      pitch_y: Millimetres,
    }),
  ),
  /** Labels to leave free on the first page, for a sheet that was begun. */
  skip: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000 })),
  copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  /** How far the label's background reaches over its edge. */
  bleed: Type.Optional(Type.Number({ minimum: 0, maximum: 10 })),
  cut_marks: Type.Optional(Type.Boolean()),
  outlines: Type.Optional(Type.Boolean()),
  caption: Type.Optional(Type.Enum(['none', 'title', 'slug', 'short_url', 'destination'])),
  /** A number that runs from `from`, such as `No. 0001`. */
  sequence: Type.Optional(
    Type.Object({
      prefix: Type.String({ maxLength: 20 }),
      from: Type.Integer({ minimum: 0, maximum: 99_999_999 }),
      digits: Type.Integer({ minimum: 1, maximum: 8 }),
    }),
  ),
})
export type SheetLayout = Static<typeof SheetLayout>

/** What is asked for. Links and cards by id, or by a filter as their lists take it. */
export const BundleRequest = Type.Object({
  kind: BundleKind,
  /** Whose codes are on print sheets; links unless it says otherwise. */
  of: Type.Optional(Type.Enum(['links', 'cards'])),
  ids: Type.Optional(Type.Array(Id, { maxItems: 10_000 })),
  filter: Type.Optional(
    Type.Object({
      search: Type.Optional(Type.String({ maxLength: 200 })),
      campaign: Type.Optional(Type.String({ maxLength: 120 })),
      tag: Type.Optional(Type.String({ maxLength: 60 })),
      status: Type.Optional(Type.String({ maxLength: 20 })),
      import_id: Type.Optional(Id),
      /** Of cards. */
      kind: Type.Optional(Type.Enum(['contact', 'event'])),
    }),
  ),
  /** `svg`, `png`, `pdf`, `eps` of codes; `vcf`, `ics`, `html`, `apple`, `google` of cards. */
  formats: Type.Optional(Type.Array(Type.String({ maxLength: 10 }), { minItems: 1, maxItems: 5 })),
  size: Type.Optional(Type.Integer({ minimum: 64, maximum: 4_096 })),
  style: Type.Optional(QrStyle),
  preset_id: Type.Optional(Id),
  layout: Type.Optional(SheetLayout),
  /** Reads every code back with an independent reader; on unless turned off. */
  verify: Type.Optional(Type.Boolean()),
})
export type BundleRequest = Static<typeof BundleRequest>

export const ExportBundle = Type.Object({
  id: Id,
  business_id: Id,
  kind: BundleKind,
  status: BundleStatus,
  request: BundleRequest,
  done: Type.Integer(),
  total: Type.Integer(),
  /** Codes that were read back, and those that were not, which are left out and listed in the manifest. */
  verified: Type.Integer(),
  refused: Type.Integer(),
  bytes: Nullable(Type.Integer()),
  sha256: Nullable(Type.String()),
  filename: Nullable(Type.String()),
  /** Why it failed, as a sentence that says what to do. */
  reason: Nullable(Type.String()),
  expires_at: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type ExportBundle = Static<typeof ExportBundle>

export const BundleCap = Type.Object({
  max_rows: Type.Integer(),
  max_bytes: Type.Integer(),
  formats: Type.Array(Type.String()),
  remaining_today: Type.Integer(),
})
export type BundleCap = Static<typeof BundleCap>

const one = Type.Object({ bundle: ExportBundle })
/** The throttle of exports is for what costs: to look, and to stop what runs, must never have to wait. */
const read = { tag: 'Exports', access: 'token', scope: 'exports:read', throttle: 'user-api' } as const
const costly = { ...read, throttle: 'exports' } as const

export const listExportBundles = defineEndpoint({
  ...read,
  name: 'listExportBundles',
  method: 'GET',
  path: '/api/exports/bundles',
  summary: 'Bundles, newest first, and the caps that the code enforces with what is left of them',
  query: Type.Object({ business_id: Type.Optional(Id), ...pageQuery }),
  status: 200,
  reply: Type.Object({ caps: Type.Record(Type.String(), BundleCap), bundles: Paginated(ExportBundle) }),
})

export const createExportBundle = defineEndpoint({
  ...costly,
  name: 'createExportBundle',
  method: 'POST',
  path: '/api/exports/bundles',
  summary: 'Build a ZIP in the background; past a cap 422 names it',
  body: Type.Object({ business_id: Type.Optional(Id), ...BundleRequest.properties }),
  status: 202,
  reply: one,
})

export const findExportBundle = defineEndpoint({
  ...read,
  name: 'findExportBundle',
  method: 'GET',
  path: '/api/exports/bundles/{id}',
  summary: 'One bundle',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeExportBundle = defineEndpoint({
  ...read,
  name: 'changeExportBundle',
  method: 'PATCH',
  path: '/api/exports/bundles/{id}',
  summary: 'Cancel, pause or go on with a bundle',
  params: IdParams,
  body: Type.Object({ status: Type.Enum(['cancelled', 'paused', 'queued']) }),
  status: 200,
  reply: one,
})

export const deleteExportBundle = defineEndpoint({
  ...read,
  name: 'deleteExportBundle',
  method: 'DELETE',
  path: '/api/exports/bundles/{id}',
  summary: 'Remove a bundle and its file',
  params: IdParams,
  status: 204,
})

export const downloadExportBundle = defineEndpoint({
  ...costly,
  name: 'downloadExportBundle',
  method: 'GET',
  path: '/api/exports/bundles/{id}/download',
  summary: 'The file of a bundle; 409 while it is not ready, 410 once it expired',
  params: IdParams,
  /** `pdf` is the sheets of a bundle of print sheets without its manifest. */
  query: Type.Object({ format: Type.Optional(Type.Enum(['zip', 'pdf'])) }),
  also: [409, 410],
  status: 200,
  produces: ['application/zip', 'application/pdf'],
})

export const listLabelStocks = defineEndpoint({
  ...read,
  name: 'listLabelStocks',
  method: 'GET',
  path: '/api/exports/label-stocks',
  summary: 'The label sheets that are known by name, with their sizes in millimetres',
  status: 200,
  reply: Type.Object({ label_stocks: Type.Array(LabelStock) }),
})

export const previewSheet = defineEndpoint({
  ...read,
  name: 'previewSheet',
  method: 'POST',
  path: '/api/exports/sheet-preview',
  summary:
    'One page of a print sheet as a picture, drawn by what draws the PDF, and how many pages there are',
  body: Type.Object({
    business_id: Type.Optional(Id),
    ...BundleRequest.properties,
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  }),
  status: 200,
  reply: Type.Object({
    /** The page as SVG, in millimetres. */
    svg: Type.String(),
    page: Type.Integer(),
    pages: Type.Integer(),
    labels: Type.Integer(),
  }),
})
