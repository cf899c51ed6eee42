import { Type, type Static } from 'typebox'
import { allergens } from './allergens.ts'
import { Id, Nullable, Timestamp } from './fields.ts'
import { Currency } from './money.ts'

/** `kitchen` is a station's own items, `guest` the whole order with prices, `void` takes a printed ticket back. */
export const TicketKind = Type.Enum(['kitchen', 'guest', 'void', 'service', 'test'])
export type TicketKind = Static<typeof TicketKind>

export const TicketLine = Type.Object({
  quantity: Type.Integer(),
  name: Type.String(),
  modifiers: Type.Array(
    Type.Object({ name: Type.String(), quantity: Type.Integer(), price: Type.Integer() }),
  ),
  allergens: Type.Array(Type.Enum([...allergens])),
  note: Nullable(Type.String()),
  /** Minor units: of the whole line, modifiers and quantity counted in. */
  total: Type.Integer(),
})
export type TicketLine = Static<typeof TicketLine>

/** What a ticket says, before it is laid out for any paper. */
export const Ticket = Type.Object({
  kind: TicketKind,
  order_intent_id: Nullable(Id),
  revision: Type.Integer(),
  shop: Type.Object({
    name: Type.String(),
    /** Address, telephone, tax number: one line each. */
    lines: Type.Array(Type.String()),
    /** PNG as base64, or null. At most 576 dots wide are printed. */
    logo: Nullable(Type.String()),
  }),
  /** The order's number of the day, printed large. */
  order_number: Type.String(),
  /** The station's own number without gaps, `K-0042`; null on tickets outside a station's numbering. */
  station_number: Nullable(Type.String()),
  station: Nullable(Type.String()),
  service_type: Type.Enum(['dine_in', 'takeaway', 'delivery']),
  table: Nullable(Type.String()),
  guest_count: Nullable(Type.Integer()),
  customer: Nullable(Type.Object({ name: Nullable(Type.String()), phone: Nullable(Type.String()) })),
  lines: Type.Array(TicketLine),
  notes: Nullable(Type.String()),
  placed_at: Timestamp,
  accepted_at: Nullable(Timestamp),
  /** IANA zone in which times are printed. */
  timezone: Type.String(),
  /** BCP 47, for dates and money. */
  locale: Type.String(),
  currency: Currency,
  /** Minor units; null where prices are not printed (kitchen). */
  total: Nullable(Type.Integer()),
  qr: Nullable(Type.Object({ text: Type.String(), caption: Nullable(Type.String()) })),
  /** The last lines, such as a thank-you. */
  footer: Nullable(Type.String()),
})
export type Ticket = Static<typeof Ticket>

export const TicketFormat = Type.Enum(['json', 'text', 'html', 'png', 'pdf', 'escpos'])
export type TicketFormat = Static<typeof TicketFormat>

/** Paper in millimetres. */
export const PaperWidth = Type.Enum(['58', '80'])
export type PaperWidth = Static<typeof PaperWidth>
