import { useMemo } from 'react'
import type { ReplyOf } from '#contract/endpoint.ts'
import type { previewSheet } from '#contract/export-bundles.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Skeleton } from '../../ui/empty-state.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import layout from '../../ui/layout.module.css'
import styles from './exports.module.css'

interface SheetPreviewProps {
  preview: ReplyOf<typeof previewSheet> | undefined
  /** What is shown is not yet what the form says. */
  isStale: boolean
  turn: (page: number) => void
}

/** One page as a picture: an image can run nothing, whatever a link's title says. */
export function SheetPreview({ preview, isStale, turn }: SheetPreviewProps) {
  const t = useTranslate()
  const formats = useFormats()
  const address = useMemo(
    () => preview && `data:image/svg+xml;charset=utf-8,${encodeURIComponent(preview.svg)}`,
    [preview],
  )
  if (preview === undefined) return <Skeleton label={t('ui.loading')} />
  const { page, pages, labels } = preview
  const facts = { labels, shown: formats.number(labels), pages, sheets: formats.number(pages) }
  return (
    <figure className={styles.preview} aria-busy={isStale}>
      <img src={address} alt={t('exports.preview.alt', { page, pages })} data-stale={isStale || undefined} />
      <figcaption className={layout.soft}>
        {labels === 0 ? t('exports.preview.none') : t('exports.preview.facts', facts)}
      </figcaption>
      <Pagination page={page} lastPage={pages} onChange={turn} />
    </figure>
  )
}
