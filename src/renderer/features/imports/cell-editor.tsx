/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a cell that stands by its place is no table's cell */
import { useRef, type KeyboardEvent } from 'react'
import type { Editing } from './grid-row.tsx'
import styles from './import-grid.module.css'

interface CellEditorProps {
  id: string
  label: string
  /** What the cell holds; equal to the draft when that is to be edited rather than replaced. */
  text: string | undefined
  editing: Editing
}

/** A cell as a field: Enter, Tab and leaving it keep the text, Escape gives the old one back. */
export function CellEditor({ id, label, text, editing: { draft, commit, leave } }: CellEditorProps) {
  // Leaving by a key takes the focus away, which would count as leaving once more.
  const isDone = useRef(false)
  const finish = (run: () => void): void => {
    if (isDone.current) return
    isDone.current = true
    run()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation()
    const { value } = event.currentTarget
    if (event.key === 'Escape') finish(leave)
    if (event.key !== 'Enter' && event.key !== 'Tab') return
    event.preventDefault()
    finish(() => commit(value))
  }
  return (
    <div id={id} role="gridcell" className={styles.editor}>
      <input
        ref={(input) => {
          if (!input || document.activeElement === input) return
          input.focus()
          if (draft === text) input.select()
        }}
        aria-label={label}
        defaultValue={draft}
        onKeyDown={onKeyDown}
        onBlur={({ currentTarget: { value } }) => finish(() => commit(value))}
      />
    </div>
  )
}
