import type { MenuItem } from '#contract/menu-items.ts'
import type { OrderIntent, OrderLine } from '#contract/order-intents.ts'
import type { Station } from '#contract/stations.ts'

const at = '2026-11-23T09:30:00.000000Z'

export function exampleLine(part: Partial<OrderLine> = {}): OrderLine {
  return {
    id: 'line-1',
    menu_item_id: 'item-1',
    name: 'Crème brûlée',
    kitchen_name: null,
    quantity: 1,
    unit_price: 650,
    modifiers: [],
    allergens: [],
    note: null,
    station_id: null,
    total: 650,
    ...part,
  }
}

export function exampleOrder(part: Partial<OrderIntent> = {}): OrderIntent {
  return {
    id: 'order-1',
    business_id: 'business',
    number: 1,
    business_day: '2026-11-23',
    source: 'guest',
    status: 'received',
    service_type: 'dine_in',
    table_id: 'table-1',
    table: 'Table 1',
    guest_count: null,
    customer_name: null,
    customer_phone: null,
    notes: null,
    lines: [exampleLine()],
    currency: 'EUR',
    total: 650,
    revision: 1,
    expected_at: null,
    placed_at: at,
    accepted_at: null,
    closed_at: null,
    acknowledged_at: null,
    history: [],
    created_at: at,
    updated_at: at,
    ...part,
  }
}

export function exampleStation(part: Partial<Station> = {}): Station {
  return {
    id: 'kitchen',
    business_id: 'business',
    name: 'Kitchen',
    prefix: 'K',
    printer_ids: [],
    copies: 1,
    is_default: false,
    prints_whole_order: false,
    after_doubt: 'reprint',
    hold_after_minutes: 30,
    sort: 0,
    created_at: at,
    updated_at: at,
    ...part,
  }
}

export function exampleItem(part: Partial<MenuItem> = {}): MenuItem {
  return {
    id: 'item-1',
    business_id: 'business',
    name: 'Flat white',
    kitchen_name: null,
    description: null,
    category: 'Coffee',
    price: 380,
    currency: 'EUR',
    station_id: null,
    allergens: [],
    modifier_groups: [],
    pos_refs: {},
    is_available: true,
    sort: 0,
    created_at: at,
    updated_at: at,
    ...part,
  }
}
