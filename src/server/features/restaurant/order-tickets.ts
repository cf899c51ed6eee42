import type { OrderLine } from '#contract/order-intents.ts'
import type { RestaurantSettings } from '#contract/restaurant-settings.ts'
import type { Ticket, TicketLine } from '#contract/ticket.ts'
import type { BusinessRow } from './caller-businesses.ts'
import { linesOf } from './orders-store.ts'
import { defaultStation } from './stations-store.ts'
import type { OrderIntentRow, StationRow } from './table.ts'

/** What tickets of a business are made with. */
export interface TicketSource {
  business: BusinessRow
  /** In their order. */
  stations: readonly StationRow[]
  settings: RestaurantSettings
}

/** A station's part of an order. The station is null where a business has none at all. */
export interface StationTicket {
  station: StationRow | null
  ticket: Ticket
}

/**
 * The kitchen tickets of an order: each station its own items, the whole order where `prints_whole_order` says so.
 * Items whose station is not there (any more) go to the default one, so that nothing is left out in silence.
 */
export function kitchenTickets(source: TicketSource, order: OrderIntentRow): StationTicket[] {
  const lines = linesOf(order)
  if (source.stations.length === 0)
    return [{ station: null, ticket: kitchenTicket(source, order, null, lines) }]
  const fallback = defaultStation(source.stations)!
  const home = (line: OrderLine) => source.stations.find(({ id }) => id === line.station_id) ?? fallback
  return source.stations.flatMap((station) => {
    const own = station.prints_whole_order === 1 ? lines : lines.filter((line) => home(line) === station)
    return own.length === 0 ? [] : [{ station, ticket: kitchenTicket(source, order, station, own) }]
  })
}

/** The ticket with prices, and the station that the settings print it at; undefined where they print none. */
export function guestTicketToPrint(source: TicketSource, order: OrderIntentRow): StationTicket | undefined {
  const wanted = source.settings.guest_ticket_station_id
  if (wanted === null) return undefined
  const station = source.stations.find(({ id }) => id === wanted) ?? defaultStation(source.stations) ?? null
  return { station, ticket: guestTicket(source, order) }
}

/** The whole order with prices, the shop's head and foot. */
export function guestTicket({ business, settings }: TicketSource, order: OrderIntentRow): Ticket {
  return {
    ...headOf(business, settings, order),
    kind: 'guest',
    shop: { name: business.name, lines: settings.ticket_lines, logo: settings.logo },
    station: null,
    lines: linesOf(order).map((line) => ticketLine(line, line.name)),
    total: order.total,
    qr: settings.ticket_qr_url === null ? null : { text: settings.ticket_qr_url, caption: null },
    footer: settings.ticket_footer,
  }
}

/** Takes a station's ticket back. */
export function voidTicket({ station, ticket }: StationTicket): StationTicket {
  return { station, ticket: { ...ticket, kind: 'void', total: null, qr: null, footer: null } }
}

function kitchenTicket(
  { business, settings }: TicketSource,
  order: OrderIntentRow,
  station: StationRow | null,
  lines: readonly OrderLine[],
): Ticket {
  return {
    ...headOf(business, settings, order),
    kind: 'kitchen',
    shop: { name: business.name, lines: [], logo: null },
    station: station?.name ?? null,
    lines: lines.map((line) => ticketLine(line, line.kitchen_name ?? line.name)),
    total: null,
    qr: null,
    footer: null,
  }
}

function headOf(business: BusinessRow, settings: RestaurantSettings, order: OrderIntentRow) {
  const { customer_name: name, customer_phone: phone } = order
  return {
    order_intent_id: order.id,
    revision: 1,
    order_number: String(order.number),
    station_number: null,
    service_type: order.service_type,
    table: order.table_name,
    guest_count: order.guest_count,
    customer: name === null && phone === null ? null : { name, phone },
    notes: order.notes,
    placed_at: order.placed_at,
    accepted_at: order.accepted_at,
    timezone: business.timezone,
    locale: settings.locale,
    currency: order.currency,
  }
}

function ticketLine(line: OrderLine, name: string): TicketLine {
  const modifiers = line.modifiers.map((one) => ({
    name: one.name,
    quantity: one.quantity,
    price: one.price,
  }))
  return {
    quantity: line.quantity,
    name,
    modifiers,
    allergens: line.allergens,
    note: line.note,
    total: line.total,
  }
}
