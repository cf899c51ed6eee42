import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { QrCodeFormat } from './qr-codes.ts'
import { QrStyle } from './qr-style.ts'

export const QrLink = Type.Object({
  id: Id,
  business_id: Id,
  slug: Type.String(),
  /** What the code leads to first: the redirect of this link. */
  short_url: Type.String(),
  destination_url: Type.String(),
  title: Nullable(Type.String()),
  campaign: Nullable(Type.String()),
  tags: Type.Array(Type.String()),
  notes: Nullable(Type.String()),
  is_active: Type.Boolean(),
  starts_at: Nullable(Timestamp),
  expires_at: Nullable(Timestamp),
  scan_count: Type.Integer(),
  last_scanned_at: Nullable(Timestamp),
  style: QrStyle,
  import_id: Nullable(Id),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type QrLink = Static<typeof QrLink>

const fields = {
  slug: Type.String({ minLength: 1, maxLength: 200, 'x-check': 'slug' }),
  destination_url: Type.String({ minLength: 1, maxLength: 2048, 'x-check': 'destination' }),
  title: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  campaign: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  tags: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 50 })),
  notes: Type.Optional(Nullable(Type.String({ maxLength: 5000 }))),
  is_active: Type.Optional(Type.Boolean()),
  starts_at: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
  expires_at: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
  style: Type.Optional(QrStyle),
}

export const NewQrLink = Type.Object({
  business_id: Type.Optional(Id),
  ...fields,
  /** Left out, a short free slug is made. */
  slug: Type.Optional(Nullable(fields.slug)),
})
export type NewQrLink = Static<typeof NewQrLink>

export const QrLinkChange = Type.Object({
  ...fields,
  slug: Type.Optional(fields.slug),
  destination_url: Type.Optional(fields.destination_url),
})
export type QrLinkChange = Static<typeof QrLinkChange>

const Status = Type.Enum(['active', 'paused', 'scheduled', 'expired'])

const filters = {
  business_id: Type.Optional(Id),
  search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
  campaign: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  tag: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
  status: Type.Optional(Nullable(Status)),
  import_id: Type.Optional(Nullable(Id)),
}

export const QrLinkFilter = Type.Object({
  ...filters,
  sort: Type.Optional(
    Type.Enum([
      'created_at',
      '-created_at',
      'slug',
      '-slug',
      'scan_count',
      '-scan_count',
      'last_scanned_at',
      '-last_scanned_at',
    ]),
  ),
})
export type QrLinkFilter = Static<typeof QrLinkFilter>

const one = Type.Object({ qr_link: QrLink })
const read = { tag: 'QR links', access: 'token', scope: 'links:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'links:write' } as const

export const listQrLinks = defineEndpoint({
  ...read,
  name: 'listQrLinks',
  method: 'GET',
  path: '/api/qr-links',
  summary: 'A page of QR links, filtered and sorted',
  query: Type.Object({ ...QrLinkFilter.properties, ...pageQuery }),
  status: 200,
  reply: Type.Object({ qr_links: Paginated(QrLink) }),
})

export const createQrLink = defineEndpoint({
  ...write,
  name: 'createQrLink',
  method: 'POST',
  path: '/api/qr-links',
  summary: 'Make a QR link',
  body: NewQrLink,
  status: 201,
  reply: one,
})

export const findQrLink = defineEndpoint({
  ...read,
  name: 'findQrLink',
  method: 'GET',
  path: '/api/qr-links/{id}',
  summary: 'One QR link',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeQrLink = defineEndpoint({
  ...write,
  name: 'changeQrLink',
  method: 'PATCH',
  path: '/api/qr-links/{id}',
  summary: 'Change a QR link; fields left out stay as they are',
  params: IdParams,
  body: QrLinkChange,
  status: 200,
  reply: one,
})

export const deleteQrLink = defineEndpoint({
  ...write,
  name: 'deleteQrLink',
  method: 'DELETE',
  path: '/api/qr-links/{id}',
  summary: 'Delete a QR link; its redirect answers 410 from then on',
  params: IdParams,
  status: 204,
})

export const restoreQrLink = defineEndpoint({
  ...write,
  name: 'restoreQrLink',
  method: 'POST',
  path: '/api/qr-links/{id}/restore',
  summary: 'Bring a deleted QR link back, with its scans',
  params: IdParams,
  status: 200,
  reply: one,
})

/** The tags and campaigns in use, for filters and suggestions; the most used first. */
export const listQrLinkFacets = defineEndpoint({
  ...read,
  name: 'listQrLinkFacets',
  method: 'GET',
  path: '/api/qr-links/facets',
  summary: 'Tags and campaigns in use, the most used first',
  query: Type.Object({ business_id: Type.Optional(Id) }),
  status: 200,
  reply: Type.Object({
    facets: Type.Object({
      tags: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() })),
      campaigns: Type.Array(Type.Object({ name: Type.String(), count: Type.Integer() })),
    }),
  }),
})

