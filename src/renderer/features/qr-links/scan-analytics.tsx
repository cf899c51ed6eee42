import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { QrLink, QrLinkAnalytics } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { spanQuery, spans, type Span } from './analytics-spans.ts'
import { useDeviceNames } from './device-names.ts'
import { analyticsQuery } from './queries.ts'
import styles from './qr-links.module.css'

const spanNames: Record<Span, MessageId> = {
  day: 'span.day',
  week: 'span.week',
  month: 'span.month',
  quarter: 'span.quarter',
  year: 'span.year',
}

export function ScanAnalytics({ link }: { link: QrLink }) {
  const t = useTranslate()
  const [span, setSpan] = useState<Span>('month')
  return (
    <Card
      title={t('analytics.title')}
      actions={
        <SelectField
          bare
          compact
          label={t('analytics.span')}
          value={span}
          onChange={setSpan}
          choices={spans.map((id) => ({ id, name: t(spanNames[id]) }))}
        />
      }
    >
      <Figures id={link.id} span={span} />
    </Card>
  )
}

function Figures({ id, span }: { id: string; span: Span }) {
  const t = useTranslate()
  const api = useApi()
  const formats = useFormats()
  const deviceName = useDeviceNames()
  const [now] = useState(Date.now)
  const { data, error, refetch } = useQuery({
    ...analyticsQuery(api, id, spanQuery(span, now)),
    placeholderData: keepPreviousData,
  })
  if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
  if (!data) return <Skeleton label={t('ui.loading')} bars={4} />
  return (
    <>
      <p>
        <span className={styles.total}>{formats.number(data.scans)}</span>{' '}
        <span className={styles.quiet}>{t('analytics.scans', { count: data.scans })}</span>
      </p>
      <BarChart label={t('analytics.chart')} bars={barsOf(data, formats.dateTime, formats.date)} />
      {data.scans > 0 && (
        <div className={styles.breakdowns}>
          <Breakdown
            title={t('analytics.devices')}
            parts={data.devices}
            total={data.scans}
            nameOf={deviceName}
          />
          <Breakdown title={t('analytics.languages')} parts={data.languages} total={data.scans} />
          <Breakdown title={t('analytics.referrers')} parts={data.referrers} total={data.scans} />
        </div>
      )}
    </>
  )
}

function barsOf(data: QrLinkAnalytics, dateTime: (iso: string) => string, date: (iso: string) => string) {
  const nameOf = data.interval === 'hour' ? dateTime : date
  return data.series.map(({ start, scans }) => ({ name: nameOf(start), value: scans }))
}

interface BreakdownProps {
  title: string
  parts: readonly { name: string; scans: number }[]
  total: number
  nameOf?: (name: string) => string
}

function Breakdown({ title, parts, total, nameOf = (name) => name }: BreakdownProps) {
  const formats = useFormats()
  if (parts.length === 0) return null
  return (
    <section className={styles.breakdown}>
      <h3>{title}</h3>
      <ul>
        {parts.slice(0, 5).map(({ name, scans }) => (
          <li key={name}>
            <span>{nameOf(name)}</span>
            <span>{formats.percent(scans / total)}</span>
            <span className={styles.share} style={{ width: `${(scans / total) * 100}%` }} />
          </li>
        ))}
      </ul>
    </section>
  )
}
