import { FileSpreadsheet, Plus, QrCode, SearchX } from 'lucide-react'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { isFiltered, type QrLinkSearch } from './qr-link-search.ts'
import type { ChangeSearch } from './qr-links-screen.tsx'

/** Why the list is empty, and the way out. */
export function NoLinks({
  search,
  change,
  total,
}: {
  search: QrLinkSearch
  change: ChangeSearch
  total: number
}) {
  const t = useTranslate()
  if (total > 0) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t('links.noPage')}
        actions={<Button onPress={() => change({ page: undefined })}>{t('pages.first')}</Button>}
      >
        {t('links.noPage.text')}
      </EmptyState>
    )
  }
  if (isFiltered(search)) {
    const none = {
      search: undefined,
      status: undefined,
      campaign: undefined,
      tag: undefined,
      import_id: undefined,
    }
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={t('links.noMatch')}
        actions={
          <Button tone="primary" onPress={() => change(none)}>
            {t('links.clearFilters')}
          </Button>
        }
      >
        {t('links.noMatch.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={<QrCode aria-hidden />}
      title={t('links.none')}
      actions={
        <>
          <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => change({ panel: 'new' })}>
            {t('links.none.make')}
          </Button>
          <LinkButton to="/imports" icon={<FileSpreadsheet aria-hidden />}>
            {t('links.none.import')}
          </LinkButton>
        </>
      }
    >
      {t('links.none.text')}
    </EmptyState>
  )
}
