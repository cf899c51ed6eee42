import {
  CircleAlert,
  CirclePlus,
  CopyX,
  Equal,
  Pencil,
  Rows3,
  SkipForward,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react'
import { ToggleButton } from 'react-aria-components'
import type { Import, ImportCounts, ImportRowFilter } from '#contract/imports.ts'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import type { ImportSearch } from './import-search.ts'
import styles from './summary.module.css'

interface Tile {
  filter: ImportRowFilter
  count: keyof ImportCounts
  name: MessageId
  icon: LucideIcon
  tone?: 'bad' | 'warn'
}

const tiles: readonly Tile[] = [
  { filter: 'all', count: 'rows', name: 'imports.tile.rows', icon: Rows3 },
  { filter: 'errors', count: 'errors', name: 'imports.tile.errors', icon: CircleAlert, tone: 'bad' },
  { filter: 'warnings', count: 'warnings', name: 'imports.tile.warnings', icon: TriangleAlert, tone: 'warn' },
  { filter: 'duplicates', count: 'duplicates', name: 'imports.tile.duplicates', icon: CopyX },
  { filter: 'creates', count: 'creates', name: 'imports.tile.creates', icon: CirclePlus },
  { filter: 'updates', count: 'updates', name: 'imports.tile.updates', icon: Pencil },
  { filter: 'unchanged', count: 'unchanged', name: 'imports.tile.unchanged', icon: Equal },
  { filter: 'skipped', count: 'skipped', name: 'imports.tile.skipped', icon: SkipForward },
]

interface SummaryProps {
  job: Import
  search: ImportSearch
  show: (search: ImportSearch) => void
}

/** What the check found, in figures; each is also the way to its rows. */
export function SummaryTiles({ job, search, show }: SummaryProps) {
  const t = useTranslate()
  const formats = useFormats()
  const current = search.code === undefined ? (search.filter ?? 'all') : undefined
  return (
    <fieldset className={styles.tiles} aria-label={t('imports.summary')}>
      {tiles.map(({ filter, count, name, icon: Icon, tone }) => {
        const value = job.counts[count]
        return (
          <ToggleButton
            key={filter}
            className={cx(styles.tile, tone && value > 0 && styles[tone])}
            isSelected={current === filter}
            onChange={() => show(filter === 'all' || current === filter ? {} : { filter })}
          >
            <span className={styles.tileName}>
              <Icon aria-hidden />
              {t(name)}
            </span>
            <span className={styles.figures}>
              <span className={styles.figure}>{formats.number(value)}</span>
              {filter === 'all' && (
                <span className={styles.small}>
                  {t('imports.tile.valid', { shown: formats.number(job.counts.valid) })}
                </span>
              )}
            </span>
          </ToggleButton>
        )
      })}
    </fieldset>
  )
}
