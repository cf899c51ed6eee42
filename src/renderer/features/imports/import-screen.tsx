import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { Import } from '#contract/imports.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { BackLink } from '../../ui/back-link.tsx'
import { Button } from '../../ui/button.tsx'
import { Card, Page } from '../../ui/page.tsx'
import { Progress } from '../../ui/progress.tsx'
import { WaitingPage } from '../../ui/waiting-page.tsx'
import { EndedView } from './ended-view.tsx'
import { useImportStep } from './import-actions.ts'
import { ImportBadge } from './import-badge.tsx'
import { wordsOf } from './kind-words.ts'
import type { LocalPreview } from './local-preview.ts'
import { PreviewView } from './preview-view.tsx'
import { ReadingControls } from './reading-controls.tsx'
import { importQuery, isBusy, localPreviewKey } from './queries.ts'
import styles from './imports.module.css'
import { FirstRows } from './upload-view.tsx'

const route = getRouteApi('/imports/$importId')

/** One import through its life: being read, looked at, saved, taken back. */
export function ImportScreen() {
  const t = useTranslate()
  const api = useApi()
  const { importId } = route.useParams()
  const { data: job, error, refetch } = useQuery(importQuery(api, importId))
  if (!job) {
    return (
      <WaitingPage title={t('imports.title')} back={<Back />} error={error} retry={() => void refetch()} />
    )
  }
  const isGrid = job.status === 'ready'
  return (
    <Page
      filling={isGrid}
      back={<Back />}
      title={<span className={styles.jobTitle}>{job.filename}</span>}
      lead={<Lead job={job} />}
      actions={isGrid && <ReadingControls job={job} />}
    >
      {isGrid && <PreviewView key={job.id} job={job} />}
      {isBusy(job.status) && <BusyView job={job} />}
      {!isGrid && !isBusy(job.status) && <EndedView job={job} />}
    </Page>
  )
}

function Back() {
  const t = useTranslate()
  return <BackLink to="/imports">{t('imports.all')}</BackLink>
}

function Lead({ job }: { job: Import }) {
  const t = useTranslate()
  const formats = useFormats()
  return (
    <span className={styles.leadLine}>
      <ImportBadge status={job.status} />
      <span>
        {t('imports.facts', { size: formats.bytes(job.size), at: formats.dateTime(job.created_at) })}
      </span>
    </span>
  )
}

function phaseName({ kind, status, progress: { phase } }: Import): MessageId {
  const { comparing, saving, undoing } = wordsOf(kind)
  const names: Record<string, MessageId> = {
    reading: 'imports.phase.reading',
    checking: 'imports.phase.checking',
    comparing,
    saving,
    undoing,
  }
  return names[phase] ?? (status === 'scanning' ? 'imports.phase.reading' : saving)
}

/** What the server is doing with the file, and how to stop it. */
function BusyView({ job }: { job: Import }) {
  const t = useTranslate()
  const formats = useFormats()
  const queries = useQueryClient()
  const step = useImportStep(job.id)
  const preview = queries.getQueryData<LocalPreview | null>(localPreviewKey(job.id))
  const { done, total, rows } = job.progress
  return (
    <Card
      title={t(phaseName(job))}
      actions={
        job.status !== 'undoing' && (
          <Button icon={<X aria-hidden />} isDisabled={step.isPending} onPress={() => step.mutate('cancel')}>
            {t('ui.cancel')}
          </Button>
        )
      }
    >
      <Progress
        label={t('imports.progress', { count: rows, rows: formats.number(rows) })}
        done={done}
        total={total}
      />
      <p className={styles.quiet}>
        {t(job.status === 'committing' ? wordsOf(job.kind).safe : 'imports.safe')}
      </p>
      {job.status === 'scanning' && preview && <FirstRows preview={preview} />}
    </Card>
  )
}
