import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { RecallLine } from './recall-lines.ts'
import { Recall, RecallNotice } from './recalls.ts'

export const PassportStatus = Type.Enum(['draft', 'published', 'archived'])
export type PassportStatus = Static<typeof PassportStatus>

/** Which goods a passport speaks of: all of a model, one lot, one item. */
export const Granularity = Type.Enum(['model', 'lot', 'item'])
export type Granularity = Static<typeof Granularity>

/** The product groups whose own fields the app knows; `general` has the core alone. */
export const PassportProfile = Type.Enum([
  'general',
  'battery',
  'textile',
  'electronics',
  'food',
  'construction',
])
export type PassportProfile = Static<typeof PassportProfile>

const Text = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })))
const Party = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  id: Text(120),
  address: Text(500),
  email: Text(254),
  url: Text(2048),
})

/** The core that the law asks of every product group (ESPR, annex III). */
export const PassportCore = Type.Object({
  description: Text(5000),
  brand: Text(120),
  model: Text(120),
  category: Text(200),
  commodity_code: Text(20),
  country_of_production: Type.Optional(Nullable(Type.String({ pattern: '^[A-Z]{2}$' }))),
  produced_on: Type.Optional(Nullable(Type.String({ format: 'date' }))),
  manufacturer: Type.Optional(Nullable(Party)),
  importer: Type.Optional(Nullable(Party)),
  responsible_operator: Type.Optional(Nullable(Party)),
  facility: Type.Optional(Nullable(Party)),
  weight_grams: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
  materials: Type.Optional(
    Type.Array(
      Type.Object({
        name: Type.String({ minLength: 1, maxLength: 120 }),
        /** Hundredths of a percent of the mass. */
        share: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
        recycled_share: Type.Optional(Nullable(Type.Integer({ minimum: 0, maximum: 10_000 }))),
        origin_country: Type.Optional(Nullable(Type.String({ pattern: '^[A-Z]{2}$' }))),
        is_hazardous: Type.Optional(Type.Boolean()),
      }),
      { maxItems: 100 },
    ),
  ),
  documents: Type.Optional(
    Type.Array(
      Type.Object({
        kind: Type.Enum(['conformity', 'manual', 'safety', 'warning', 'repair', 'certificate', 'other']),
        title: Type.String({ minLength: 1, maxLength: 200 }),
        url: Type.String({ maxLength: 2048, 'x-check': 'destination' }),
        language: Text(35),
      }),
      { maxItems: 100 },
    ),
  ),
  images: Type.Optional(
    Type.Array(Type.String({ maxLength: 2048, 'x-check': 'destination' }), { maxItems: 20 }),
  ),
  repair: Text(5000),
  disposal: Text(5000),
  warranty: Text(2000),
})
export type PassportCore = Static<typeof PassportCore>

export const ProductPassport = Type.Object({
  id: Id,
  business_id: Id,
  name: Type.String(),
  /** 14 digits. */
  gtin: Type.String(),
  granularity: Granularity,
  lot: Nullable(Type.String()),
  serial: Nullable(Type.String()),
  profile: PassportProfile,
  status: PassportStatus,
  core: PassportCore,
  /** The fields of its profile, checked against it. */
  extension: Type.Record(Type.String(), Type.Unknown()),
  /** GS1 link types beside the passport's own page: `gs1:instructions` and so on. */
  links: Type.Array(
    Type.Object({
      type: Type.String(),
      url: Type.String(),
      title: Type.String(),
      language: Nullable(Type.String()),
    }),
  ),
  digital_link: Type.String(),
  revision: Type.Integer(),
  /** The recall that overrides it now, or null. */
  recall_id: Nullable(Id),
  scan_count: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type ProductPassport = Static<typeof ProductPassport>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 200 }),
  gtin: Type.String({ pattern: '^[0-9]{8}$|^[0-9]{12,14}$' }),
  granularity: Type.Optional(Granularity),
  lot: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 20 }))),
  serial: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 20 }))),
  profile: Type.Optional(PassportProfile),
  status: Type.Optional(Type.Enum(['draft', 'published', 'archived'])),
  core: Type.Optional(PassportCore),
  extension: Type.Optional(Type.Record(Type.String({ maxLength: 80 }), Type.Unknown())),
  links: Type.Optional(
    Type.Array(
      Type.Object({
        type: Type.String({ pattern: '^gs1:[A-Za-z]{1,60}$' }),
        url: Type.String({ maxLength: 2048, 'x-check': 'destination' }),
        title: Type.String({ minLength: 1, maxLength: 200 }),
        language: Type.Optional(Nullable(Type.String({ maxLength: 35 }))),
      }),
      { maxItems: 60 },
    ),
  ),
}

