import { useEffect, useImperativeHandle, useState, useSyncExternalStore, type RefObject } from 'react'
import type { Import, ImportRow } from '#contract/imports.ts'
import { shownDensity } from '../../lib/appearance.ts'
import { useAppearance } from '../../lib/use-appearance.ts'
import { useWindower } from '../../ui/use-windower.ts'
import { columnWidths, numberWidth, offsetOf } from './column-widths.ts'
import type { Cursor } from './grid-cursor.ts'
import type { ImportGridProps } from './import-grid.tsx'
import type { RowPages } from './row-pages.ts'

export const headHeight = 84

/** What the grid shows and does, apart from how it looks. */
export function useImportGrid(
  { job, pages, expectedRows, cursor, setCursor, changeCell, handle }: ImportGridProps,
  scroller: RefObject<HTMLDivElement | null>,
) {
  useSyncExternalStore(pages.subscribe, pages.getVersion)
  const rows = pages.total ?? expectedRows
  const rowHeight = useRowHeight()
  const windowed = useWindower(scroller, rows, rowHeight, headHeight)
  const widths = useColumnWidths(job, pages)
  // The text of the cell at the cursor while it is edited.
  const [draft, setDraft] = useState<string | null>(null)
  const { first, last } = windowed
  useEffect(() => pages.want(first, last), [pages, first, last])

  const goTo = (next: Cursor): void => {
    setCursor(next)
    windowed.show(next.row)
    scroller.current?.scrollIntoView({ block: 'nearest' })
    showColumn(scroller.current, widths, next.column)
  }
  useImperativeHandle(handle, () => ({ goTo }))
  const leave = (): void => {
    setDraft(null)
    scroller.current?.focus()
  }
  const commit = (value: string): void => {
    const row = pages.at(cursor.row)
    leave()
    if (!row || row.cells[cursor.column] === value) return
    pages.replace(cursor.row, withCell(row, cursor.column, value))
    changeCell({ row: row.row, column: cursor.column, value }, cursor.row)
  }
  return { rows, rowHeight, windowed, widths, draft, edit: setDraft, goTo, leave, commit }
}

function withCell(row: ImportRow, column: number, value: string): ImportRow {
  return { ...row, cells: row.cells.map((cell, index) => (index === column ? value : cell)) }
}

/** Reckoned from the first rows once they are here, and kept: columns must not move while one scrolls. */
function useColumnWidths(job: Import, pages: RowPages): number[] {
  const [widths, setWidths] = useState<number[]>()
  const sample = Array.from({ length: 30 }, (_, index) => pages.at(index)).filter((row) => row !== undefined)
  const known = widths?.length === job.columns.length && job.columns.length > 0
  if (!known && sample.length > 0) setWidths(columnWidths(job.columns, sample))
  return known ? widths : columnWidths(job.columns, sample)
}

/** Px; fixed heights are what lets row and place be reckoned from one another. */
const rowHeights = { comfortable: 32, touch: 44 }

function useRowHeight(): number {
  const { appearance } = useAppearance()
  return rowHeights[shownDensity(appearance.density)]
}

function showColumn(scroller: HTMLElement | null, widths: readonly number[], column: number): void {
  if (!scroller) return
  const left = offsetOf(widths, column)
  const width = widths[column] ?? 0
  const room = scroller.clientWidth - numberWidth
  if (left < scroller.scrollLeft) scroller.scrollTo({ left })
  else if (left + width > scroller.scrollLeft + room)
    scroller.scrollTo({ left: left + Math.min(width, room) - room })
}
