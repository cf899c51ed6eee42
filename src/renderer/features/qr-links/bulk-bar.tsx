import { useNavigate } from '@tanstack/react-router'
import { Download, Pause, Play, Printer, Trash2, X } from 'lucide-react'
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
        <ToExports search={filterOf(query)} />
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
      <ToExports search={{ ids: chosen.map(({ id }) => id).join(',') }} />
      <Button small collapses tone="quiet" icon={<Trash2 aria-hidden />} onPress={run('delete')}>
        {t('links.delete')}
      </Button>
    </div>
  )
}

/** The part of a list's query that says which links are in it. */
function filterOf({ search, status, campaign, tag, import_id }: LinksQuery): Record<string, string> {
  const filter = Object.entries({ search, status, campaign, tag, import_id })
  return Object.fromEntries(filter.filter((part): part is [string, string] => Boolean(part[1])))
}

/** The way to print sheets and bundles of the same links. */
function ToExports({ search }: { search: Record<string, string> }) {
  const t = useTranslate()
  const navigate = useNavigate()
  return (
    <Button
      small
      collapses
      tone="quiet"
      icon={<Printer aria-hidden />}
      aria-label={t('exports.open')}
      onPress={() => void navigate({ to: '/exports', search })}
    >
      {t('exports.open')}
    </Button>
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
