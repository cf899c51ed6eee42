import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, Nullable, Timestamp } from './fields.ts'
import { Allergens, ModifierGroup } from './menu-items.ts'
import { Currency } from './money.ts'
import { NewOrderLine, orderFields } from './order-intents.ts'
import { OrderStatus } from './order-states.ts'
import { ServiceRequestKind } from './service-requests.ts'

/** What a guest sees: nothing of the staff's. */
export const PublicMenu = Type.Object({
  business: Type.Object({ name: Type.String(), logo: Nullable(Type.String()), locale: Type.String() }),
  table: Nullable(Type.Object({ name: Type.String(), area: Nullable(Type.String()) })),
  currency: Currency,
  guests_may_order: Type.Boolean(),
  items: Type.Array(
    Type.Object({
      id: Id,
      name: Type.String(),
      description: Nullable(Type.String()),
      category: Nullable(Type.String()),
      price: Type.Integer(),
      allergens: Allergens,
      modifier_groups: Type.Array(ModifierGroup),
      is_available: Type.Boolean(),
    }),
  ),
})
export type PublicMenu = Static<typeof PublicMenu>

/** The code of a table; without one, the business that owns this device is meant. */
const table_code = Type.Optional(Nullable(Type.String({ maxLength: 64 })))
const rcaptcha_token = Type.String({ minLength: 1, maxLength: 200 })
const shape = { tag: 'Public', access: 'public', throttle: 'public-forms' } as const

export const showPublicMenu = defineEndpoint({
  ...shape,
  name: 'showPublicMenu',
  method: 'GET',
  path: '/api/public/restaurant/menu',
  summary: 'The menu as a guest sees it',
  query: Type.Object({ table_code }),
  status: 200,
  reply: Type.Object({ menu: PublicMenu }),
  also: [404],
})

/** What a guest may know of a request of theirs. */
const Receipt = Type.Object({
  id: Id,
  number: Nullable(Type.Integer()),
  status: Type.String(),
  total: Nullable(Type.Integer()),
  currency: Nullable(Currency),
  /** Asks how it stands, without any other key: it cannot be guessed. */
  receipt_token: Type.String(),
  placed_at: Timestamp,
})

export const submitOrderIntent = defineEndpoint({
  ...shape,
  name: 'submitOrderIntent',
  method: 'POST',
  path: '/api/public/restaurant/order-intents',
  summary: 'A guest sends an order; staff accept it. Nothing is paid here',
  body: Type.Object({
    rcaptcha_token,
    table_code,
    ...orderFields,
    lines: Type.Array(NewOrderLine, { minItems: 1, maxItems: 60 }),
  }),
  status: 201,
  reply: Type.Object({ order_intent: Receipt }),
})

export const submitServiceRequest = defineEndpoint({
  ...shape,
  name: 'submitServiceRequest',
  method: 'POST',
  path: '/api/public/restaurant/service-requests',
  summary: 'A guest calls for service',
  body: Type.Object({
    rcaptcha_token,
    table_code,
    kind: ServiceRequestKind,
    note: Type.Optional(Nullable(Type.String({ maxLength: 500 }))),
  }),
  status: 201,
  reply: Type.Object({ service_request: Receipt }),
})

export const showPublicOrder = defineEndpoint({
  ...shape,
  name: 'showPublicOrder',
  method: 'GET',
  path: '/api/public/restaurant/receipts/{token}',
  summary: 'How a guest’s own order stands',
  throttle: 'rcaptcha',
  params: Type.Object({ token: Type.String({ minLength: 20, maxLength: 64 }) }),
  status: 200,
  reply: Type.Object({
    order_intent: Type.Object({
      number: Type.Integer(),
      status: OrderStatus,
      total: Type.Integer(),
      currency: Currency,
      placed_at: Timestamp,
      updated_at: Timestamp,
    }),
  }),
})
