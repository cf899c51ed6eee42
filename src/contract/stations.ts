import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

/** Where food or drink is made: kitchen, bar, counter. Its tickets carry numbers of its own without gaps. */
export const Station = Type.Object({
  id: Id,
  business_id: Id,
  name: Type.String(),
  /** Stands before the number on paper: `K` gives `K-0042`. */
  prefix: Type.String(),
  /** Printers in the order they are tried; the first is the station's own, the others are backups. */
  printer_ids: Type.Array(Id),
  copies: Type.Integer(),
  /** Gets the items that name no station. */
  is_default: Type.Boolean(),
  /** Also prints the guest's whole order (a pass or a counter), not only its own items. */
  prints_whole_order: Type.Boolean(),
  /** After a crash without evidence: print again, marked, or ask a person first. */
  after_doubt: Type.Enum(['reprint', 'ask']),
  /** Minutes after which a ticket that could not be printed waits for a person, instead of coming out late. */
  hold_after_minutes: Type.Integer(),
  sort: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Station = Static<typeof Station>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 60 }),
  prefix: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{1,3}$' })),
  printer_ids: Type.Optional(Type.Array(Id, { maxItems: 5, uniqueItems: true })),
  copies: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
  is_default: Type.Optional(Type.Boolean()),
  prints_whole_order: Type.Optional(Type.Boolean()),
  after_doubt: Type.Optional(Type.Enum(['reprint', 'ask'])),
  hold_after_minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1440 })),
  sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
}

const one = Type.Object({ station: Station })
const read = { tag: 'Restaurant', access: 'token', scope: 'restaurant:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'restaurant:write' } as const

export const listStations = defineEndpoint({
  ...read,
  name: 'listStations',
  method: 'GET',
  path: '/api/restaurant/stations',
  summary: 'The stations of a business, in their order',
  query: Type.Object({ business_id: Type.Optional(Id), ...pageQuery }),
  status: 200,
  reply: Type.Object({ stations: Paginated(Station) }),
})

export const createStation = defineEndpoint({
  ...write,
  name: 'createStation',
  method: 'POST',
  path: '/api/restaurant/stations',
  summary: 'Add a station',
  body: Type.Object({ business_id: Type.Optional(Id), ...fields }),
  status: 201,
  reply: one,
})

export const findStation = defineEndpoint({
  ...read,
  name: 'findStation',
  method: 'GET',
  path: '/api/restaurant/stations/{id}',
  summary: 'One station',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeStation = defineEndpoint({
  ...write,
  name: 'changeStation',
  method: 'PATCH',
  path: '/api/restaurant/stations/{id}',
  summary: 'Change a station',
  params: IdParams,
  body: Type.Object({ ...fields, name: Type.Optional(fields.name) }),
  status: 200,
  reply: one,
})

export const deleteStation = defineEndpoint({
  ...write,
  name: 'deleteStation',
  method: 'DELETE',
  path: '/api/restaurant/stations/{id}',
  summary: 'Remove a station; its items go to the default one',
  params: IdParams,
  status: 204,
})
