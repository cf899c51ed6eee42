import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'
import { QrStyle } from './qr-style.ts'

/** A client's look: one style and logo for all their codes. */
export const BrandPreset = Type.Object({
  id: Id,
  business_id: Id,
  name: Type.String(),
  /** The campaigns whose links take this look by themselves. */
  campaigns: Type.Array(Type.String()),
  style: QrStyle,
  /** A `data:` address of a PNG, JPEG or SVG picture; null without one. */
  logo: Nullable(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type BrandPreset = Static<typeof BrandPreset>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  campaigns: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 120 }), { maxItems: 50 })),
  style: Type.Optional(QrStyle),
  logo: Type.Optional(Nullable(Type.String({ maxLength: 700_000 }))),
}

const one = Type.Object({ brand_preset: BrandPreset })
const read = { tag: 'QR codes', access: 'token', scope: 'links:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'links:write' } as const

export const listBrandPresets = defineEndpoint({
  ...read,
  name: 'listBrandPresets',
  method: 'GET',
  path: '/api/brand-presets',
  summary: 'The looks of a business’s clients',
  query: Type.Object({ business_id: Type.Optional(Id), ...pageQuery }),
  status: 200,
  reply: Type.Object({ brand_presets: Paginated(BrandPreset) }),
})

export const createBrandPreset = defineEndpoint({
  ...write,
  name: 'createBrandPreset',
  method: 'POST',
  path: '/api/brand-presets',
  summary: 'Keep a look; a style that phones cannot read is refused with the field that mends it',
  body: Type.Object({ business_id: Type.Optional(Id), ...fields }),
  status: 201,
  reply: one,
})

export const findBrandPreset = defineEndpoint({
  ...read,
  name: 'findBrandPreset',
  method: 'GET',
  path: '/api/brand-presets/{id}',
  summary: 'One look',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeBrandPreset = defineEndpoint({
  ...write,
  name: 'changeBrandPreset',
  method: 'PATCH',
  path: '/api/brand-presets/{id}',
  summary: 'Change a look',
  params: IdParams,
  body: Type.Object({ ...fields, name: Type.Optional(fields.name) }),
  status: 200,
  reply: one,
})

export const deleteBrandPreset = defineEndpoint({
  ...write,
  name: 'deleteBrandPreset',
  method: 'DELETE',
  path: '/api/brand-presets/{id}',
  summary: 'Remove a look; codes made with it stay as they are',
  params: IdParams,
  status: 204,
})
