import type { KeyboardEvent } from 'react'
import type { ImportColumn, ImportRow } from '#contract/imports.ts'
import { findingsOfCell } from './cell-findings.ts'
import { moveCursor, type Cursor, type GridSize } from './grid-cursor.ts'

interface GridKeys {
  cursor: Cursor
  size: GridSize
  row: ImportRow | undefined
  columns: readonly ImportColumn[]
  isEditing: boolean
  goTo: (cursor: Cursor) => void
  /** Starts to edit with a text in the cell. */
  edit: (draft: string) => void
  commit: (value: string) => void
  seek: (direction: 'next' | 'previous') => void
}

/** What keys do in the grid: move, edit (F2, Enter or typing), mend (Ctrl+.), next and previous finding (F8). */
export function useGridKeys(grid: GridKeys): (event: KeyboardEvent<HTMLElement>) => void {
  return (event) => {
    // Keys of the menus in the head bubble through here.
    if (grid.isEditing || event.target !== event.currentTarget) return
    const handled = move(grid, event) || seek(grid, event) || change(grid, event)
    if (handled) event.preventDefault()
  }
}

function move(grid: GridKeys, event: KeyboardEvent): boolean {
  const next = moveCursor(grid.cursor, event, grid.size)
  if (next) grid.goTo(next)
  return next !== undefined
}

function seek(grid: GridKeys, event: KeyboardEvent): boolean {
  if (event.key !== 'F8') return false
  grid.seek(event.shiftKey ? 'previous' : 'next')
  return true
}

function change(grid: GridKeys, event: KeyboardEvent): boolean {
  const { row, cursor, columns } = grid
  if (!row) return false
  const value = row.cells[cursor.column] ?? ''
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey
  if (event.key === '.' && !plain) {
    const mend = findingsOfCell(row, cursor.column, columns).find(
      ({ suggestion }) => suggestion !== undefined,
    )
    if (mend?.suggestion !== undefined) grid.commit(mend.suggestion)
    return true
  }
  if (event.key === 'F2' || event.key === 'Enter') grid.edit(value)
  else if (event.key === 'Delete') grid.commit('')
  else if (event.key.length === 1 && plain) grid.edit(event.key)
  else return false
  return true
}
