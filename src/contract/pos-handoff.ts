import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Currency } from './money.ts'
import { OrderStatus } from './order-states.ts'
import { Paginated } from './pagination.ts'

/** The tills whose own words the handoff speaks; `neutral` is ours. */
export const PosProfile = Type.Enum([
  'neutral',
  'square',
  'hubrise',
  'lightspeed_k',
  'toast',
  'simphony',
  'clover',
])
export type PosProfile = Static<typeof PosProfile>

export const PosHandoff = Type.Object({
  id: Id,
  /** ASCII, at most 40 characters, the same for every revision. */
  ref: Type.String(),
  /** 32 hexadecimal digits, other ones for each revision. */
  idempotency_id: Type.String(),
  revision: Type.Integer(),
  status: OrderStatus,
  service_type: Type.String(),
  table: Nullable(Type.String()),
  guest_count: Nullable(Type.Integer()),
  customer: Type.Object({ name: Nullable(Type.String()), phone: Nullable(Type.String()) }),
  notes: Nullable(Type.String()),
  placed_at: Timestamp,
  accepted_at: Nullable(Timestamp),
  expected_at: Nullable(Timestamp),
  currency: Currency,
  lines: Type.Array(
    Type.Object({
      uid: Id,
      pos_refs: Type.Record(Type.String(), Type.String()),
      name: Type.String(),
      /** A decimal with three places, `1.000`, as tills take it. */
      quantity: Type.String(),
      unit_price_minor: Type.Integer(),
      station: Nullable(Type.String()),
      note: Nullable(Type.String()),
      modifiers: Type.Array(
        Type.Object({
          group: Type.String(),
          name: Type.String(),
          ref: Nullable(Type.String()),
          quantity: Type.Integer(),
          unit_price_minor: Type.Integer(),
        }),
      ),
      total_minor: Type.Integer(),
    }),
  ),
  total_minor: Type.Integer(),
  /** Nothing here takes money. */
  payment: Type.Object({ status: Type.Enum(['unpaid']) }),
  /** What the till's own profile lacks, such as an item's id there. */
  mapping: Type.Object({ complete: Type.Boolean(), missing: Type.Array(Type.String()) }),
  /** The order in the till's own words; null for `neutral`. */
  payload: Nullable(Type.Unknown()),
  acknowledged_at: Nullable(Timestamp),
  /** Give it back as `since` to go on after this row. */
  cursor: Type.String(),
})
export type PosHandoff = Static<typeof PosHandoff>

const shape = { tag: 'Restaurant', access: 'token', throttle: 'user-api' } as const

export const listPosHandoff = defineEndpoint({
  ...shape,
  name: 'listPosHandoff',
  method: 'GET',
  path: '/api/restaurant/pos-handoff',
  summary: 'Orders for a till, in the order they last changed; a cursor lets a poller go on where it was',
  scope: 'restaurant:read',
  query: Type.Object({
    business_id: Type.Optional(Id),
    since: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
    status: Type.Optional(Nullable(OrderStatus)),
    /** Leaves out what this profile has acknowledged already. */
    pending: Type.Optional(Type.Boolean()),
    profile: Type.Optional(PosProfile),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ pos_handoff: Paginated(PosHandoff) }),
  produces: ['application/json', 'text/csv'],
})

export const acknowledgePosHandoff = defineEndpoint({
  ...shape,
  name: 'acknowledgePosHandoff',
  method: 'POST',
  path: '/api/restaurant/pos-handoff/{id}/ack',
  summary: 'Say that the till has an order, in this revision',
  scope: 'restaurant:write',
  params: IdParams,
  body: Type.Object({
    profile: Type.Optional(PosProfile),
    revision: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The order's name in the till. */
    external_ref: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  }),
  status: 200,
  reply: Type.Object({ pos_handoff: PosHandoff }),
})
