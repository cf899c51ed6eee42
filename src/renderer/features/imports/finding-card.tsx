import { CircleAlert, TriangleAlert, WandSparkles } from 'lucide-react'
import type { ImportFinding } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import styles from './finding-card.module.css'

interface FindingCardProps {
  findings: readonly ImportFinding[]
  /** Px of the cell's upper and lower edge and of its left one, in the frame of the grid. */
  top: number
  below: number
  left: number
  /** In the lower half the card stands above its cell. */
  isLow: boolean
  isLocked: boolean
  take: (value: string) => void
  showRow: (row: number) => void
}

/** What is wrong with the cell at the cursor, and what mends it. */
export function FindingCard({
  findings,
  top,
  below,
  left,
  isLow,
  isLocked,
  take,
  showRow,
}: FindingCardProps) {
  const place = isLow ? { bottom: `calc(100% - ${top}px + 4px)` } : { top: below + 4 }
  return (
    <output
      className={styles.card}
      style={{ ...place, left: `clamp(4px, ${left}px, max(4px, calc(100% - 25rem)))` }}
    >
      {findings.map((finding) => (
        <Finding
          key={`${finding.code}-${finding.column}`}
          finding={finding}
          isLocked={isLocked}
          take={take}
          showRow={showRow}
        />
      ))}
    </output>
  )
}

type FindingProps = Pick<FindingCardProps, 'isLocked' | 'take' | 'showRow'> & { finding: ImportFinding }

function Finding({ finding, isLocked, take, showRow }: FindingProps) {
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
          {suggestion !== undefined && !isLocked && (
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
