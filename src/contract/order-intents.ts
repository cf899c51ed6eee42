import { Type, type Static } from 'typebox'
import { Allergens } from './menu-items.ts'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Currency } from './money.ts'
import { OpenStatuses, OrderStatus } from './order-states.ts'
import { Paginated } from './pagination.ts'
import { PaperWidth, TicketFormat } from './ticket.ts'

export const ServiceType = Type.Enum(['dine_in', 'takeaway', 'delivery'])
export type ServiceType = Static<typeof ServiceType>

/** One line of an order as it was taken: the menu may change, this does not. */
export const OrderLine = Type.Object({
  id: Id,
  menu_item_id: Nullable(Id),
  name: Type.String(),
  kitchen_name: Nullable(Type.String()),
  quantity: Type.Integer(),
  unit_price: Type.Integer(),
  modifiers: Type.Array(
    Type.Object({
      group_id: Type.String(),
      option_id: Type.String(),
      name: Type.String(),
      quantity: Type.Integer(),
      price: Type.Integer(),
    }),
  ),
  allergens: Allergens,
  note: Nullable(Type.String()),
  station_id: Nullable(Id),
  /** Modifiers and quantity counted in. */
  total: Type.Integer(),
})
export type OrderLine = Static<typeof OrderLine>

export const OrderEvent = Type.Object({
  from: Nullable(OrderStatus),
  to: OrderStatus,
  note: Nullable(Type.String()),
  /** Who did it: a person's or a token's name, or `guest`. */
  by: Type.String(),
  at: Timestamp,
})
export type OrderEvent = Static<typeof OrderEvent>

export const OrderIntent = Type.Object({
  id: Id,
  business_id: Id,
  /** Counts within the business day, from 1. */
  number: Type.Integer(),
  /** `2026-11-23`, in the business's zone. */
  business_day: Type.String(),
  source: Type.Enum(['guest', 'staff', 'api']),
  status: OrderStatus,
  service_type: ServiceType,
  table_id: Nullable(Id),
  table: Nullable(Type.String()),
  guest_count: Nullable(Type.Integer()),
  customer_name: Nullable(Type.String()),
  customer_phone: Nullable(Type.String()),
  notes: Nullable(Type.String()),
  lines: Type.Array(OrderLine),
  currency: Currency,
  total: Type.Integer(),
  /** Counts changes of what was ordered; each prints new tickets. */
  revision: Type.Integer(),
  /** When the guest wants it, for takeaway and delivery. */
  expected_at: Nullable(Timestamp),
  placed_at: Timestamp,
  accepted_at: Nullable(Timestamp),
  closed_at: Nullable(Timestamp),
  /** Somebody on the staff has seen it: the sound stops. */
  acknowledged_at: Nullable(Timestamp),
  history: Type.Array(OrderEvent),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type OrderIntent = Static<typeof OrderIntent>

export const NewOrderLine = Type.Object({
  menu_item_id: Id,
  quantity: Type.Integer({ minimum: 1, maximum: 99 }),
  /** What the guest was shown, in minor units; another price than the menu's is refused. */
  unit_price: Type.Optional(Type.Integer()),
  modifiers: Type.Optional(
    Type.Array(
      Type.Object({
        group_id: Type.String({ maxLength: 40 }),
        option_id: Type.String({ maxLength: 40 }),
        quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
      }),
      { maxItems: 60 },
    ),
  ),
  note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
})
export type NewOrderLine = Static<typeof NewOrderLine>

export const orderFields = {
  service_type: Type.Optional(ServiceType),
  guest_count: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 500 }))),
  customer_name: Type.Optional(Nullable(Type.String({ maxLength: 120 }))),
  customer_phone: Type.Optional(Nullable(Type.String({ maxLength: 40 }))),
  notes: Type.Optional(Nullable(Type.String({ maxLength: 10_000 }))),
  expected_at: Type.Optional(Nullable(Type.String({ format: 'date-time' }))),
}
const lines = Type.Array(NewOrderLine, { minItems: 1, maxItems: 200 })

export const NewOrderIntent = Type.Object({
  business_id: Type.Optional(Id),
  table_id: Type.Optional(Nullable(Id)),
  ...orderFields,
  lines,
  /** Takes the order at once: it starts as accepted and its tickets print. */
  accept: Type.Optional(Type.Boolean()),
})
export type NewOrderIntent = Static<typeof NewOrderIntent>

