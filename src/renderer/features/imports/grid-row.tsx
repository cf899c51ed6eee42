/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that stand by their place are no table's rows */
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import type { ImportColumn, ImportRow } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { CellEditor } from './cell-editor.tsx'
import { findingsOfCell, worstOf, type CellMark } from './cell-findings.ts'
import { cellId } from './cell-id.ts'
import { numberWidth, offsetOf } from './column-widths.ts'
import styles from './import-grid.module.css'

export interface Editing {
  draft: string
  commit: (value: string) => void
  leave: () => void
}

interface GridRowProps {
  index: number
  /** Px from the start of its block. */
  top: number
  height: number
  /** Undefined until it is here. */
  row: ImportRow | undefined
  columns: readonly ImportColumn[]
  widths: readonly number[]
  /** The column that the cursor is in, if it is in this row. */
  active: number | undefined
  /** Set while the cell at the cursor is edited. */
  editing: Editing | undefined
}

export const GridRow = memo(({ index, top, height, row, columns, widths, active, editing }: GridRowProps) => {
  const formats = useFormats()
  const mark = row && worstOf(row.findings)
  return (
    <div role="row" aria-rowindex={index + 2} className={styles.row} style={{ top, height }}>
      <div
        role="rowheader"
        className={cx(styles.number, mark === 'error' && styles.badRow, mark === 'warning' && styles.oddRow)}
        style={{ width: numberWidth }}
      >
        {row ? formats.number(row.row) : ''}
      </div>
      {columns.map((column, at) => (
        <div
          key={column.index}
          role="presentation"
          data-row={index}
          data-column={at}
          className={styles.place}
          style={{ left: numberWidth + offsetOf(widths, at), width: widths[at] ?? 0 }}
        >
          {active === at && editing ? (
            <CellEditor id={cellId(index, at)} label={column.name} text={row?.cells[at]} editing={editing} />
          ) : (
            <GridCell
              id={cellId(index, at)}
              column={at}
              text={row?.cells[at]}
              mark={row && worstOf(findingsOfCell(row, at, columns))}
              isActive={active === at}
              isEdited={row?.edited.includes(at) ?? false}
              isLeftOut={column.field === null}
            />
          )}
        </div>
      ))}
    </div>
  )
})
GridRow.displayName = 'GridRow'

interface GridCellProps {
  id: string
  column: number
  text: string | undefined
  mark: CellMark
  isActive: boolean
  isEdited: boolean
  isLeftOut: boolean
}

const GridCell = memo(({ id, column, text, mark, isActive, isEdited, isLeftOut }: GridCellProps) => (
  <div
    id={id}
    role="gridcell"
    aria-colindex={column + 2}
    aria-selected={isActive}
    className={cx(
      styles.cell,
      mark === 'error' && styles.error,
      mark === 'warning' && styles.warning,
      isActive && styles.active,
      isLeftOut && styles.leftOut,
      isEdited && styles.edited,
    )}
  >
    {mark !== undefined && <MarkIcon mark={mark} />}
    {text === undefined ? <span className={styles.bone} /> : <span className={styles.text}>{text}</span>}
  </div>
))
GridCell.displayName = 'GridCell'

function MarkIcon({ mark }: { mark: 'error' | 'warning' }) {
  const t = useTranslate()
  return mark === 'error' ? (
    <CircleAlert role="img" aria-label={t('imports.cell.error')} />
  ) : (
    <TriangleAlert role="img" aria-label={t('imports.cell.warning')} />
  )
}
