import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Paginated } from './pagination.ts'

/** A table of the restaurant, with the code that its guests scan. */
export const DiningTable = Type.Object({
  id: Id,
  business_id: Id,
  name: Type.String(),
  area: Nullable(Type.String()),
  seats: Nullable(Type.Integer()),
  /** What the table's code carries: it cannot be guessed, and a new one can be made. */
  code: Type.String(),
  /** Where the code leads while the guest page is open; null while it is closed. */
  guest_url: Nullable(Type.String()),
  /** A QR link that leads to this table from anywhere, when the owner has made one. */
  qr_link_id: Nullable(Id),
  /** What the table's code carries: the link's short address, else the guest page's; null while it has neither. */
  code_url: Nullable(Type.String()),
  is_active: Type.Boolean(),
  sort: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type DiningTable = Static<typeof DiningTable>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 40 }),
  area: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
  seats: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 500 }))),
  qr_link_id: Type.Optional(Nullable(Id)),
  is_active: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
}

const one = Type.Object({ table: DiningTable })
const read = { tag: 'Restaurant', access: 'token', scope: 'restaurant:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'restaurant:write' } as const

export const listTables = defineEndpoint({
  ...read,
  name: 'listTables',
  method: 'GET',
  path: '/api/restaurant/tables',
  summary: 'The tables of a business, in their order',
  query: Type.Object({ business_id: Type.Optional(Id), ...pageQuery }),
  status: 200,
  reply: Type.Object({ tables: Paginated(DiningTable) }),
})

export const createTable = defineEndpoint({
  ...write,
  name: 'createTable',
  method: 'POST',
  path: '/api/restaurant/tables',
  summary: 'Add a table',
  body: Type.Object({ business_id: Type.Optional(Id), ...fields }),
  status: 201,
  reply: one,
})

export const findTable = defineEndpoint({
  ...read,
  name: 'findTable',
  method: 'GET',
  path: '/api/restaurant/tables/{id}',
  summary: 'One table',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeTable = defineEndpoint({
  ...write,
  name: 'changeTable',
  method: 'PATCH',
  path: '/api/restaurant/tables/{id}',
  summary: 'Change a table; `new_code` makes codes already printed for it useless',
  params: IdParams,
  body: Type.Object({
    ...fields,
    name: Type.Optional(fields.name),
    new_code: Type.Optional(Type.Boolean()),
  }),
  status: 200,
  reply: one,
})

export const deleteTable = defineEndpoint({
  ...write,
  name: 'deleteTable',
  method: 'DELETE',
  path: '/api/restaurant/tables/{id}',
  summary: 'Remove a table; its code leads nowhere from then on',
  params: IdParams,
  status: 204,
})

export const showTableImage = defineEndpoint({
  ...read,
  name: 'showTableImage',
  method: 'GET',
  path: '/api/restaurant/tables/{id}/image',
  summary: 'The code of a table as a picture; 422 while the guest page is closed and no QR link is chosen',
  params: IdParams,
  query: Type.Object({
    format: Type.Optional(Type.Enum(['svg', 'png'])),
    size: Type.Optional(Type.Integer({ minimum: 64, maximum: 4096 })),
  }),
  status: 200,
  produces: ['image/svg+xml', 'image/png'],
})
