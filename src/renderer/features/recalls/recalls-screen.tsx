import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { FileUp, OctagonAlert, Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import { FileTrigger } from 'react-aria-components'
import type { Recall, RecallDataState, RecallStatus } from '#contract/recalls.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useDebounced } from '../../lib/debounced.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState, Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Balance } from './balance.tsx'
import { recallsQuery, useImportRecalls } from './queries.ts'
import { RecallBadges } from './recall-badges.tsx'
import { NewRecall } from './recall-form.tsx'
import layout from '../../ui/layout.module.css'
import styles from './recalls.module.css'

const files = ['.csv', '.tsv', '.json', '.xml', '.txt']

const statusChoices = [
  { id: 'all', name: 'recalls.show.all' },
  { id: 'draft', name: 'recalls.show.draft' },
  { id: 'active', name: 'recalls.show.active' },
  { id: 'closed', name: 'recalls.show.closed' },
] as const

/** The recalls of the business: found, read from files, entered by hand. */
export function RecallsScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const [status, setStatus] = useState<RecallStatus | 'all'>('all')
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [adding, setAdding] = useState(false)
  const wanted = useDebounced(search.trim(), 200)
  const filter = { status: status === 'all' ? null : status, search: wanted, page }
  const { data, error, refetch, isPending } = useQuery(recallsQuery(api, current.id, filter))
  const upload = useImportRecalls(current.id)
  const isFiltered = filter.status !== null || wanted !== ''
  return (
    <Page
      title={t('recalls.title')}
      lead={t('recalls.lead')}
      actions={
        <Entries
          read={(file) => upload.mutate(file)}
          isReading={upload.isPending}
          add={() => setAdding(true)}
        />
      }
    >
      {upload.error !== null && <FailureNotice error={upload.error} />}
      {upload.data && <ReadFile result={upload.data} close={() => upload.reset()} />}
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton label={t('ui.loading')} />}
      {data && (data.recalls.total > 0 || isFiltered) && (
        <div className={layout.tools}>
          <TextField
            label={t('recalls.search')}
            value={search}
            onChange={(text) => (setPage(1), setSearch(text))}
          />
          <SelectField
            label={t('recalls.state')}
            value={status}
            onChange={(next) => (setPage(1), setStatus(next))}
            choices={statusChoices.map(({ id, name }) => ({ id, name: t(name) }))}
          />
        </div>
      )}
      {data && <Basis data={data.data} />}
      {data?.recalls.total === 0 && <Nothing isFiltered={isFiltered} />}
      {data?.recalls.data.map((recall) => (
        <RecallCard key={recall.id} recall={recall} />
      ))}
      {data && (
        <Pagination page={data.recalls.current_page} lastPage={data.recalls.last_page} onChange={setPage} />
      )}
      <NewRecall isOpen={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}

function Entries({
  read,
  isReading,
  add,
}: {
  read: (file: File) => void
  isReading: boolean
  add: () => void
}) {
  const t = useTranslate()
  return (
    <>
      <FileTrigger acceptedFileTypes={files} onSelect={(chosen) => chosen?.[0] && read(chosen[0])}>
        <Button icon={<FileUp aria-hidden />} isDisabled={isReading}>
          {t(isReading ? 'recalls.reading' : 'recalls.read')}
        </Button>
      </FileTrigger>
      <Button tone="primary" icon={<Plus aria-hidden />} onPress={add}>
        {t('recalls.add')}
      </Button>
    </>
  )
}

interface ReadResult {
  format: string
  drafts: Recall[]
  problems: { place: string; message: string }[]
}

/** What became of a file: drafts, and what could not be read, with its place. */
function ReadFile({ result: { drafts, problems }, close }: { result: ReadResult; close: () => void }) {
  const t = useTranslate()
  return (
    <Notice
      tone={problems.length > 0 ? 'warn' : 'info'}
      title={t('recalls.drafts', { count: drafts.length })}
      actions={
        <Button small onPress={close}>
          {t('ui.close')}
        </Button>
      }
    >
      {drafts.length > 0 && t('recalls.drafts.text')}
      {problems.length > 0 && (
        <ul className={styles.problems}>
          {problems.slice(0, 50).map(({ place, message }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two problems may be the same
            <li key={index}>
              <bdi>{place}</bdi>: {message}
            </li>
          ))}
          {problems.length > 50 && <li>{t('recalls.problems.more', { count: problems.length - 50 })}</li>}
        </ul>
      )}
    </Notice>
  )
}

/** An answer is as good as what is known here, so its age is always in view. */
function Basis({ data }: { data: RecallDataState }) {
  const t = useTranslate()
  const formats = useFormats()
  if (data.changed_at === null) return null
  const [recalls, criteria] = [formats.number(data.active_recalls), formats.number(data.criteria)]
  return (
    <p className={layout.soft}>
      {t('recalls.basis', { recalls, criteria, changed: formats.dateTime(data.changed_at) })}
    </p>
  )
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTranslate()
  if (isFiltered) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title={t('recalls.noMatch')}>
        {t('recalls.noMatch.text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={<OctagonAlert aria-hidden />} title={t('recalls.none')}>
      {t('recalls.none.text')}
    </EmptyState>
  )
}

function RecallCard({ recall }: { recall: Recall }) {
  const t = useTranslate()
  const { title, number, issuer } = recall.notice
  const facts = [number, issuer, t('recalls.lines', { count: recall.lines.length })].filter(Boolean)
  return (
    <Card>
      <div className={styles.balance}>
        <Link to="/recalls/$recallId" params={{ recallId: recall.id }} className={cx(layout.title)}>
          <bdi>{title}</bdi>
        </Link>
        <RecallBadges recall={recall} />
      </div>
      <p className={layout.soft}>
        <bdi>{facts.join(' · ')}</bdi>
      </p>
      {recall.status !== 'draft' && <Balance recall={recall} />}
    </Card>
  )
}
