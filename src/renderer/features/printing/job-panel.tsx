import { useQuery } from '@tanstack/react-query'
import { showPrintJobPreview, type PrintAttempt, type PrintJob } from '#contract/print-jobs.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { JobActions, titleOf } from './job-line.tsx'
import styles from './printing.module.css'

/** A job with its ticket as it comes out of the printer, and what was tried. */
export function JobPanel({ job, onClose }: { job: PrintJob | null; onClose: () => void }) {
  const t = useTranslate()
  return (
    <Dialog title={job ? titleOf(job, t) : ''} isOpen={job !== null} onClose={onClose} place="side">
      {job && (
        <>
          <DialogBody>
            {job.reason !== null && (
              <Notice tone={job.state === 'held' ? 'warn' : 'info'} title={job.reason} />
            )}
            {job.kind !== 'drawer' && <Preview job={job} />}
            <Attempts attempts={job.attempts} />
          </DialogBody>
          <DialogFoot>
            <JobActions job={job} />
          </DialogFoot>
        </>
      )}
    </Dialog>
  )
}

function Preview({ job }: { job: PrintJob }) {
  const t = useTranslate()
  const api = useApi()
  const picture = useQuery({
    queryKey: ['print-job-preview', job.id],
    queryFn: async ({ signal }) =>
      dataUrlOf(await (await api.request(showPrintJobPreview, { params: { id: job.id }, signal })).blob()),
  })
  if (picture.error !== null) return <FailureNotice error={picture.error} />
  if (picture.data === undefined) return <Skeleton label={t('ui.loading')} bars={5} />
  return (
    <img className={styles.preview} src={picture.data} alt={t('job.preview', { name: titleOf(job, t) })} />
  )
}

/** The picture as an address of its own, which nobody has to give back. */
function dataUrlOf(blob: Blob): Promise<string> {
  const reader = new FileReader()
  return new Promise((resolve, reject) => {
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(new Error('The picture could not be read.')))
    reader.readAsDataURL(blob)
  })
}

const outcomes: Record<NonNullable<PrintAttempt['outcome']>, MessageId> = {
  printed: 'attempt.printed',
  sent: 'attempt.sent',
  clean_fail: 'attempt.clean_fail',
  unknown: 'attempt.unknown',
  superseded: 'attempt.superseded',
}

function Attempts({ attempts }: { attempts: PrintAttempt[] }) {
  const t = useTranslate()
  const formats = useFormats()
  if (attempts.length === 0) return null
  return (
    <section>
      <h3>{t('job.attempts')}</h3>
      <ol className={styles.attempts}>
        {attempts.map(({ number, printer, outcome, reason, mark, started_at }) => (
          <li key={number}>
            {[
              formats.dateTime(started_at),
              printer,
              t(outcome === null ? 'attempt.running' : outcomes[outcome]),
              ...(mark === 'none' ? [] : [t('attempt.marked', { mark })]),
              reason,
            ]
              .filter(Boolean)
              .join(' · ')}
          </li>
        ))}
      </ol>
    </section>
  )
}
