/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that stand by their place are no table's rows */
import { memo } from 'react'
import { importFieldsOf, type ImportField, type ImportKind } from '#contract/import-kinds.ts'
import type { Import, ImportColumn } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useTranslate } from '../../lib/translate.ts'
import { SelectField } from '../../ui/select-field.tsx'
import { numberWidth, offsetOf } from './column-widths.ts'
import { fieldNamesOf, matchName } from './field-names.ts'
import { useChangeImport } from './import-actions.ts'
import styles from './import-grid.module.css'

interface GridHeadProps {
  job: Import
  widths: readonly number[]
}

const leftOut = 'left-out'

/** The names of the columns, each with the field that it feeds. */
export const GridHead = memo(({ job, widths }: GridHeadProps) => {
  const t = useTranslate()
  const change = useChangeImport(job.id)
  const width = numberWidth + offsetOf(widths, widths.length)
  return (
    <div role="row" aria-rowindex={1} className={styles.head} style={{ width }}>
      <div role="columnheader" aria-colindex={1} className={styles.corner} style={{ width: numberWidth }}>
        {t('imports.row')}
      </div>
      {job.columns.map((column, at) => (
        <div
          key={column.index}
          role="columnheader"
          aria-colindex={at + 2}
          className={cx(styles.column, column.field === null && styles.columnOut)}
          style={{ left: numberWidth + offsetOf(widths, at), width: widths[at] ?? 0 }}
        >
          <ColumnTitle column={column} />
          <SelectField
            bare
            compact
            label={t('imports.mapping.of', { column: column.name })}
            value={column.field ?? leftOut}
            isDisabled={change.isPending}
            choices={[
              { id: leftOut, name: t('imports.mapping.leftOut') },
              ...fieldNamesOf(job.kind).map(([id, name]) => ({ id, name: t(name) })),
            ]}
            onChange={(field) => change.mutate({ mapping: remap(job, column.index, field) })}
          />
        </div>
      ))}
    </div>
  )
})
GridHead.displayName = 'GridHead'

function ColumnTitle({ column }: { column: ImportColumn }) {
  const t = useTranslate()
  const match = matchName(column.matched_by)
  return (
    <div
      className={styles.columnTitle}
      title={match === undefined ? column.name : `${column.name} – ${t(match)}`}
    >
      <span className={styles.columnName}>{column.name}</span>
      {match !== undefined && column.matched_by !== 'exact' && (
        <span className={styles.match}>{t(match)}</span>
      )}
    </div>
  )
}

/** The whole mapping with one column changed; a field that another column fed is taken from it. */
export function remap(
  { kind, columns }: { kind: ImportKind; columns: readonly ImportColumn[] },
  index: number,
  field: string,
): Record<string, ImportField | null> {
  const fields = importFieldsOf[kind]
  const wanted = fields.find((name) => name === field) ?? null
  return Object.fromEntries(
    columns.map((column) => {
      if (column.index === index) return [String(column.index), wanted]
      const own = fields.find((name) => name === column.field) ?? null
      return [String(column.index), own === wanted ? null : own]
    }),
  )
}