const one = Type.Object({ product_passport: ProductPassport })
const read = {
  tag: 'Product passports',
  access: 'token',
  scope: 'passports:read',
  throttle: 'user-api',
} as const
const write = { ...read, scope: 'passports:write' } as const

export const listProductPassports = defineEndpoint({
  ...read,
  name: 'listProductPassports',
  method: 'GET',
  path: '/api/product-passports',
  summary: 'Passports of a business, the newest first',
  query: Type.Object({
    business_id: Type.Optional(Id),
    status: Type.Optional(Nullable(PassportStatus)),
    gtin: Type.Optional(Nullable(Type.String({ maxLength: 14 }))),
    search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ product_passports: Paginated(ProductPassport) }),
})

export const createProductPassport = defineEndpoint({
  ...write,
  name: 'createProductPassport',
  method: 'POST',
  path: '/api/product-passports',
  summary: 'Make a passport',
  body: Type.Object({ business_id: Type.Optional(Id), ...fields }),
  status: 201,
  reply: one,
})

export const findProductPassport = defineEndpoint({
  ...read,
  name: 'findProductPassport',
  method: 'GET',
  path: '/api/product-passports/{id}',
  summary: 'One passport, as it is or as it was in a revision',
  params: IdParams,
  query: Type.Object({ revision: Type.Optional(Nullable(Type.Integer({ minimum: 1 }))) }),
  status: 200,
  reply: one,
})

export const changeProductPassport = defineEndpoint({
  ...write,
  name: 'changeProductPassport',
  method: 'PATCH',
  path: '/api/product-passports/{id}',
  summary: 'Change a passport; what it said before is kept for good',
  params: IdParams,
  body: Type.Object({ ...fields, name: Type.Optional(fields.name), gtin: Type.Optional(fields.gtin) }),
  status: 200,
  reply: one,
})

export const listPassportRevisions = defineEndpoint({
  ...read,
  name: 'listPassportRevisions',
  method: 'GET',
  path: '/api/product-passports/{id}/revisions',
  summary:
    'Who changed a passport and when, the newest first; `?revision=` of the passport shows what it said',
  params: IdParams,
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({
    revisions: Paginated(
      Type.Object({
        revision: Type.Integer(),
        name: Type.String(),
        status: PassportStatus,
        by: Type.String(),
        created_at: Timestamp,
      }),
    ),
  }),
})

export const deleteProductPassport = defineEndpoint({
  ...write,
  name: 'deleteProductPassport',
  method: 'DELETE',
  path: '/api/product-passports/{id}',
  summary: 'Archive a passport; nothing it said is lost, and its code still answers',
  params: IdParams,
  status: 204,
})

export const ExportFormat = Type.Enum([
  'json',
  'jsonld',
  'untp',
  'epcis',
  'linkset',
  'html',
  'csv',
  'pdf',
  'label_svg',
  'label_png',
  'label_pdf',
  'zip',
])
export type ExportFormat = Static<typeof ExportFormat>

/** What a label carries. */
export const LabelSymbol = Type.Enum(['gs1_datamatrix', 'qr_digital_link', 'ean', 'gs1_128'])
export type LabelSymbol = Static<typeof LabelSymbol>

