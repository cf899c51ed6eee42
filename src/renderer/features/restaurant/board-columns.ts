import type { OrderIntent, OrderLine } from '#contract/order-intents.ts'
import { OpenStatuses } from '#contract/order-states.ts'
import type { Station } from '#contract/stations.ts'
import { fold } from './menu-search.ts'

export type OpenStatus = (typeof OpenStatuses)[number]
export type BoardView = 'counter' | 'kitchen'

export interface BoardFilter {
  view: BoardView
  /** Ids; none means all of them. */
  stations: readonly string[]
  search: string
}

export type Columns = Readonly<Record<OpenStatus, readonly OrderIntent[]>>

/** The kitchen sees an order once it was accepted. */
export function statusesOf(view: BoardView): readonly OpenStatus[] {
  return view === 'kitchen' ? OpenStatuses.slice(1) : OpenStatuses
}

/** The station that makes a line: its own, or the default one where it names none that still is there. */
export function stationOfLine(line: OrderLine, stations: readonly Station[]): string | undefined {
  const own = stations.find(({ id }) => id === line.station_id)
  return (own ?? stations.find(({ is_default }) => is_default))?.id
}

/** The lines that a card shows: in the kitchen only those of the chosen stations. */
export function linesShown(
  order: OrderIntent,
  filter: Pick<BoardFilter, 'view' | 'stations'>,
  stations: readonly Station[],
): readonly OrderLine[] {
  if (filter.view === 'counter' || filter.stations.length === 0) return order.lines
  return linesOfStations(order, filter.stations, stations)
}

function linesOfStations(
  order: OrderIntent,
  chosen: readonly string[],
  stations: readonly Station[],
): OrderLine[] {
  return order.lines.filter((line) => chosen.includes(stationOfLine(line, stations) ?? ''))
}

/** Whether every word is found in the order's number, table, guest, notes or items. `#12` finds number 12 alone. */
export function matchesSearch(order: OrderIntent, search: string): boolean {
  const words = fold(search).split(/\s+/).filter(Boolean)
  if (words.length === 0) return true
  const text = fold(
    [
      order.table,
      order.customer_name,
      order.customer_phone,
      order.notes,
      ...order.lines.flatMap(({ name, note, modifiers }) => [
        name,
        note,
        ...modifiers.map((one) => one.name),
      ]),
    ].join(' '),
  )
  const number = String(order.number)
  return words.every((word) =>
    word.startsWith('#') ? word === `#${number}` : word === number || text.includes(word),
  )
}

/** Orders by state, those that wait longest first. */
export function columnsOf(
  orders: readonly OrderIntent[],
  filter: BoardFilter,
  stations: readonly Station[],
): Columns {
  const columns: Record<OpenStatus, OrderIntent[]> = { received: [], accepted: [], preparing: [], ready: [] }
  const chosen = filter.stations.filter((id) => stations.some((station) => station.id === id))
  for (const order of orders) {
    const column = (columns as Record<string, OrderIntent[]>)[order.status]
    if (chosen.length > 0 && linesOfStations(order, chosen, stations).length === 0) continue
    if (column && matchesSearch(order, filter.search)) column.push(order)
  }
  for (const column of Object.values(columns)) column.sort(byAge)
  return columns
}

function byAge(a: OrderIntent, b: OrderIntent): number {
  if (a.placed_at !== b.placed_at) return a.placed_at < b.placed_at ? -1 : 1
  return a.number - b.number
}

/** Whether somebody still has to look at an order: the sound goes on until then. */
export function isUnseen(order: OrderIntent): boolean {
  const isNew = order.status === 'received' || order.status === 'accepted'
  return isNew && order.acknowledged_at === null && order.source !== 'staff'
}
