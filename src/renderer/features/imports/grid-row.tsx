/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that stand by their place are no table's rows */
import { CircleAlert, TriangleAlert } from 'lucide-react'
import { memo, type KeyboardEvent } from 'react'
import type { ImportColumn, ImportRow } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { findingsOfCell, worstOf, type CellMark } from './cell-findings.ts'
import { numberWidth, offsetOf } from './column-widths.ts'
import { cellId } from './import-grid.tsx'
import styles from './import-grid.module.css'

interface GridRowProps {
  index: number
  /** Px below the upper edge of the rows' window. */
  top: number
  row: ImportRow | undefined
  columns: readonly ImportColumn[]
  widths: readonly number[]
  /** The column that the cursor is in, if it is in this row. */
  active: number | undefined
  /** The text of the active cell while it is edited. */
  draft: string | null
  onPick: (column: number) => void
  onEdit: () => void
  onCommit: (value: string) => void
  onCancel: () => void
}

export function GridRow(props: GridRowProps) {
  const { index, top, row, columns, widths, active, draft } = props
  const formats = useFormats()
  const mark = row && worstOf(row.findings)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
    >
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
          className={styles.place}
          style={{ left: numberWidth + offsetOf(widths, at), width: widths[at] ?? 0 }}
          onMouseDown={() => active === at || props.onPick(at)}
          onDoubleClick={props.onEdit}
        >
          {active === at && draft !== null ? (
            <CellEditor
              id={cellId(index, at)}
              label={column.name}
              draft={draft}
              isWhole={draft === row?.cells[at]}
              onCommit={props.onCommit}
              onCancel={props.onCancel}
            />
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
}

interface GridCellProps {
  id: string
  column: number
  /** Undefined until the row is here. */
  text: string | undefined
  mark: CellMark
  isActive: boolean
  isEdited: boolean
  isLeftOut: boolean
}

const GridCell = memo((props: GridCellProps) => {
  const t = useTranslate()
  const { id, column, text, mark, isActive, isEdited, isLeftOut } = props
  const note =
    mark === 'error' ? t('imports.cell.error') : mark === 'warning' ? t('imports.cell.warning') : undefined
  return (
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
      {mark === 'error' && <CircleAlert aria-label={note} role="img" />}
      {mark === 'warning' && <TriangleAlert aria-label={note} role="img" />}
      {text === undefined ? <span className={styles.bone} /> : <span className={styles.text}>{text}</span>}
    </div>
  )
})
GridCell.displayName = 'GridCell'

interface CellEditorProps {
  id: string
  label: string
  draft: string
  /** Whether the old text was taken over, to be edited; else what was typed replaces it. */
  isWhole: boolean
  onCommit: (value: string) => void
  onCancel: () => void
}

function CellEditor({ id, label, draft, isWhole, onCommit, onCancel }: CellEditorProps) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation()
    if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault()
      onCommit(event.currentTarget.value)
    } else if (event.key === 'Escape') onCancel()
  }
  return (
    <div id={id} role="gridcell" className={styles.editor}>
      <input
        ref={(input) => {
          if (!input || document.activeElement === input) return
          input.focus()
          if (isWhole) input.select()
        }}
        aria-label={label}
        defaultValue={draft}
        onKeyDown={onKeyDown}
        onBlur={(event) => onCommit(event.currentTarget.value)}
      />
    </div>
  )
}
