import { Download, Pause, Play, Trash2, X } from 'lucide-react'
import type { QrLink } from '#contract/qr-links.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { useBulkAction, type BulkAction } from './bulk-actions.ts'
import { useDownloadCodes, type CodesWanted } from './download-codes.ts'
import type { LinksQuery } from './queries.ts'
import styles from './qr-links.module.css'

interface BulkBarProps {
  chosen: readonly QrLink[]
  query: LinksQuery
  total: number
  clear: () => void
}

/** What can be done with the links that are ticked, or with all that the filter shows. */
export function BulkBar({ chosen, query, total, clear }: BulkBarProps) {
  const t = useTranslate()
  const formats = useFormats()
  const bulk = useBulkAction()
  if (chosen.length === 0) {
    const { page: _, per_page: __, ...filter } = query
    return (
      <div className={styles.bulk}>
        <span className={styles.bulkText}>
          {t('links.count', { count: total, shown: formats.number(total) })}
        </span>
        <CodesMenu wanted={{ kind: 'filter', filter }} />
      </div>
    )
  }
  const run = (action: BulkAction) => (): void => {
    bulk.mutate({ action, ids: chosen.map(({ id }) => id) })
    clear()
  }
  return (
    <div className={styles.bulk} role="toolbar" aria-label={t('links.bulk')} data-active>
      <IconButton small label={t('links.unselect')} icon={<X aria-hidden />} onPress={clear} />
      <output className={styles.bulkText}>{t('links.selected', { count: chosen.length })}</output>
      <Button small collapses tone="quiet" icon={<Pause aria-hidden />} onPress={run('pause')}>
        {t('links.pause')}
      </Button>
      <Button small collapses tone="quiet" icon={<Play aria-hidden />} onPress={run('resume')}>
        {t('links.resume')}
      </Button>
      <CodesMenu wanted={{ kind: 'links', links: chosen }} />
      <Button small collapses tone="quiet" icon={<Trash2 aria-hidden />} onPress={run('delete')}>
        {t('links.delete')}
      </Button>
    </div>
  )
}

type Which<T> = T extends unknown ? Omit<T, 'format'> : never

function CodesMenu({ wanted }: { wanted: Which<CodesWanted> }) {
  const t = useTranslate()
  const codes = useDownloadCodes()
  const save = (format: 'svg' | 'png') => () => codes.mutate({ ...wanted, format })
  return (
    <Menu
      label={t('codes.download')}
      entries={[
        { id: 'svg', name: t('codes.asSvg'), run: save('svg') },
        { id: 'png', name: t('codes.asPng'), run: save('png') },
      ]}
    >
      <Button small collapses tone="quiet" icon={<Download aria-hidden />} isPending={codes.isPending}>
        {codes.isPending ? t('codes.packing') : t('codes.download')}
      </Button>
    </Menu>
  )
}
