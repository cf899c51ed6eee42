import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import { useState } from 'react'
import type { OrderIntent } from '#contract/order-intents.ts'
import { reprintPrintJob, type PrintJob, type PrintJobState } from '#contract/print-jobs.ts'
import { useApi } from '../../lib/api.tsx'
import { describeFailure } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { useToast } from '../../ui/toast.tsx'
import { BlobPicture } from './blob-picture.tsx'
import { stationOfLine } from './board-columns.ts'
import { ChoiceBar } from './choice-bar.tsx'
import { ticketLooks } from './ticket-looks.ts'
import { jobPictureQuery, ticketPictureQuery, ticketsOfOrderQuery } from './queries.ts'
import { useRestaurant } from './restaurant-context.ts'
import styles from './order-panel.module.css'

const guest = '*guest'

/** What went to printers, and how each ticket looks. */
export function OrderTickets({ order }: { order: OrderIntent }) {
  const t = useTranslate()
  const api = useApi()
  const { data: jobs, error, refetch } = useQuery(ticketsOfOrderQuery(api, order.id))
  const [shown, setShown] = useState<string>()
  return (
    <section className={styles.part}>
      <h3>{t('order.tickets')}</h3>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {jobs?.length === 0 && <p className={styles.quiet}>{t('order.tickets.none')}</p>}
      {jobs !== undefined && jobs.length > 0 && (
        <ul className={styles.jobs}>
          {jobs.map((job) => (
            <JobLine key={job.id} job={job} isShown={shown === job.id} show={setShown} />
          ))}
        </ul>
      )}
      <Preview order={order} />
    </section>
  )
}

interface JobLineProps {
  job: PrintJob
  isShown: boolean
  show: (id: string | undefined) => void
}

/** States in which another copy would come on top of one that still is on its way. */
const onItsWay: readonly PrintJobState[] = ['waiting', 'printing', 'held']

function JobLine({ job, isShown, show }: JobLineProps) {
  const t = useTranslate()
  const reprint = useReprint()
  const { icon, tone, name } = ticketLooks[job.state]
  const where = job.station ?? job.printer ?? t('order.ticket.guest')
  return (
    <li className={styles.job}>
      <div className={styles.jobText}>
        <span className={styles.jobName}>
          <strong dir="auto">{where}</strong>
          {job.station_number !== null && <span>{job.station_number}</span>}
          <StatusBadge icon={icon} tone={tone}>
            {t(name)}
          </StatusBadge>
        </span>
        {job.reason !== null && <span className={styles.quiet}>{job.reason}</span>}
      </div>
      <Button small onPress={() => show(isShown ? undefined : job.id)}>
        {isShown ? t('order.ticket.hide') : t('order.ticket.show')}
      </Button>
      <Button
        small
        icon={<Printer aria-hidden />}
        isDisabled={onItsWay.includes(job.state) || reprint.isPending}
        onPress={() => reprint.mutate(job.id)}
      >
        {t('order.ticket.reprint')}
      </Button>
      {isShown && <JobPicture job={job} />}
    </li>
  )
}

function useReprint() {
  const t = useTranslate()
  const api = useApi()
  const toast = useToast()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.call(reprintPrintJob, { params: { id }, body: {} }),
    onSuccess: () => toast({ title: t('order.ticket.reprinted') }),
    onError: (error) => {
      const { title, advice } = describeFailure(error, t)
      toast({ title, detail: advice, tone: 'bad' })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['print-jobs'] }),
  })
}

function JobPicture({ job }: { job: PrintJob }) {
  const t = useTranslate()
  const api = useApi()
  const { data, error } = useQuery(jobPictureQuery(api, job.id, job.updated_at))
  return <Picture blob={data} error={error} alt={t('order.ticket.alt', { number: job.order_number ?? '' })} />
}

/** How a ticket would come out now: the guest's, or that of a station with items in the order. */
function Preview({ order }: { order: OrderIntent }) {
  const t = useTranslate()
  const { stations } = useRestaurant()
  const [chosen, setChosen] = useState<string>()
  const own = stations.filter(({ id }) => order.lines.some((line) => stationOfLine(line, stations) === id))
  const choices = [{ id: guest, name: t('order.ticket.guest') }, ...own]
  const press = (id: string): void => setChosen(id === chosen ? undefined : id)
  return (
    <>
      <ChoiceBar
        label={t('order.ticket.preview')}
        choices={choices.map(({ id, name }) => ({ id, name: t('order.ticket.previewOf', { name }) }))}
        chosen={chosen === undefined ? [] : [chosen]}
        onPress={press}
      />
      {chosen !== undefined && <PreviewPicture order={order} station={chosen === guest ? null : chosen} />}
    </>
  )
}

function PreviewPicture({ order, station }: { order: OrderIntent; station: string | null }) {
  const t = useTranslate()
  const api = useApi()
  const { data, error } = useQuery(ticketPictureQuery(api, order.id, order.revision, station))
  return <Picture blob={data} error={error} alt={t('order.ticket.alt', { number: order.number })} />
}

function Picture({ blob, error, alt }: { blob: Blob | undefined; error: unknown; alt: string }) {
  const t = useTranslate()
  if (blob) return <BlobPicture key={alt} blob={blob} alt={alt} />
  if (error !== null) return <FailureNotice error={error} />
  return <Skeleton label={t('ui.loading')} bars={3} />
}
