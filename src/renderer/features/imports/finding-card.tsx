import { CircleAlert, TriangleAlert, WandSparkles } from 'lucide-react'
import type { ImportColumn, ImportFinding, ImportRow } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { findingsOfCell } from './cell-findings.ts'
import styles from './finding-card.module.css'

interface CursorCardProps {
  row: ImportRow | undefined
  column: number
  columns: readonly ImportColumn[]
  /** Px of the cell at the cursor: below the head, and from the left edge of the frame. */
  top: number
  left: number
  /** The rows' window in the frame, in px. */
  room: { above: number; height: number; rowHeight: number }
  take: (value: string) => void
  /** Goes to a row by its number. */
  showRow: (row: number) => void
}

/** What is wrong with the cell at the cursor, and what mends it; above it in the lower half, else below. */
export function CursorCard({ row, column, columns, top, left, room, take, showRow }: CursorCardProps) {
  const findings = row ? findingsOfCell(row, column, columns) : []
  const isInSight = top > -room.rowHeight && top < room.height
  if (findings.length === 0 || !isInSight) return null
  const place =
    top > room.height / 2
      ? { bottom: `calc(100% - ${room.above + top}px + 4px)` }
      : { top: room.above + top + room.rowHeight + 4 }
  return (
    <output
      className={styles.card}
      style={{ ...place, left: `clamp(4px, ${left}px, max(4px, calc(100% - 25rem)))` }}
    >
      {findings.map((finding) => (
        <Finding key={`${finding.code}-${finding.column}`} finding={finding} take={take} showRow={showRow} />
      ))}
    </output>
  )
}

type FindingProps = Pick<CursorCardProps, 'take' | 'showRow'> & { finding: ImportFinding }

function Finding({ finding, take, showRow }: FindingProps) {
  const t = useTranslate()
  const formats = useFormats()
  const isError = finding.severity === 'error'
  const { suggestion, first_row: firstRow } = finding
  return (
    <div className={cx(styles.finding, isError ? styles.error : styles.warning)}>
      {isError ? <CircleAlert aria-hidden /> : <TriangleAlert aria-hidden />}
      <div className={styles.body}>
        <p>{finding.message}</p>
        {finding.line !== null && (
          <p className={styles.line}>{t('imports.line', { line: formats.number(finding.line) })}</p>
        )}
        <div className={styles.actions}>
          {suggestion !== undefined && (
            <Button small tone="primary" icon={<WandSparkles aria-hidden />} onPress={() => take(suggestion)}>
              {t('imports.mend', { value: suggestion })}
            </Button>
          )}
          {firstRow !== undefined && (
            <Button small onPress={() => showRow(firstRow)}>
              {t('imports.firstRow', { row: formats.number(firstRow) })}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}
