import { CircleAlert, TriangleAlert, WandSparkles } from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import type { Import } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { IconButton } from '../../ui/button.tsx'
import { useFindingTitles } from './finding-titles.ts'
import { useFixAll } from './import-actions.ts'
import type { ImportSearch } from './import-search.ts'
import styles from './summary.module.css'

interface FacetsProps {
  job: Import
  search: ImportSearch
  show: (search: ImportSearch) => void
}

/** Each kind of finding with its number of rows; those with a suggestion can be mended all at once. */
export function FindingFacets({ job, search, show }: FacetsProps) {
  const t = useTranslate()
  const formats = useFormats()
  const titleOf = useFindingTitles()
  const fix = useFixAll(job.id)
  if (job.finding_counts.length === 0) return null
  return (
    <fieldset className={styles.facets} aria-label={t('imports.findings')}>
      {job.finding_counts.map(({ code, severity, rows, fixable }) => (
        <span key={code} className={styles.facet}>
          <ToggleButton
            className={cx(styles.chip, severity === 'error' ? styles.badChip : styles.warnChip)}
            isSelected={search.code === code}
            onChange={(on) => show(on ? { code } : {})}
          >
            {severity === 'error' ? <CircleAlert aria-hidden /> : <TriangleAlert aria-hidden />}
            {titleOf(code)}
            <span className={styles.chipCount}>{formats.number(rows)}</span>
          </ToggleButton>
          {fixable && (
            <IconButton
              small
              className={styles.fix}
              label={t('imports.fixAll', { name: titleOf(code) })}
              icon={<WandSparkles aria-hidden />}
              isDisabled={fix.isPending}
              onPress={() => fix.mutate(code)}
            />
          )}
        </span>
      ))}
    </fieldset>
  )
}
