import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { DaySummary } from '#contract/order-intents.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { useFormats } from '../../lib/format.ts'
import { useMoney } from '../../lib/money.ts'
import { useTranslate, type Translate } from '../../lib/translate.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { daySummaryQuery } from './queries.ts'
import styles from './orders.module.css'

/** A day in numbers: how many, how fast, what and when. */
export function DayFigures({ day }: { day: string }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data, error, refetch } = useQuery({
    ...daySummaryQuery(api, current.id, day),
    placeholderData: keepPreviousData,
  })
  if (data === undefined) {
    if (error !== null) return <FailureNotice error={error} retry={() => void refetch()} />
    return <Skeleton label={t('ui.loading')} bars={3} />
  }
  return (
    <div className={styles.figures}>
      <Numbers day={data} />
      {data.orders > 0 && (
        <>
          <Card title={t('day.hours')}>
            <BarChart
              label={t('day.hours')}
              bars={hoursOf(data)}
              names={{ bar: t('day.hour'), value: t('day.orders') }}
            />
          </Card>
          <Items day={data} />
        </>
      )}
    </div>
  )
}

/** From the first to the last hour with an order, the quiet ones between them counted in. */
function hoursOf({ hours }: DaySummary): { name: string; value: number }[] {
  const busy = hours.filter(({ orders }) => orders > 0)
  const first = hours.findIndex((hour) => hour === busy[0])
  const last = hours.findIndex((hour) => hour === busy.at(-1))
  return hours
    .slice(first, last + 1)
    .map(({ hour, orders }) => ({ name: `${String(hour).padStart(2, '0')}:00`, value: orders }))
}

function Numbers({ day }: { day: DaySummary }) {
  const t = useTranslate()
  const formats = useFormats()
  const money = useMoney(day.currency)
  const numbers: [name: string, value: string][] = [
    [t('day.orders'), formats.number(day.orders)],
    [t('day.total'), money.show(day.total)],
    [t('day.open'), formats.number(day.open)],
    [t('day.served'), formats.number(day.served)],
    [t('day.left'), formats.number(day.rejected + day.cancelled)],
    [t('day.guests'), formats.number(day.guests)],
    [t('day.calls'), formats.number(day.service_requests)],
    [t('day.toAccept'), duration(day.median_to_accept, t)],
    [t('day.toReady'), duration(day.median_to_ready, t)],
  ]
  return (
    <dl className={styles.numbers}>
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function duration(seconds: number | null, t: Translate): string {
  if (seconds === null) return '–'
  return t('day.duration', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 })
}

const mostItems = 12

function Items({ day }: { day: DaySummary }) {
  const t = useTranslate()
  const formats = useFormats()
  const money = useMoney(day.currency)
  return (
    <Card title={t('day.items')}>
      <ol className={styles.sold}>
        {day.items.slice(0, mostItems).map(({ name, quantity, total }) => (
          <li key={name}>
            <span dir="auto">{name}</span>
            <span>{t('order.times', { count: formats.number(quantity) })}</span>
            <span>{money.show(total)}</span>
          </li>
        ))}
      </ol>
      {day.items.length > mostItems && <p>{t('day.moreItems', { count: day.items.length - mostItems })}</p>}
    </Card>
  )
}
