import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

export const Business = Type.Object({
  id: Id,
  name: Type.String(),
  /** The domain that short links are printed with, without scheme; null while only this machine serves them. */
  short_domain: Nullable(Type.String()),
  timezone: Type.String(),
  currency: Type.String(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Business = Static<typeof Business>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  short_domain: Type.Optional(Nullable(Type.String({ maxLength: 253, 'x-check': 'domain' }))),
  timezone: Type.Optional(Type.String({ maxLength: 64, 'x-check': 'timezone' })),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
}

const one = Type.Object({ business: Business })
const shape = { tag: 'Businesses', access: 'token', throttle: 'user-api' } as const

export const listBusinesses = defineEndpoint({
  ...shape,
  name: 'listBusinesses',
  method: 'GET',
  path: '/api/businesses',
  summary: 'The businesses this caller may see',
  query: Type.Object(pageQuery),
  status: 200,
  reply: Type.Object({ businesses: Paginated(Business) }),
})

export const createBusiness = defineEndpoint({
  ...shape,
  name: 'createBusiness',
  method: 'POST',
  path: '/api/businesses',
  summary: 'Add a business, such as a new client of an agency',
  scope: '*',
  throttle: 'admin-writes',
  body: Type.Object(fields),
  status: 201,
  reply: one,
})

export const findBusiness = defineEndpoint({
  ...shape,
  name: 'findBusiness',
  method: 'GET',
  path: '/api/businesses/{id}',
  summary: 'One business',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeBusiness = defineEndpoint({
  ...shape,
  name: 'changeBusiness',
  method: 'PATCH',
  path: '/api/businesses/{id}',
  summary: 'Change a business',
  scope: '*',
  throttle: 'admin-writes',
  params: IdParams,
  body: Type.Object({ ...fields, name: Type.Optional(fields.name) }),
  status: 200,
  reply: one,
})
