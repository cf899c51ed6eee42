import type { Ticket } from '#contract/ticket.ts'
import type { LayoutBlock } from './layout.ts'
import { largestFitting, layOutLine, layOutText } from './lay-out-rows.ts'
import { serviceWords, timeWords } from './ticket-words.ts'

const rule = { kind: 'rule', double: false } as const

/** Everything above the items: whose ticket it is, for which table, and from when. */
export function layOutHead(ticket: Ticket, columns: number): LayoutBlock[] {
  return [
    ...layOutVoid(ticket, columns),
    ...layOutShop(ticket, columns),
    ...layOutStation(ticket, columns),
    ...layOutNumber(ticket, columns),
    ...layOutPlace(ticket, columns),
    ...layOutPeople(ticket, columns),
    ...layOutTimes(ticket, columns),
    rule,
  ]
}

/** A cook must not cook it: the loudest row there is, above all others. */
function layOutVoid({ kind }: Ticket, columns: number): LayoutBlock[] {
  if (kind !== 'void') return []
  const width = largestFitting('* VOID *', columns, 4)
  return [
    ...layOutText('* VOID *', columns, { width, height: width, bold: true, inverse: true, align: 'center' }),
    ...layOutText('Do not make this', columns, {
      width: 2,
      height: 2,
      bold: true,
      inverse: true,
      align: 'center',
    }),
    { kind: 'feed', rows: 1 },
  ]
}

function layOutShop({ kind, shop }: Ticket, columns: number): LayoutBlock[] {
  const logo: LayoutBlock[] = shop.logo === null ? [] : [{ kind: 'logo', png: shop.logo }]
  if (kind === 'kitchen' || kind === 'void')
    return [...logo, ...layOutText(shop.name, columns, { align: 'center' })]
  const width = largestFitting(shop.name, columns, 2)
  return [
    ...logo,
    ...layOutText(shop.name, columns, { width, height: 2, bold: true, align: 'center' }),
    ...shop.lines.flatMap((line) => layOutText(line, columns, { align: 'center' })),
    { kind: 'feed', rows: 1 },
  ]
}

function layOutStation({ station, station_number }: Ticket, columns: number): LayoutBlock[] {
  if (station === null && station_number === null) return []
  const line = { head: '', text: (station ?? '').toUpperCase(), amount: station_number ?? '' }
  return layOutLine(line, columns, { height: 2, bold: true })
}

function layOutNumber({ order_number, revision }: Ticket, columns: number): LayoutBlock[] {
  const width = largestFitting(order_number, columns, 4)
  const number = layOutText(order_number, columns, { width, height: width, bold: true, align: 'center' })
  if (revision <= 1) return number
  return [
    ...number,
    ...layOutText(`CHANGED, VERSION ${revision}`, columns, { height: 2, inverse: true, align: 'center' }),
  ]
}

/** Where it goes. What leaves the house is white on black, so that nobody plates it. */
function layOutPlace({ service_type, table, kind }: Ticket, columns: number): LayoutBlock[] {
  const place = table === null ? '' : `Table ${table}`
  const words = service_type === 'dine_in' && table !== null ? '' : serviceWords[service_type].toUpperCase()
  const inverse = service_type !== 'dine_in' && kind !== 'guest'
  return [words, place].flatMap((text) => {
    const size = largestFitting(text, columns, kind === 'guest' ? 2 : 3)
    return layOutText(text, columns, { width: size, height: size, bold: true, inverse, align: 'center' })
  })
}

function layOutPeople({ guest_count, customer }: Ticket, columns: number): LayoutBlock[] {
  const guests = guest_count === null ? '' : `${guest_count} ${guest_count === 1 ? 'guest' : 'guests'}`
  const people = [guests, customer?.name ?? '', customer?.phone ?? ''].filter((part) => part !== '')
  return people.flatMap((part) => layOutText(part, columns, { align: 'center' }))
}

function layOutTimes(ticket: Ticket, columns: number): LayoutBlock[] {
  const { date, time } = timeWords(ticket)
  const placed = { head: '', text: date(ticket.placed_at), amount: `Placed ${time(ticket.placed_at)}` }
  const rows = layOutLine(placed, columns)
  if (ticket.accepted_at === null) return rows
  const accepted = { head: '', text: '', amount: `Accepted ${time(ticket.accepted_at)}` }
  return [...rows, ...layOutLine(accepted, columns)]
}
