import { useRef, type Ref } from 'react'
import type { Import } from '#contract/imports.ts'
import { useTranslate } from '../../lib/translate.ts'
import { cellId } from './cell-id.ts'
import { numberWidth, offsetOf } from './column-widths.ts'
import { CursorCard } from './finding-card.tsx'
import { GridBody } from './grid-body.tsx'
import type { Cursor } from './grid-cursor.ts'
import { GridHead } from './grid-head.tsx'
import type { CellChange } from './import-actions.ts'
import type { RowPages } from './row-pages.ts'
import { useGridKeys } from './use-grid-keys.ts'
import { headHeight, useImportGrid } from './use-import-grid.ts'
import styles from './import-grid.module.css'

export interface GridHandle {
  goTo: (cursor: Cursor) => void
}

export interface ImportGridProps {
  job: Import
  pages: RowPages
  /** How many rows the view is believed to have until its first page tells. */
  expectedRows: number
  changeCell: (change: CellChange, index: number) => void
  seek: (direction: 'next' | 'previous') => void
  /** Goes to a row by its number in the file, in the view of all rows. */
  showRow: (row: number) => void
  cursor: Cursor
  setCursor: (cursor: Cursor) => void
  handle: Ref<GridHandle>
}

/** A table of a million rows of which a few dozen exist. One tab stop; arrows move between its cells. */
export function ImportGrid(props: ImportGridProps) {
  const { job, pages, cursor } = props
  const t = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useImportGrid(props, scroller)
  const { windowed, rowHeight, widths } = grid
  const page = Math.max(Math.floor(windowed.viewport / rowHeight) - 1, 1)
  const onKeyDown = useGridKeys({
    ...grid,
    cursor,
    size: { rows: grid.rows, columns: job.columns.length, page },
    row: pages.at(cursor.row),
    columns: job.columns,
    isEditing: grid.draft !== null,
    seek: props.seek,
  })
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        data-cells
        tabIndex={0}
        aria-label={t('imports.grid')}
        aria-rowcount={grid.rows + 1}
        aria-colcount={job.columns.length + 1}
        aria-activedescendant={cellId(cursor.row, cursor.column)}
        onKeyDown={onKeyDown}
      >
        <GridHead job={job} widths={widths} />
        <GridBody grid={grid} pages={pages} columns={job.columns} cursor={cursor} />
      </div>
      {grid.draft === null && (
        <CursorCard
          row={pages.at(cursor.row)}
          column={cursor.column}
          columns={job.columns}
          top={cursor.row * rowHeight - windowed.top}
          left={numberWidth + offsetOf(widths, cursor.column) - windowed.scrollLeft}
          room={{ above: headHeight, height: windowed.viewport, rowHeight }}
          take={grid.commit}
          showRow={props.showRow}
        />
      )}
    </div>
  )
}
