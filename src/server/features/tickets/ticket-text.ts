import { columnsOf } from './measure-text.ts'
import type { Layout, LayoutBlock, LayoutCell } from './layout.ts'

/** A ticket as plain text: a line a row, as wide as the paper. */
export function ticketText({ blocks, columns }: Layout): string {
  return `${blocks
    .flatMap((block) => linesOf(block, columns))
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

function linesOf(block: LayoutBlock, columns: number): string[] {
  switch (block.kind) {
    case 'text':
      return [placed(block.cells, Math.floor(columns / block.width))]
    case 'rule':
      return [(block.double ? '=' : '-').repeat(columns)]
    case 'qr':
      return [block.text]
    case 'feed':
      return Array.from({ length: block.rows }, () => '')
    default:
      return []
  }
}

function placed(cells: readonly LayoutCell[], columns: number): string {
  let line = ''
  for (const { text, column, columns: room, align } of cells) {
    const free = Math.max(0, room - columnsOf(text))
    const before = align === 'left' ? 0 : align === 'right' ? free : Math.floor(free / 2)
    line = line.padEnd(column) + ' '.repeat(before) + text
  }
  return line.padEnd(columns)
}
