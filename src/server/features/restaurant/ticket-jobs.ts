import type { Db } from '../../db/schema.ts'
import { businessById } from './caller-businesses.ts'
import {
  guestTicketToPrint,
  kitchenTickets,
  voidTicket,
  type StationTicket,
  type TicketSource,
} from './order-tickets.ts'
import type { TicketJob } from './restaurant-parts.ts'
import { settingsOf } from './settings.ts'
import { liveStations } from './stations-store.ts'
import type { OrderIntentRow } from './table.ts'

export async function ticketSourceOf(db: Db, businessId: string): Promise<TicketSource> {
  return {
    business: await businessById(db, businessId),
    stations: await liveStations(db, businessId),
    settings: await settingsOf(db, businessId),
  }
}

/**
 * Everything that an acceptance prints: the kitchen's tickets in their copies, and the guest's. Those of a second one,
 * after something was taken back, say that they are a change: an earlier paper may lie in the kitchen.
 */
export function jobsOfAcceptance(source: TicketSource, order: OrderIntentRow, isFirst: boolean): TicketJob[] {
  const mark = (one: StationTicket) => (isFirst ? one : asChange(one, order))
  const kitchen = kitchenTickets(source, order).flatMap((one) => copiesOf(mark(one), order))
  const guest = guestTicketToPrint(source, order)
  return guest ? [...kitchen, jobOf(mark(guest), order, 1)] : kitchen
}

/** Takes back what an acceptance printed, station by station; the spool knows what had come out. */
export function jobsOfVoid(source: TicketSource, order: OrderIntentRow): TicketJob[] {
  const guest = guestTicketToPrint(source, order)
  const tickets = kitchenTickets(source, order)
  const extra = guest && !tickets.some(({ station }) => station?.id === guest.station?.id) ? [guest] : []
  return [...tickets, ...extra].map((one) => jobOf(voidTicket(one), order, 1))
}

/**
 * What a change of an accepted order prints: a ticket that says it is a change at each station whose ticket would now
 * read otherwise, a first ticket where there was none, and a VOID where nothing is left.
 */
export function jobsOfChange(
  source: TicketSource,
  before: OrderIntentRow,
  after: OrderIntentRow,
): TicketJob[] {
  const old = new Map(kitchenTickets(source, before).map((one) => [one.station?.id, one]))
  const now = kitchenTickets(source, after)
  const jobs = now.flatMap((one) => {
    const earlier = old.get(one.station?.id)
    old.delete(one.station?.id)
    if (earlier && readsAlike(earlier, one)) return []
    return copiesOf(earlier ? asChange(one, after) : one, after)
  })
  const gone = [...old.values()].map((one) => jobOf(voidTicket(one), after, 1))
  const [guestBefore, guest] = [guestTicketToPrint(source, before), guestTicketToPrint(source, after)]
  const again = guest && guestBefore && !readsAlike(guestBefore, guest) ? [asChange(guest, after)] : []
  return [...jobs, ...gone, ...again.map((one) => jobOf(one, after, 1))]
}

function readsAlike(a: StationTicket, b: StationTicket): boolean {
  return JSON.stringify(a.ticket) === JSON.stringify(b.ticket)
}

function asChange(one: StationTicket, { revision }: OrderIntentRow): StationTicket {
  return { ...one, ticket: { ...one.ticket, revision } }
}

function copiesOf(one: StationTicket, order: OrderIntentRow): TicketJob[] {
  return Array.from({ length: one.station?.copies ?? 1 }, (_, at) => jobOf(one, order, at + 1))
}

function jobOf({ station, ticket }: StationTicket, order: OrderIntentRow, copy: number): TicketJob {
  const kind = ticket.kind as TicketJob['kind']
  return {
    dedupeKey: [order.id, order.revision, kind, station?.id ?? 'none', copy].join(':'),
    kind,
    businessId: order.business_id,
    orderIntentId: order.id,
    orderNumber: String(order.number),
    revision: order.revision,
    copy,
    businessDay: order.business_day,
    station: station && {
      id: station.id,
      name: station.name,
      prefix: station.prefix,
      printerIds: JSON.parse(station.printer_ids) as string[],
      afterDoubt: station.after_doubt,
      holdAfterMinutes: station.hold_after_minutes,
    },
    ticket,
  }
}
