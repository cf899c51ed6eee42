import { useQuery } from '@tanstack/react-query'
import { Package } from 'lucide-react'
import { useState } from 'react'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { BundleLine } from './bundle-line.tsx'
import { bundlesQuery } from './queries.ts'

/** The bundles that were made, the newest first. */
export function BundleList() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery(bundlesQuery(api, current.id, page))
  if (data === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
    return <Skeleton label={t('ui.loading')} bars={3} />
  }
  const { bundles } = data
  return (
    <Card title={t('exports.bundles')}>
      {bundles.total === 0 ? (
        <EmptyState icon={<Package aria-hidden />} title={t('exports.none')}>
          {t('exports.none.text')}
        </EmptyState>
      ) : (
        <Lines label={t('exports.bundles')}>
          {bundles.data.map((bundle) => (
            <BundleLine key={bundle.id} bundle={bundle} />
          ))}
        </Lines>
      )}
      <Pagination page={bundles.current_page} lastPage={bundles.last_page} onChange={setPage} />
    </Card>
  )
}
