import { useQuery } from '@tanstack/react-query'
import { Archive, FlaskConical, OctagonAlert, PencilLine } from 'lucide-react'
import { useState } from 'react'
import type { Recall } from '#contract/recalls.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { recallsQuery } from './queries.ts'

const states = {
  draft: { icon: PencilLine, tone: 'warn', name: 'recalls.draft' },
  active: { icon: OctagonAlert, tone: 'bad', name: 'recalls.active' },
  closed: { icon: Archive, tone: 'calm', name: 'recalls.closed' },
} as const

/** The recalls of the business, page by page. */
export function RecallsScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const [page, setPage] = useState(1)
  const { data, error, refetch, isPending } = useQuery(recallsQuery(api, current.id, page))
  return (
    <Page title={t('recalls.title')} lead={t('recalls.lead')}>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton label={t('ui.loading')} />}
      {data?.total === 0 && (
        <EmptyState icon={<OctagonAlert aria-hidden />} title={t('recalls.none')}>
          {t('recalls.none.text')}
        </EmptyState>
      )}
      {data?.data.map((recall) => (
        <RecallCard key={recall.id} recall={recall} />
      ))}
      {data && <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />}
    </Page>
  )
}

function RecallCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const { icon, tone, name } = states[recall.status]
  const affected = recall.notice.affected_quantity ?? null
  const done = recall.accounted_quantity
  const badges = (
    <>
      {recall.is_mock && (
        <StatusBadge icon={FlaskConical} tone="accent">
          {t('recalls.mock')}
        </StatusBadge>
      )}
      <StatusBadge icon={icon} tone={tone}>
        {t(name)}
      </StatusBadge>
    </>
  )
  return (
    <Card title={recall.notice.title} actions={badges}>
      <p>{t('recalls.lines', { count: recall.lines.length })}</p>
      <p>
        {affected === null
          ? t('recalls.accounted.open', { done })
          : t('recalls.accounted', { done, affected })}
      </p>
    </Card>
  )
}
