import { Type, type Static } from 'typebox'
import { defineEndpoint } from './endpoint.ts'
import { Id, Nullable } from './fields.ts'

export const RestaurantSettings = Type.Object({
  /** Printed under the shop's name: address, telephone, tax number. */
  ticket_lines: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 8 }),
  ticket_footer: Nullable(Type.String({ maxLength: 300 })),
  /** A PNG as base64, for the ticket's head and the guest page. */
  logo: Nullable(Type.String({ maxLength: 400_000 })),
  /** BCP 47, for dates and money on tickets. */
  locale: Type.String({ maxLength: 35 }),
  /** Also print the guest's ticket when an order is accepted, at this station. */
  guest_ticket_station_id: Nullable(Id),
  /** What is printed as a code on the guest's ticket; null prints none. */
  ticket_qr_url: Nullable(Type.String({ maxLength: 500 })),
  /** Guests may order, or only look and call for service. */
  guests_may_order: Type.Boolean(),
  /** Guests' orders wait for a person, or are accepted at once. */
  auto_accept: Type.Boolean(),
  /** The hour at which a business day starts, 0 to 23: a bar's night belongs to the evening. */
  day_starts_at: Type.Integer({ minimum: 0, maximum: 23 }),
  /** Minutes after which an order's age turns amber and red on the board. */
  amber_after_minutes: Type.Integer({ minimum: 1, maximum: 240 }),
  red_after_minutes: Type.Integer({ minimum: 1, maximum: 240 }),
})
export type RestaurantSettings = Static<typeof RestaurantSettings>

const shape = {
  tag: 'Restaurant',
  access: 'token',
  throttle: 'user-api',
  status: 200,
  reply: Type.Object({ restaurant_settings: RestaurantSettings }),
} as const

export const showRestaurantSettings = defineEndpoint({
  ...shape,
  name: 'showRestaurantSettings',
  method: 'GET',
  path: '/api/restaurant/settings',
  summary: 'How a restaurant wants its tickets, its board and its guest page',
  scope: 'restaurant:read',
  query: Type.Object({ business_id: Type.Optional(Id) }),
})

export const changeRestaurantSettings = defineEndpoint({
  ...shape,
  name: 'changeRestaurantSettings',
  method: 'PATCH',
  path: '/api/restaurant/settings',
  summary: 'Change how a restaurant wants its tickets, its board and its guest page',
  scope: 'restaurant:write',
  body: Type.Object({
    business_id: Type.Optional(Id),
    ...Type.Partial(RestaurantSettings).properties,
  }),
})
