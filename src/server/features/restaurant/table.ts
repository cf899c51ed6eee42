import type { Selectable } from 'kysely'
import type { OrderStatus } from '#contract/order-states.ts'

interface Owned {
  id: string
  business_id: string
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export interface MenuItemsTable extends Owned {
  name: string
  kitchen_name: string | null
  description: string | null
  category: string | null
  /** Minor units of the business's currency. */
  price: number
  station_id: string | null
  /** JSON array of `Allergen`. */
  allergens: string
  /** JSON array of `ModifierGroup`. */
  modifier_groups: string
  /** JSON object, POS profile → id there. */
  pos_refs: string
  is_available: number
  sort: number
}
export type MenuItemRow = Selectable<MenuItemsTable>

export interface DiningTablesTable extends Owned {
  name: string
  area: string | null
  seats: number | null
  code: string
  qr_link_id: string | null
  is_active: number
  sort: number
}
export type DiningTableRow = Selectable<DiningTablesTable>

export interface StationsTable extends Owned {
  name: string
  prefix: string
  /** JSON array of printer ids, the station's own first. */
  printer_ids: string
  copies: number
  is_default: number
  prints_whole_order: number
  after_doubt: 'reprint' | 'ask'
  hold_after_minutes: number
  sort: number
}
export type StationRow = Selectable<StationsTable>

export interface OrderIntentsTable extends Owned {
  number: number
  business_day: string
  source: 'guest' | 'staff' | 'api'
  status: OrderStatus
  service_type: 'dine_in' | 'takeaway' | 'delivery'
  table_id: string | null
  table_name: string | null
  guest_count: number | null
  customer_name: string | null
  customer_phone: string | null
  notes: string | null
  /** JSON array of `OrderLine`. */
  lines: string
  currency: string
  total: number
  revision: number
  expected_at: string | null
  placed_at: string
  accepted_at: string | null
  ready_at: string | null
  closed_at: string | null
  acknowledged_at: string | null
  receipt_hash: string | null
  change_seq: number
  /** Number, table, customer and items as `foldText` makes them, for the search. */
  search_text: string
}
export type OrderIntentRow = Selectable<OrderIntentsTable>

export interface OrderEventsTable {
  id: string
  order_intent_id: string
  from_status: OrderStatus | null
  to_status: OrderStatus
  note: string | null
  by: string
  at: string
}

export interface ServiceRequestsTable extends Owned {
  kind: 'waiter' | 'bill' | 'water' | 'cutlery' | 'clean' | 'help' | 'other'
  table_id: string | null
  table_name: string | null
  note: string | null
  status: 'open' | 'resolved'
  resolved_by: string | null
  resolved_at: string | null
  receipt_hash: string | null
}
export type ServiceRequestRow = Selectable<ServiceRequestsTable>

export interface PosAcknowledgementsTable {
  order_intent_id: string
  profile: string
  revision: number
  external_ref: string | null
  acknowledged_at: string
}

export interface RestaurantSettingsTable {
  business_id: string
  /** JSON, see `RestaurantSettings`. */
  settings: string
  updated_at: string
}