const one = Type.Object({ order_intent: OrderIntent })
const read = { tag: 'Restaurant', access: 'token', scope: 'restaurant:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'restaurant:write' } as const

export const listOrderIntents = defineEndpoint({
  ...read,
  name: 'listOrderIntents',
  method: 'GET',
  path: '/api/restaurant/order-intents',
  summary: 'Orders, the newest first; `status=open` gives those still being worked on, the oldest first',
  query: Type.Object({
    business_id: Type.Optional(Id),
    status: Type.Optional(Nullable(Type.Enum([...OpenStatuses, 'served', 'rejected', 'cancelled', 'open']))),
    station_id: Type.Optional(Nullable(Id)),
    business_day: Type.Optional(Nullable(Type.String({ format: 'date' }))),
    search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ order_intents: Paginated(OrderIntent) }),
})

export const createOrderIntent = defineEndpoint({
  ...write,
  name: 'createOrderIntent',
  method: 'POST',
  path: '/api/restaurant/order-intents',
  summary: 'Enter an order by hand',
  body: NewOrderIntent,
  status: 201,
  reply: one,
})

export const findOrderIntent = defineEndpoint({
  ...read,
  name: 'findOrderIntent',
  method: 'GET',
  path: '/api/restaurant/order-intents/{id}',
  summary: 'One order',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeOrderIntent = defineEndpoint({
  ...write,
  name: 'changeOrderIntent',
  method: 'PATCH',
  path: '/api/restaurant/order-intents/{id}',
  summary: 'Change an open order; other lines make a new revision and print what changed',
  params: IdParams,
  body: Type.Object({
    table_id: Type.Optional(Nullable(Id)),
    ...orderFields,
    lines: Type.Optional(lines),
    acknowledged: Type.Optional(Type.Boolean()),
  }),
  status: 200,
  reply: one,
})

export const advanceOrderIntent = defineEndpoint({
  ...write,
  name: 'advanceOrderIntent',
  method: 'POST',
  path: '/api/restaurant/order-intents/{id}/advance',
  summary: 'Take an order one step on, or to a named state',
  params: IdParams,
  body: Type.Object({
    /** Left out, the next state in line. */
    to: Type.Optional(OrderStatus),
    note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
    /** Refused with 409 unless the order is in this state: two people cannot both take one step. */
    if_status: Type.Optional(OrderStatus),
    /** Takes the last step back, within ten seconds of it. */
    undo: Type.Optional(Type.Boolean()),
  }),
  status: 200,
  reply: one,
})

export const showOrderTicket = defineEndpoint({
  ...read,
  name: 'showOrderTicket',
  method: 'GET',
  path: '/api/restaurant/order-intents/{id}/ticket',
  summary: 'The ticket of an order, for a station or the guest, in any form',
  params: IdParams,
  query: Type.Object({
    format: Type.Optional(TicketFormat),
    width: Type.Optional(PaperWidth),
    /** A station's own items; left out, the guest's whole order. */
    station_id: Type.Optional(Nullable(Id)),
    /** Whose bytes to make; left out, those of a plain printer of that width. */
    printer_id: Type.Optional(Nullable(Id)),
  }),
  status: 200,
  produces: [
    'application/json',
    'text/plain',
    'text/html',
    'image/png',
    'application/pdf',
    'application/octet-stream',
  ],
})

/** Changes as they happen: `{"type": "order_intents.changed", …}`, for a till or a screen of another maker. */
export const watchRestaurant = defineEndpoint({
  ...read,
  name: 'watchRestaurant',
  method: 'GET',
  path: '/api/restaurant/events',
  summary: 'What changes in the restaurant, as server-sent events',
  status: 200,
  produces: ['text/event-stream'],
})

export const DaySummary = Type.Object({
  business_day: Type.String(),
  currency: Currency,
  orders: Type.Integer(),
  served: Type.Integer(),
  rejected: Type.Integer(),
  cancelled: Type.Integer(),
  open: Type.Integer(),
  /** Of orders that were not rejected or cancelled, minor units. Nothing here is a payment. */
  total: Type.Integer(),
  guests: Type.Integer(),
  service_requests: Type.Integer(),
  /** Seconds, the middle one; null where there is none. */
  median_to_accept: Nullable(Type.Integer()),
  median_to_ready: Nullable(Type.Integer()),
  items: Type.Array(Type.Object({ name: Type.String(), quantity: Type.Integer(), total: Type.Integer() })),
  hours: Type.Array(Type.Object({ hour: Type.Integer(), orders: Type.Integer() })),
})
export type DaySummary = Static<typeof DaySummary>

export const showDaySummary = defineEndpoint({
  ...read,
  name: 'showDaySummary',
  method: 'GET',
  path: '/api/restaurant/days/{day}',
  summary: 'A day in numbers; `format=csv` gives its orders as a spreadsheet, one row a line',
  params: Type.Object({ day: Type.String({ format: 'date' }) }),
  query: Type.Object({
    business_id: Type.Optional(Id),
    format: Type.Optional(Type.Enum(['json', 'csv'])),
  }),
  status: 200,
  reply: Type.Object({ day: DaySummary }),
  produces: ['application/json', 'text/csv'],
})
