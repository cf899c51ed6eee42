import type { Ticket, TicketLine } from '#contract/ticket.ts'
import type { LayoutBlock } from './layout.ts'
import { largestFitting, layOutHanging, layOutLine, layOutText } from './lay-out-rows.ts'
import { allergenWords, moneyWords, type MoneyWords } from './ticket-words.ts'

type Modifier = TicketLine['modifiers'][number]

function modifierWords({ name, quantity }: Modifier): string {
  return quantity === 1 ? name : `${quantity}x ${name}`
}

/** Read at arm's length, in steam: doubled names, allergens white on black. */
export function layOutKitchenLines({ lines }: Ticket, columns: number): LayoutBlock[] {
  return lines.flatMap((line) => [
    ...layOutHanging(`${line.quantity}x`, line.name, columns, { width: 2, height: 2, bold: true }),
    ...line.modifiers.flatMap((modifier) =>
      layOutHanging('   +', modifierWords(modifier), columns, { height: 2 }),
    ),
    ...layOutAllergens(line, columns),
    ...(line.note === null ? [] : layOutHanging('   >', line.note, columns, { height: 2, bold: true })),
    { kind: 'feed', rows: 1 } as const,
  ])
}

function layOutAllergens({ allergens }: TicketLine, columns: number): LayoutBlock[] {
  if (allergens.length === 0) return []
  const style = { width: 2, height: 2, bold: true, inverse: true } as const
  return layOutText(`!! ${allergenWords(allergens)}`, columns, style)
}

/** The guest's own: one amount a line, the total in the currency's form. */
export function layOutPricedLines(ticket: Ticket, columns: number): LayoutBlock[] {
  const money = moneyWords(ticket.locale, ticket.currency)
  return [
    ...ticket.lines.flatMap((line) => layOutPricedLine(line, money, columns)),
    ...layOutTotal(ticket.total, money, columns),
  ]
}

function layOutPricedLine(line: TicketLine, money: MoneyWords, columns: number): LayoutBlock[] {
  const head = `${line.quantity}x`
  // The line's amount counts its modifiers in: theirs stand in brackets, not in the column that is added up.
  const surcharge = ({ price }: Modifier) => (price === 0 ? '' : ` (${money.plain(price)})`)
  return [
    ...layOutLine({ head, text: line.name, amount: money.plain(line.total) }, columns),
    ...line.modifiers.flatMap((modifier) =>
      layOutHanging('   +', modifierWords(modifier) + surcharge(modifier), columns),
    ),
    ...(line.allergens.length === 0
      ? []
      : layOutHanging('   !!', allergenWords(line.allergens), columns, { bold: true })),
    ...(line.note === null ? [] : layOutHanging('   >', line.note, columns)),
  ]
}

function layOutTotal(total: number | null, money: MoneyWords, columns: number): LayoutBlock[] {
  if (total === null) return []
  const amount = money.full(total)
  const width = largestFitting(`TOTAL ${amount}`, columns, 2)
  return [
    { kind: 'rule', double: true },
    ...layOutLine({ head: '', text: 'TOTAL', amount }, columns, { width, height: 2, bold: true }),
  ]
}
