import { Type, type Static } from 'typebox'
import { allergens } from './allergens.ts'
import { defineEndpoint } from './endpoint.ts'
import { Id, IdParams, Nullable, pageQuery, Timestamp } from './fields.ts'
import { Currency, Price, Surcharge } from './money.ts'
import { Paginated } from './pagination.ts'

export const Allergens = Type.Array(Type.Enum([...allergens]), { uniqueItems: true, maxItems: 14 })

/** A choice of a modifier group, such as "oat milk", with what it adds to the price. */
const ModifierOption = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 40 }),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  price: Surcharge,
  is_available: Type.Boolean(),
  // Not `uniqueItems`: Laravel's `distinct` looks over all options together, and two of them may have milk.
  allergens: Type.Optional(Type.Array(Type.Enum([...allergens]), { maxItems: 14 })),
})

/** A question about an item, such as "which milk?". */
export const ModifierGroup = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 40 }),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  /** How many options must and may be chosen. */
  min: Type.Integer({ minimum: 0, maximum: 20 }),
  max: Type.Integer({ minimum: 1, maximum: 20 }),
  options: Type.Array(ModifierOption, { minItems: 1, maxItems: 60 }),
})
export type ModifierGroup = Static<typeof ModifierGroup>

/**
 * The item's ids in the tills it may be handed to, by profile. `square:oat` is the id there of the item's option `oat`;
 * `toast_group` is the menu group that Toast wants beside the item.
 */
export const PosRefs = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 120 }))

export const MenuItem = Type.Object({
  id: Id,
  business_id: Id,
  name: Type.String(),
  /** A shorter name for the kitchen's paper; null uses the name. */
  kitchen_name: Nullable(Type.String()),
  description: Nullable(Type.String()),
  category: Nullable(Type.String()),
  price: Price,
  currency: Currency,
  station_id: Nullable(Id),
  allergens: Allergens,
  modifier_groups: Type.Array(ModifierGroup),
  pos_refs: PosRefs,
  is_available: Type.Boolean(),
  sort: Type.Integer(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type MenuItem = Static<typeof MenuItem>

const fields = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  kitchen_name: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
  description: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  category: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
  price: Price,
  station_id: Type.Optional(Nullable(Id)),
  allergens: Type.Optional(Allergens),
  modifier_groups: Type.Optional(Type.Array(ModifierGroup, { maxItems: 20 })),
  pos_refs: Type.Optional(PosRefs),
  is_available: Type.Optional(Type.Boolean()),
  sort: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000 })),
}

const one = Type.Object({ menu_item: MenuItem })
const read = { tag: 'Restaurant', access: 'token', scope: 'restaurant:read', throttle: 'user-api' } as const
const write = { ...read, scope: 'restaurant:write' } as const

export const listMenuItems = defineEndpoint({
  ...read,
  name: 'listMenuItems',
  method: 'GET',
  path: '/api/restaurant/menu-items',
  summary: 'The menu of a business, by category and order',
  query: Type.Object({
    business_id: Type.Optional(Id),
    search: Type.Optional(Nullable(Type.String({ maxLength: 200 }))),
    category: Type.Optional(Nullable(Type.String({ maxLength: 80 }))),
    ...pageQuery,
  }),
  status: 200,
  reply: Type.Object({ menu_items: Paginated(MenuItem) }),
})

export const createMenuItem = defineEndpoint({
  ...write,
  name: 'createMenuItem',
  method: 'POST',
  path: '/api/restaurant/menu-items',
  summary: 'Add an item to the menu',
  body: Type.Object({ business_id: Type.Optional(Id), ...fields }),
  status: 201,
  reply: one,
})

export const findMenuItem = defineEndpoint({
  ...read,
  name: 'findMenuItem',
  method: 'GET',
  path: '/api/restaurant/menu-items/{id}',
  summary: 'One item of the menu',
  params: IdParams,
  status: 200,
  reply: one,
})

export const changeMenuItem = defineEndpoint({
  ...write,
  name: 'changeMenuItem',
  method: 'PATCH',
  path: '/api/restaurant/menu-items/{id}',
  summary: 'Change an item; orders already taken keep what they were taken with',
  params: IdParams,
  body: Type.Object({ ...fields, name: Type.Optional(fields.name), price: Type.Optional(fields.price) }),
  status: 200,
  reply: one,
})

export const deleteMenuItem = defineEndpoint({
  ...write,
  name: 'deleteMenuItem',
  method: 'DELETE',
  path: '/api/restaurant/menu-items/{id}',
  summary: 'Take an item off the menu; orders already taken keep it',
  params: IdParams,
  status: 204,
})
