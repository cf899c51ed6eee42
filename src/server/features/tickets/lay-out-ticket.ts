import type { Ticket } from '#contract/ticket.ts'
import { layOutHead } from './lay-out-head.ts'
import { layOutKitchenLines, layOutPricedLines } from './lay-out-lines.ts'
import { layOutHanging, layOutText } from './lay-out-rows.ts'
import type { Layout, LayoutBlock } from './layout.ts'
import type { PrinterProfile } from './profile.ts'

/** What a ticket says, row by row, on paper of the profile's width. Text in it is clean and fits its place. */
export function layOutTicket(ticket: Ticket, { columns }: Pick<PrinterProfile, 'columns'>): Layout {
  const isPriced = ticket.kind === 'guest'
  const lines = isPriced ? layOutPricedLines(ticket, columns) : layOutKitchenLines(ticket, columns)
  const blocks = [
    ...layOutHead(ticket, columns),
    ...lines,
    ...layOutNotes(ticket, columns),
    ...layOutFoot(ticket, columns),
  ]
  return { kind: ticket.kind, columns, locale: ticket.locale, blocks }
}

function layOutNotes({ notes, kind, lines }: Ticket, columns: number): LayoutBlock[] {
  if (notes === null) return []
  const style = kind === 'guest' ? {} : ({ height: 2, bold: true } as const)
  const rule: LayoutBlock[] = lines.length === 0 ? [] : [{ kind: 'rule', double: false }]
  return [...rule, ...layOutHanging('Note:', notes, columns, style)]
}

function layOutFoot({ qr, footer }: Ticket, columns: number): LayoutBlock[] {
  const code: LayoutBlock[] =
    qr === null
      ? []
      : [
          { kind: 'feed', rows: 1 },
          { kind: 'qr', text: qr.text },
          ...layOutText(qr.caption ?? '', columns, { align: 'center' }),
        ]
  const last = footer === null ? [] : layOutText(footer, columns, { align: 'center' })
  return last.length === 0 ? code : [...code, { kind: 'feed', rows: 1 }, ...last]
}
