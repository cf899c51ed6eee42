import { Check, Eye, Printer, SkipForward } from 'lucide-react'
import type { PrintJob } from '#contract/print-jobs.ts'
import { describeFailure } from '../../lib/failure.ts'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type Translate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Line } from '../../ui/lines.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { jobStates } from './printer-states.ts'
import { useReprint, useSettlePrintJob } from './queries.ts'
import styles from './printing.module.css'

/** `K-0042 · order 17` or what else the job is. */
export function titleOf(job: PrintJob, t: Translate): string {
  if (job.kind === 'drawer') return t('job.drawer')
  if (job.kind === 'test') return t('job.test')
  const order = job.order_number === null ? [] : [t('job.order', { number: job.order_number })]
  const copy = job.copy > 1 ? [t('job.copy', { copy: job.copy })] : []
  const kind = job.kind === 'void' ? [t('job.void')] : job.kind === 'guest' ? [t('job.guest')] : []
  return [job.station_number, ...order, ...kind, ...copy].filter(Boolean).join(' · ')
}

export function JobLine({ job, show }: { job: PrintJob; show: () => void }) {
  const t = useTranslate()
  const formats = useFormats()
  const { icon, tone, name } = jobStates[job.state]
  const place = [job.station, job.printer, formats.dateTime(job.created_at)].filter(Boolean)
  return (
    <Line
      name={titleOf(job, t)}
      marks={
        <StatusBadge icon={icon} tone={tone}>
          {t(name)}
        </StatusBadge>
      }
      facts={
        <span className={styles.facts}>
          {job.reason !== null && <span className={styles.reason}>{job.reason}</span>}
          <span>{place.join(' · ')}</span>
        </span>
      }
      tools={
        <>
          <JobActions job={job} />
          <Button
            small
            icon={<Eye aria-hidden />}
            onPress={show}
            aria-label={t('job.showName', { name: titleOf(job, t) })}
          >
            {t('job.show')}
          </Button>
        </>
      }
    />
  )
}

/** What a person can decide about a job, as far as it makes sense in its state. */
export function JobActions({ job }: { job: PrintJob }) {
  const t = useTranslate()
  const toast = useToast()
  const settle = useSettlePrintJob()
  const reprint = useReprint()
  const { id, state } = job
  const onError = (error: unknown): void => {
    const { title, advice } = describeFailure(error, t)
    toast({ title, detail: advice, tone: 'bad' })
  }
  const decide = (action: 'print' | 'was_printed' | 'skip'): void =>
    settle.mutate({ id, action }, { onError })
  if (state === 'held' || state === 'waiting') {
    return (
      <>
        <Button small tone="primary" icon={<Printer aria-hidden />} onPress={() => decide('print')}>
          {t('job.printNow')}
        </Button>
        {state === 'held' && (
          <Button small icon={<Check aria-hidden />} onPress={() => decide('was_printed')}>
            {t('job.wasPrinted')}
          </Button>
        )}
        <Button small icon={<SkipForward aria-hidden />} onPress={() => decide('skip')}>
          {t('job.skip')}
        </Button>
      </>
    )
  }
  if (state === 'printing' || job.kind === 'drawer') return null
  const again = (): void =>
    reprint.mutate(id, { onError, onSuccess: () => toast({ title: t('job.reprinting') }) })
  return (
    <Button small icon={<Printer aria-hidden />} onPress={again} isDisabled={reprint.isPending}>
      {t('job.reprint')}
    </Button>
  )
}
