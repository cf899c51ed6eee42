import type { MouseEvent } from 'react'
import type { ImportColumn } from '#contract/imports.ts'
import { numberWidth, offsetOf } from './column-widths.ts'
import type { Cursor } from './grid-cursor.ts'
import { GridRow } from './grid-row.tsx'
import type { RowPages } from './row-pages.ts'
import { headHeight, type useImportGrid } from './use-import-grid.ts'
import styles from './import-grid.module.css'

interface GridBodyProps {
  grid: ReturnType<typeof useImportGrid>
  pages: RowPages
  columns: readonly ImportColumn[]
  cursor: Cursor
}

/** Rows stand at fixed places in blocks of so many, so that scrolling moves one layer and draws no row again. */
const block = 10_000

/** The rows in sight, in a layer that stays where it is while the spacer below it makes the scroll bar. */
export function GridBody({ grid, pages, columns, cursor }: GridBodyProps) {
  const { windowed, rowHeight, widths, draft } = grid
  const { first, last, top, viewport } = windowed
  const base = Math.floor(first / block) * block
  const indexes = Array.from({ length: Math.max(last - first + 1, 0) }, (_, offset) => first + offset)
  const width = numberWidth + offsetOf(widths, widths.length)
  const mouse = useCellMouse(grid, pages, cursor)
  return (
    <div role="presentation" style={{ height: windowed.spacer, width }}>
      <div
        role="presentation"
        className={styles.layer}
        style={{ top: headHeight, height: viewport, width }}
        {...mouse}
      >
        <div role="presentation" style={{ transform: `translateY(${base * rowHeight - top}px)` }}>
          {indexes.map((index) => {
            const isEdited = index === cursor.row && draft !== null
            return (
              <GridRow
                key={index}
                index={index}
                top={(index - base) * rowHeight}
                height={rowHeight}
                row={pages.at(index)}
                columns={columns}
                widths={widths}
                active={index === cursor.row ? cursor.column : undefined}
                editing={isEdited ? { draft, commit: grid.commit, leave: grid.leave } : undefined}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

/** A click or tap moves the cursor, a double one edits. */
function useCellMouse(grid: GridBodyProps['grid'], pages: RowPages, cursor: Cursor) {
  const edit = (): void => grid.edit(pages.at(cursor.row)?.cells[cursor.column] ?? '')
  const isCursor = (place: Cursor): boolean => place.row === cursor.row && place.column === cursor.column
  return {
    onMouseDown: (event: MouseEvent) => {
      const place = placeOf(event)
      if (place && !isCursor(place)) grid.goTo(place)
    },
    onDoubleClick: (event: MouseEvent) => {
      const place = placeOf(event)
      if (place && isCursor(place)) edit()
    },
  }
}

/** The cell that a click fell into, unless it is being edited. */
function placeOf({ target }: MouseEvent): Cursor | undefined {
  const element = target instanceof Element && !(target instanceof HTMLInputElement) ? target : null
  const place = element?.closest<HTMLElement>('[data-row]')
  if (!place) return undefined
  return { row: Number(place.dataset['row']), column: Number(place.dataset['column']) }
}
