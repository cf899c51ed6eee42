import { useEffect, useImperativeHandle, useRef, useState, useSyncExternalStore, type Ref } from 'react'
import type { Import } from '#contract/imports.ts'
import { useTranslate } from '../../lib/translate.ts'
import { useWindower } from '../../ui/use-windower.ts'
import { findingsOfCell } from './cell-findings.ts'
import { columnWidths, numberWidth, offsetOf } from './column-widths.ts'
import { FindingCard } from './finding-card.tsx'
import type { Cursor } from './grid-cursor.ts'
import { GridHead } from './grid-head.tsx'
import { GridRow } from './grid-row.tsx'
import type { CellChange } from './import-actions.ts'
import type { RowPages } from './row-pages.ts'
import { useGridKeys } from './use-grid-keys.ts'
import styles from './import-grid.module.css'

export interface GridHandle {
  goTo: (cursor: Cursor) => void
}

export interface ImportGridProps {
  job: Import
  pages: RowPages
  /** How many rows the view is believed to have until its first page tells. */
  expectedRows: number
  isLocked: boolean
  changeCell: (change: CellChange, index: number) => void
  seek: (direction: 'next' | 'previous') => void
  showRow: (row: number) => void
  cursor: Cursor
  setCursor: (cursor: Cursor) => void
  handle: Ref<GridHandle>
}

const headHeight = 84

/** A table of a million rows of which a few dozen exist. One tab stop; arrows move between its cells. */
export function ImportGrid(props: ImportGridProps) {
  const { job, pages, expectedRows, cursor, setCursor, isLocked } = props
  const t = useTranslate()
  const scroller = useRef<HTMLDivElement>(null)
  useSyncExternalStore(pages.subscribe, pages.getVersion)
  const rows = pages.total ?? expectedRows
  const rowHeight = useRowHeight()
  const windowed = useWindower(scroller, rows, rowHeight, headHeight)
  const widths = useColumnWidths(job, pages)
  const [draft, setDraft] = useState<string | null>(null)
  const { first, last, top, viewport } = windowed

  useEffect(() => pages.want(first, last), [pages, first, last])

  const goTo = (next: Cursor): void => {
    setCursor(next)
    windowed.show(next.row)
    showColumn(scroller.current, widths, next.column)
  }
  useImperativeHandle(props.handle, () => ({ goTo }))
  const commit = (value: string): void => {
    const row = pages.at(cursor.row)
    setDraft(null)
    scroller.current?.focus()
    if (row && row.cells[cursor.column] !== value) {
      pages.replace(cursor.row, withCell(row, cursor.column, value))
      props.changeCell({ row: row.row, column: cursor.column, value }, cursor.row)
    }
  }
  const onKeyDown = useGridKeys({
    cursor,
    size: { rows, columns: job.columns.length, page: Math.max(Math.floor(viewport / rowHeight) - 1, 1) },
    row: pages.at(cursor.row),
    columns: job.columns,
    isLocked,
    isEditing: draft !== null,
    goTo,
    edit: setDraft,
    commit,
    seek: props.seek,
  })
  const active = pages.at(cursor.row)
  const findings = active ? findingsOfCell(active, cursor.column, job.columns) : []
  const indexes = Array.from({ length: Math.max(last - first + 1, 0) }, (_, offset) => first + offset)
  const width = numberWidth + offsetOf(widths, widths.length)
  const cursorTop = headHeight + cursor.row * rowHeight - top
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        data-cells
        tabIndex={0}
        aria-label={t('imports.grid')}
        aria-rowcount={rows + 1}
        aria-colcount={job.columns.length + 1}
        aria-activedescendant={cellId(cursor.row, cursor.column)}
        onKeyDown={onKeyDown}
      >
        <GridHead job={job} widths={widths} isLocked={isLocked} />
        <div role="presentation" style={{ height: windowed.spacer, width }}>
          <div
            role="presentation"
            className={styles.layer}
            style={{ top: headHeight, height: viewport, width }}
          >
            {indexes.map((index) => (
              <GridRow
                key={index}
                index={index}
                top={index * rowHeight - top}
                row={pages.at(index)}
                columns={job.columns}
                widths={widths}
                active={index === cursor.row ? cursor.column : undefined}
                draft={index === cursor.row ? draft : null}
                onPick={(column) => goTo({ row: index, column })}
                onEdit={() => isLocked || setDraft(pages.at(index)?.cells[cursor.column] ?? '')}
                onCommit={commit}
                onCancel={() => {
                  setDraft(null)
                  scroller.current?.focus()
                }}
              />
            ))}
          </div>
        </div>
      </div>
      {findings.length > 0 &&
        draft === null &&
        cursorTop >= headHeight - rowHeight &&
        cursorTop < headHeight + viewport && (
          <FindingCard
            findings={findings}
            top={cursorTop}
            below={cursorTop + rowHeight}
            left={numberWidth + offsetOf(widths, cursor.column) - windowed.scrollLeft}
            isLow={cursorTop > headHeight + viewport / 2}
            isLocked={isLocked}
            take={commit}
            showRow={props.showRow}
          />
        )}
    </div>
  )
}

/** The id by which the grid names its active cell to screen readers. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`
}

function withCell<R extends { cells: string[] }>(row: R, column: number, value: string): R {
  return { ...row, cells: row.cells.map((cell, index) => (index === column ? value : cell)) }
}

function useColumnWidths(job: Import, pages: RowPages): number[] {
  const [widths, setWidths] = useState<number[]>()
  const sample = Array.from({ length: 30 }, (_, index) => pages.at(index)).filter((row) => row !== undefined)
  const known = widths?.length === job.columns.length && job.columns.length > 0
  if (!known && sample.length > 0) setWidths(columnWidths(job.columns, sample))
  return known ? widths : columnWidths(job.columns, sample)
}

/** As the density says; a fixed height is what lets row and place be reckoned from one another. */
function useRowHeight(): number {
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--grid-row'), 10) || 32
}

function showColumn(scroller: HTMLElement | null, widths: readonly number[], column: number): void {
  if (!scroller) return
  const left = offsetOf(widths, column)
  const room = scroller.clientWidth - numberWidth
  if (left < scroller.scrollLeft) scroller.scrollLeft = left
  else if (left + (widths[column] ?? 0) > scroller.scrollLeft + room) {
    scroller.scrollLeft = left + Math.min(widths[column] ?? 0, room) - room
  }
}