export const exportProductPassport = defineEndpoint({
  ...read,
  name: 'exportProductPassport',
  method: 'GET',
  path: '/api/product-passports/{id}/exports',
  summary: 'What can be had of a passport, and with `format` the thing itself',
  params: IdParams,
  query: Type.Object({
    format: Type.Optional(ExportFormat),
    symbol: Type.Optional(LabelSymbol),
  }),
  status: 200,
  reply: Type.Object({
    exports: Type.Array(
      Type.Object({
        format: ExportFormat,
        /** Of a label: what to send as `symbol` to get it. */
        symbol: Type.Optional(LabelSymbol),
        media_type: Type.String(),
        filename: Type.String(),
        bytes: Type.Integer(),
        sha256: Type.String(),
      }),
    ),
  }),
  produces: [
    'application/json',
    'application/ld+json',
    'application/linkset+json',
    'text/html',
    'text/csv',
    'application/pdf',
    'image/svg+xml',
    'image/png',
    'application/zip',
  ],
})

export const setRecallOverride = defineEndpoint({
  ...write,
  name: 'setRecallOverride',
  method: 'POST',
  path: '/api/product-passports/{id}/recall-override',
  summary: 'Put a recall before a passport’s page, revise it, or lift it with a reason',
  scope: 'recalls:write',
  params: IdParams,
  body: Type.Object({
    action: Type.Optional(Type.Enum(['set', 'lift'])),
    notice: Type.Optional(RecallNotice),
    /** Left out, every unit of the passport's GTIN, lot or serial. */
    lines: Type.Optional(Type.Array(RecallLine, { minItems: 1, maxItems: 100 })),
    mode: Type.Optional(Type.Enum(['redirect', 'interstitial', 'banner'])),
    is_mock: Type.Optional(Type.Boolean()),
    effective_from: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
    effective_to: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
    reason: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  }),
  status: 200,
  reply: Type.Object({ product_passport: ProductPassport, recall: Recall }),
})

const Count = Type.Object({ name: Type.String(), scans: Type.Integer() })

export const PassportAnalytics = Type.Object({
  from: Timestamp,
  to: Timestamp,
  interval: Type.Enum(['hour', 'day', 'week', 'month']),
  scans: Type.Integer(),
  series: Type.Array(Type.Object({ start: Timestamp, scans: Type.Integer() })),
  lots: Type.Array(Count),
  link_types: Type.Array(Count),
  devices: Type.Array(Count),
  languages: Type.Array(Count),
  /** Null where no recall ever overrode it. */
  recall: Nullable(
    Type.Object({
      recall_id: Id,
      announced_at: Timestamp,
      scans_before: Type.Integer(),
      scans_after: Type.Integer(),
      in_scope: Type.Integer(),
      possible: Type.Integer(),
      out_of_scope: Type.Integer(),
      distinct_serials: Type.Integer(),
      /** Scans of what the record says was destroyed or returned: it is in circulation again. */
      after_destruction: Type.Integer(),
      actions: Type.Array(Type.Object({ action: Type.String(), quantity: Type.Integer() })),
      affected: Nullable(Type.Integer()),
      accounted: Type.Integer(),
      /** Seconds from the notice to the first action; null before it. */
      first_action_after: Nullable(Type.Integer()),
    }),
  ),
})
export type PassportAnalytics = Static<typeof PassportAnalytics>

export const showPassportAnalytics = defineEndpoint({
  ...read,
  name: 'showPassportAnalytics',
  method: 'GET',
  path: '/api/product-passports/{id}/analytics',
  summary: 'Scans of a passport over a span, with what a recall changed',
  params: IdParams,
  query: Type.Object({
    from: Type.Optional(Type.String({ format: 'date-time' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
    interval: Type.Optional(Type.Enum(['hour', 'day', 'week', 'month'])),
  }),
  status: 200,
  reply: Type.Object({ analytics: PassportAnalytics }),
})
