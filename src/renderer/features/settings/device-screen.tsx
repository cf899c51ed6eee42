import { useQuery } from '@tanstack/react-query'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { Health } from '#contract/device.ts'
import { useApi } from '../../lib/api.tsx'
import { useFormats } from '../../lib/format.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Skeleton } from '../../ui/empty-state.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import { DeviceForm } from './device-form.tsx'
import { healthQuery, settingsQuery } from './queries.ts'
import styles from './settings.module.css'

export function DeviceScreen() {
  const t = useTranslate()
  const api = useApi()
  const health = useQuery(healthQuery(api))
  const settings = useQuery(settingsQuery(api))
  return (
    <>
      <Card title={t('device.health')}>
        {health.data ? <HealthFacts health={health.data} /> : <Waiting query={health} />}
      </Card>
      <Card title={t('device.limits')}>
        {settings.data ? <DeviceForm settings={settings.data} /> : <Waiting query={settings} />}
      </Card>
    </>
  )
}

function Waiting({ query }: { query: { error: unknown; refetch: () => Promise<unknown> } }) {
  const t = useTranslate()
  if (query.error !== null) return <FailureNotice error={query.error} retry={() => void query.refetch()} />
  return <Skeleton label={t('ui.loading')} bars={3} />
}

function HealthFacts({ health }: { health: Health }) {
  const t = useTranslate()
  const formats = useFormats()
  const ok = health.status === 'ok'
  const minutes = Math.floor(health.uptime_seconds / 60)
  const database = health.database.kind === 'sqlite' ? 'SQLite' : 'PostgreSQL'
  return (
    <dl className={styles.facts}>
      <dt>{t('device.state')}</dt>
      <dd>
        <StatusBadge icon={ok ? CircleCheck : TriangleAlert} tone={ok ? 'good' : 'bad'}>
          {ok ? t('device.ok') : t('device.degraded')}
        </StatusBadge>
      </dd>
      <dt>{t('device.version')}</dt>
      <dd>{health.version}</dd>
      <dt>{t('device.database')}</dt>
      <dd>
        {database},{' '}
        {health.database.problem ?? (health.database.checked ? t('device.checked') : t('device.checking'))}
      </dd>
      <dt>{t('device.secrets')}</dt>
      <dd>{health.secrets}</dd>
      <dt>{t('device.uptime')}</dt>
      <dd>{t('device.minutes', { minutes, shown: formats.number(minutes) })}</dd>
    </dl>
  )
}
