import { useQuery } from '@tanstack/react-query'
import type { PassportAnalytics, ProductPassport } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { BarChart } from '../../ui/bar-chart.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { analyticsQuery } from './queries.ts'
import layout from '../../ui/layout.module.css'
import styles from './passports.module.css'

/** Scans day by day, and what a recall changed about them. */
export function AnalyticsCard({ passport }: { passport: ProductPassport }) {
  const t = useTranslate()
  const formats = useFormats()
  const { data, error, refetch } = useQuery(analyticsQuery(useApi(), passport.id))
  return (
    <Card title={t('passports.analytics')}>
      {error !== null && <FailureNotice error={error} retry={() => void refetch()} />}
      {data?.scans === 0 && data.recall === null && (
        <p className={layout.soft}>{t('passports.analytics.none')}</p>
      )}
      {data && data.scans > 0 && (
        <BarChart
          label={t('passports.analytics.chart', { count: data.scans })}
          bars={data.series.map(({ start, scans }) => ({ name: formats.date(start), value: scans }))}
        />
      )}
      {data?.recall && <RecallBlock recall={data.recall} />}
    </Card>
  )
}

function RecallBlock({ recall }: { recall: NonNullable<PassportAnalytics['recall']> }) {
  const t = useTranslate()
  const { number, dateTime } = useFormats()
  const { affected, accounted, first_action_after: seconds } = recall
  return (
    <>
      <h3 className={styles.sub}>{t('passports.analytics.recall')}</h3>
      <Facts>
        <Fact name={t('passports.analytics.announced')}>{dateTime(recall.announced_at)}</Fact>
        <Fact name={t('passports.analytics.before')}>{number(recall.scans_before)}</Fact>
        <Fact name={t('passports.analytics.after')}>{number(recall.scans_after)}</Fact>
        <Fact name={t('passports.analytics.inScope')}>{number(recall.in_scope)}</Fact>
        <Fact name={t('passports.analytics.possible')}>{number(recall.possible)}</Fact>
        <Fact name={t('passports.analytics.outOfScope')}>{number(recall.out_of_scope)}</Fact>
        <Fact name={t('passports.analytics.serials')}>{number(recall.distinct_serials)}</Fact>
        <Fact name={t('passports.analytics.afterDestruction')}>{number(recall.after_destruction)}</Fact>
        <Fact name={t('passports.analytics.accounted')}>
          {affected === null
            ? number(accounted)
            : t('passports.analytics.of', { accounted: number(accounted), affected: number(affected) })}
        </Fact>
        <Fact name={t('passports.analytics.firstAction')}>
          {seconds === null
            ? t('passports.analytics.noAction')
            : t('passports.analytics.minutes', { count: Math.round(seconds / 60) })}
        </Fact>
      </Facts>
    </>
  )
}
