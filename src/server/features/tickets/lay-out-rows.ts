import { cleanLine } from './clean-text.ts'
import type { Align, CharacterSize, LayoutCell, TextRow } from './layout.ts'
import { columnsOf } from './measure-text.ts'
import { wrapText } from './wrap-text.ts'

export interface RowStyle {
  width?: CharacterSize
  height?: CharacterSize
  bold?: boolean
  inverse?: boolean
}

function makeRow(cells: readonly LayoutCell[], style: RowStyle): TextRow {
  return {
    kind: 'text',
    cells,
    width: style.width ?? 1,
    height: style.height ?? 1,
    bold: style.bold ?? false,
    inverse: style.inverse ?? false,
  }
}

/** Characters of the style's width that fit beside each other on paper of so many columns. */
function widthOf(columns: number, style: RowStyle): number {
  return Math.floor(columns / (style.width ?? 1))
}

/** A text over as many rows as it takes; `indent` in characters of its own size. */
export function layOutText(
  text: string,
  columns: number,
  style: RowStyle & { align?: Align; indent?: number } = {},
): TextRow[] {
  const indent = style.indent ?? 0
  const place = widthOf(columns, style) - indent
  return wrapText(text, place).map((line) =>
    makeRow([{ text: line, column: indent, columns: place, align: style.align ?? 'left' }], style),
  )
}

/** A short head such as `2x` or `+`, and a text beside it whose further rows begin below its first. */
export function layOutHanging(head: string, text: string, columns: number, style: RowStyle = {}): TextRow[] {
  return layOutLine({ head, text, amount: '' }, columns, style)
}

/** Columns that a text keeps beside an amount; an amount that leaves fewer goes below. */
const leastText = 6

/**
 * A head, a text wrapped by word, and an amount at the right of its first row. Each has a place of its own; the
 * text never runs below the amount.
 */
export function layOutLine(
  { head, text, amount }: { head: string; text: string; amount: string },
  columns: number,
  style: RowStyle = {},
): TextRow[] {
  const all = widthOf(columns, style)
  const amountText = cleanLine(amount)
  const amountColumns = columnsOf(amountText)
  const headColumns = head === '' ? 0 : columnsOf(head) + 1
  const textColumns = all - headColumns - (amountColumns === 0 ? 0 : amountColumns + 1)
  if (amountColumns > 0 && textColumns < leastText) {
    const below = layOutText(amountText, columns, { ...style, align: 'right' })
    return [...layOutLine({ head, text, amount: '' }, columns, style), ...below]
  }
  const lines = wrapText(text, Math.max(1, textColumns))
  return (lines.length === 0 ? [''] : lines).map((line, index) => {
    const cells: LayoutCell[] = []
    const add = (cell: LayoutCell) => cell.text !== '' && cells.push(cell)
    if (index === 0) add({ text: head, column: 0, columns: headColumns, align: 'left' })
    add({ text: line, column: headColumns, columns: textColumns, align: 'left' })
    const column = all - amountColumns
    if (index === 0) add({ text: amountText, column, columns: amountColumns, align: 'right' })
    return makeRow(cells, style)
  })
}

/** As large as fits in one row, from the largest asked for down to font A. */
export function largestFitting(text: string, columns: number, largest: CharacterSize): CharacterSize {
  const sizes: readonly CharacterSize[] = [4, 3, 2, 1]
  const wanted = columnsOf(cleanLine(text))
  return sizes.find((size) => size <= largest && wanted * size <= columns) ?? 1
}
