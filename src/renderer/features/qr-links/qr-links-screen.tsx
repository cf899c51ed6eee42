import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { FileSpreadsheet, Plus } from 'lucide-react'
import { useState } from 'react'
import type { Paginator } from '#contract/pagination.ts'
import type { QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Page } from '../../ui/page.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { LinkFilters } from './link-filters.tsx'
import { LinkPanel } from './link-panel.tsx'
import { LinksFoot } from './links-foot.tsx'
import { LinksTable } from './links-table.tsx'
import { NoLinks } from './no-links.tsx'
import type { QrLinkSearch } from './qr-link-search.ts'
import { linksQuery, type LinksQuery } from './queries.ts'

const route = getRouteApi('/qr-links')

export function QrLinksScreen() {
  const t = useTranslate()
  const search = route.useSearch()
  const change = useChangeSearch()
  return (
    <Page
      title={t('links.title')}
      lead={t('links.lead')}
      actions={
        <>
          <LinkButton to="/imports" icon={<FileSpreadsheet aria-hidden />}>
            {t('links.import')}
          </LinkButton>
          <Button tone="primary" icon={<Plus aria-hidden />} onPress={() => change({ panel: 'new' })}>
            {t('links.new')}
          </Button>
        </>
      }
    >
      <LinkFilters search={search} change={change} />
      <List search={search} change={change} />
      <LinkPanel panel={search.panel} onClose={() => change({ panel: undefined })} />
    </Page>
  )
}

export type ChangeSearch = (part: { [K in keyof QrLinkSearch]?: QrLinkSearch[K] | undefined }) => void

/** Changes the view; anything but turning a page goes back to the first one. */
function useChangeSearch(): ChangeSearch {
  const navigate = route.useNavigate()
  return (part) => {
    const keepsPage = 'page' in part || 'panel' in part
    const next = (before: QrLinkSearch): QrLinkSearch => {
      const merged = { ...before, ...(keepsPage ? {} : { page: undefined }), ...part }
      return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined))
    }
    void navigate({ search: next, replace: !('panel' in part), resetScroll: 'page' in part })
  }
}

function List({ search, change }: { search: QrLinkSearch; change: ChangeSearch }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { panel: _, ...view } = search
  const query: LinksQuery = { sort: '-created_at', ...view, business_id: current.id }
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...linksQuery(api, query),
    placeholderData: keepPreviousData,
  })
  if (data === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
    return <Skeleton label={t('ui.loading')} bars={8} />
  }
  if (data.data.length === 0) return <NoLinks search={search} change={change} total={data.total} />
  return (
    <>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      <Rows key={data.current_page} {...{ data, query, change, isStale: isPlaceholderData }} />
    </>
  )
}

interface RowsProps {
  data: Paginator<QrLink>
  query: LinksQuery
  change: ChangeSearch
  isStale: boolean
}

function Rows({ data, query, change, isStale }: RowsProps) {
  const t = useTranslate()
  const formats = useFormats()
  const [selected, setSelected] = useState<readonly string[]>([])
  const chosen = data.data.filter(({ id }) => selected.includes(id))
  return (
    <>
      <BulkBar chosen={chosen} query={query} total={data.total} clear={() => setSelected([])} />
      <LinksTable
        links={data.data}
        sort={query.sort ?? '-created_at'}
        onSort={(sort) => change({ sort })}
        selected={selected}
        onSelect={setSelected}
        edit={(id) => change({ panel: id })}
        isStale={isStale}
      />
      <LinksFoot
        text={t('links.range', {
          from: formats.number(data.from ?? 0),
          to: formats.number(data.to ?? 0),
          total: formats.number(data.total),
        })}
        page={data.current_page}
        lastPage={data.last_page}
        perPage={data.per_page}
        change={change}
      />
    </>
  )
}
