export interface Cursor {
  /** Place in the view, from 0. */
  row: number
  column: number
}

export interface GridSize {
  rows: number
  columns: number
  /** Rows that fit into the window, for Page Up and Down. */
  page: number
}

interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
}

/** Where a key leads from a cell (the ARIA pattern of grids); undefined for a key that does not move. */
export function moveCursor(
  { row, column }: Cursor,
  { key, ctrlKey, metaKey }: Key,
  size: GridSize,
): Cursor | undefined {
  const jump = ctrlKey || metaKey
  const lastRow = Math.max(size.rows - 1, 0)
  const lastColumn = Math.max(size.columns - 1, 0)
  const at = (toRow: number, toColumn: number): Cursor => ({
    row: Math.max(0, Math.min(toRow, lastRow)),
    column: Math.max(0, Math.min(toColumn, lastColumn)),
  })
  switch (key) {
    case 'ArrowUp':
      return at(jump ? 0 : row - 1, column)
    case 'ArrowDown':
      return at(jump ? lastRow : row + 1, column)
    case 'ArrowLeft':
      return at(row, jump ? 0 : column - 1)
    case 'ArrowRight':
      return at(row, jump ? lastColumn : column + 1)
    case 'Home':
      return at(jump ? 0 : row, 0)
    case 'End':
      return at(jump ? lastRow : row, lastColumn)
    case 'PageUp':
      return at(row - size.page, column)
    case 'PageDown':
      return at(row + size.page, column)
    default:
      return undefined
  }
}
