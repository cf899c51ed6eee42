import { encodeText, pagesFor } from './code-pages.ts'
import type { Commands, TextStyle } from './encode-commands.ts'
import type { LayoutCell, TextRow } from './layout.ts'
import type { CodePage, PrinterProfile } from './profile.ts'

/** The pages that have a row, cell by cell; undefined when a cell has none and the row has to be a picture. */
export type RowPages = readonly (readonly CodePage[])[]

export function pagesOfRow(row: TextRow, profile: PrinterProfile): RowPages | undefined {
  const pages = row.cells.map(({ text }) => pagesFor(text, profile))
  return pages.every((choices) => choices.length > 0) ? pages : undefined
}

/**
 * One page for each cell, changed as seldom as can be: a page is kept for as long as it will do, and the next is
 * the one that will do for longest.
 */
export function choosePages(cells: readonly (readonly CodePage[])[], first: CodePage): CodePage[] {
  const chosen: CodePage[] = []
  let run: readonly CodePage[] = [first]
  let start = 0
  const close = (end: number) => {
    while (start < end) {
      chosen.push(run[0]!)
      start++
    }
  }
  for (const [index, choices] of cells.entries()) {
    const both = run.filter((page) => choices.includes(page))
    if (both.length > 0) {
      run = both
      continue
    }
    close(index)
    run = choices
  }
  close(cells.length)
  return chosen
}

/** What the printer has been told last, so that nothing is told twice. */
export interface PrinterStateSoFar {
  page: CodePage
  style: TextStyle
}

export const plainStyle: TextStyle = { width: 1, height: 1, bold: false, inverse: false }

/** Tells the printer about a style only when it is another. */
export function changeStyle(state: PrinterStateSoFar, style: TextStyle, commands: Commands): Buffer[] {
  const { width, height, bold, inverse } = state.style
  const isSame =
    width === style.width && height === style.height && bold === style.bold && inverse === style.inverse
  if (isSame) return []
  state.style = style
  return [commands.style(style)]
}

/** One row in the printer's own letters. */
export function encodeRow(
  row: TextRow,
  pages: readonly CodePage[],
  state: PrinterStateSoFar,
  profile: PrinterProfile,
  commands: Commands,
): Buffer[] {
  const parts = changeStyle(state, row, commands)
  let column = 0
  for (const [index, cell] of row.cells.entries()) {
    const start = startOf(cell)
    const page = pages[index]!
    if (page !== state.page) parts.push(commands.page(page))
    state.page = page
    parts.push(encodeText(' '.repeat(Math.max(0, start - column)) + cell.text, page.name))
    column = start + cell.text.length
  }
  // White on black goes to the paper's edge.
  const rest = Math.floor(profile.columns / row.width) - column
  if (row.inverse && rest > 0) parts.push(Buffer.alloc(rest, 0x20))
  parts.push(commands.lineEnd)
  return parts
}

/** Text on a code page is a byte, a column and one UTF-16 unit a character. */
function startOf({ text, column, columns, align }: LayoutCell): number {
  const free = Math.max(0, columns - text.length)
  return column + (align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2))
}