const imageOptions = {
  format: Type.Optional(QrCodeFormat),
  /** Width and height in pixels, quiet zone included. */
  size: Type.Optional(Type.Integer({ minimum: 64, maximum: 4096 })),
  ...QrStyle.properties,
  /** A client's look, over the link's own; what the query says itself comes before both. */
  preset_id: Type.Optional(Id),
  /** A `data:` address of a small PNG or JPEG; `none` leaves out that of the look. */
  logo: Type.Optional(Type.String({ maxLength: 12_000 })),
}

export const showQrLinkImage = defineEndpoint({
  ...read,
  name: 'showQrLinkImage',
  method: 'GET',
  path: '/api/qr-links/{id}/image',
  summary: 'The code of a link as a picture, in the look of its campaign; 422 where phones could not read it',
  params: IdParams,
  query: Type.Object(imageOptions),
  status: 200,
  produces: ['image/svg+xml', 'image/png', 'application/pdf', 'application/postscript'],
})

/** The codes of all links that a filter shows, as one ZIP file with an index. */
export const downloadQrLinkImages = defineEndpoint({
  ...read,
  name: 'downloadQrLinkImages',
  method: 'GET',
  path: '/api/qr-links/images',
  summary: 'The codes of all links that a filter shows, as a ZIP of files',
  throttle: 'exports',
  query: Type.Object({ ...QrLinkFilter.properties, ...imageOptions }),
  status: 200,
  produces: ['application/zip'],
})

export const QrScan = Type.Object({
  scanned_at: Timestamp,
  /** `ios`, `android`, `desktop`, `bot` or `other`, from the user agent; the agent itself and the address are not kept. */
  device: Type.String(),
  language: Nullable(Type.String()),
  referrer_host: Nullable(Type.String()),
})
export type QrScan = Static<typeof QrScan>

export const listQrLinkScans = defineEndpoint({
  ...read,
  name: 'listQrLinkScans',
  method: 'GET',
  path: '/api/qr-links/{id}/scans',
  summary: 'The scans of a link, the newest first',
  params: IdParams,
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({ scans: Paginated(QrScan) }),
})

const Interval = Type.Enum(['hour', 'day', 'week', 'month'])

export const QrLinkAnalytics = Type.Object({
  from: Timestamp,
  to: Timestamp,
  interval: Interval,
  scans: Type.Integer(),
  /** One entry an interval, empty ones too, oldest first. */
  series: Type.Array(Type.Object({ start: Timestamp, scans: Type.Integer() })),
  devices: Type.Array(Type.Object({ name: Type.String(), scans: Type.Integer() })),
  languages: Type.Array(Type.Object({ name: Type.String(), scans: Type.Integer() })),
  referrers: Type.Array(Type.Object({ name: Type.String(), scans: Type.Integer() })),
})
export type QrLinkAnalytics = Static<typeof QrLinkAnalytics>

export const showQrLinkAnalytics = defineEndpoint({
  ...read,
  name: 'showQrLinkAnalytics',
  method: 'GET',
  path: '/api/qr-links/{id}/analytics',
  summary: 'Scans of a link over a span, by interval, device, language and referrer',
  params: IdParams,
  query: Type.Object({
    from: Type.Optional(Type.String({ format: 'date-time' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
    interval: Type.Optional(Interval),
  }),
  status: 200,
  reply: Type.Object({ analytics: QrLinkAnalytics }),
})
