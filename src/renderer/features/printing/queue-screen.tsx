import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleCheck, ReceiptText } from 'lucide-react'
import { useState } from 'react'
import type { PrintJob } from '#contract/print-jobs.ts'
import { useApi } from '../../lib/api.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { Lines } from '../../ui/lines.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { JobLine } from './job-line.tsx'
import { JobPanel } from './job-panel.tsx'
import { jobStates } from './printer-states.ts'
import { printJobsQuery } from './queries.ts'

const views = ['stuck', 'all', 'waiting', 'held', 'printed', 'sent', 'skipped', 'superseded'] as const
type View = (typeof views)[number]

/** What is on its way to paper; what needs a person comes first. */
export function QueueScreen() {
  const t = useTranslate()
  const [view, setView] = useState<View>('stuck')
  const [page, setPage] = useState(1)
  const choose = (next: View): void => {
    setView(next)
    setPage(1)
  }
  const names = (id: View): string =>
    id === 'stuck' ? t('queue.stuck') : id === 'all' ? t('queue.all') : t(jobStates[id].name)
  return (
    <Card
      title={t('printing.queue')}
      actions={
        <SelectField
          bare
          compact
          label={t('queue.show')}
          choices={views.map((id) => ({ id, name: names(id) }))}
          value={view}
          onChange={choose}
        />
      }
    >
      <Queue view={view} page={page} turn={setPage} />
    </Card>
  )
}

function Queue({ view, page, turn }: { view: View; page: number; turn: (page: number) => void }) {
  const t = useTranslate()
  const api = useApi()
  const query = { page, per_page: 25, ...(view !== 'all' && { state: view }) }
  const jobs = useQuery({ ...printJobsQuery(api, query), placeholderData: keepPreviousData })
  const [open, setOpen] = useState<PrintJob | null>(null)
  if (jobs.error !== null) return <FailureNotice error={jobs.error} retry={() => void jobs.refetch()} />
  if (!jobs.data) return <Skeleton label={t('ui.loading')} bars={4} />
  if (jobs.data.total === 0) return <NothingHere view={view} />
  return (
    <>
      <Lines label={t('printing.queue')}>
        {jobs.data.data.map((job) => (
          <JobLine key={job.id} job={job} show={() => setOpen(job)} />
        ))}
      </Lines>
      <Pagination page={page} lastPage={jobs.data.last_page} onChange={turn} />
      <JobPanel
        job={jobs.data.data.find(({ id }) => id === open?.id) ?? open}
        onClose={() => setOpen(null)}
      />
    </>
  )
}

function NothingHere({ view }: { view: View }) {
  const t = useTranslate()
  if (view === 'stuck') {
    return (
      <EmptyState icon={<CircleCheck aria-hidden />} title={t('queue.clear')}>
        {t('queue.clear.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<ReceiptText aria-hidden />} title={t('queue.none')}>
      {t('queue.none.text')}
    </EmptyState>
  )
}
