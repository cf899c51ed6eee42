import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Import } from '#contract/imports.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { cx } from '../../lib/cx.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { IconButton } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ImportBadge } from './import-badge.tsx'
import { useForgetImport } from './import-actions.ts'
import { importsQuery, isBusy } from './queries.ts'
import { wordsOf } from './kind-words.ts'
import styles from './imports.module.css'

export function EarlierImports() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const [page, setPage] = useState(1)
  const { data, error, refetch } = useQuery(importsQuery(api, current.id, page))
  if (data?.total === 0) return null
  return (
    <Card title={t('imports.earlier')}>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {error === null && !data && <Skeleton label={t('ui.loading')} bars={3} />}
      {data && <Lines imports={data.data} />}
      {data && <Pagination page={data.current_page} lastPage={data.last_page} onChange={setPage} />}
    </Card>
  )
}

function Lines({ imports }: { imports: readonly Import[] }) {
  const t = useTranslate()
  const [forgetting, setForgetting] = useState<Import | null>(null)
  const forget = useForgetImport()
  return (
    <>
      <ul className={styles.lines}>
        {imports.map((job) => (
          <Line key={job.id} job={job} forget={() => setForgetting(job)} />
        ))}
      </ul>
      <ConfirmDialog
        title={t('imports.forget.title')}
        isOpen={forgetting !== null}
        onClose={() => setForgetting(null)}
        action={t('imports.forget')}
        onConfirm={() => forgetting && forget.mutate(forgetting.id)}
      >
        {t('imports.forget.text', { name: forgetting?.filename ?? '' })}
      </ConfirmDialog>
    </>
  )
}

function Line({ job, forget }: { job: Import; forget: () => void }) {
  const t = useTranslate()
  const formats = useFormats()
  return (
    <li className={styles.line}>
      <div className={styles.lineText}>
        <Link to="/imports/$importId" params={{ importId: job.id }} className={cx(styles.lineName)}>
          {job.filename}
        </Link>
        <span className={styles.quiet}>
          {t(wordsOf(job.kind).name)} ·{' '}
          {t('imports.line.facts', {
            rows: formats.number(job.counts.rows),
            size: formats.bytes(job.size),
            at: formats.dateTime(job.created_at),
          })}
        </span>
      </div>
      <ImportBadge status={job.status} />
      <IconButton
        label={t('imports.forget.name', { name: job.filename })}
        icon={<Trash2 aria-hidden />}
        isDisabled={isBusy(job.status)}
        onPress={forget}
      />
    </li>
  )
}
