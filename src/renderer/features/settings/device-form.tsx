import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import { changeSettings, type Settings } from '#contract/device.ts'
import { useApi } from '../../lib/api.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice } from '../../ui/notice.tsx'
import { useToast } from '../../ui/toast.tsx'
import { settingsQuery } from './queries.ts'
import styles from './settings.module.css'

/** What each throttle guards; one that this list does not know is shown by its name alone. */
const throttleNotes: Record<string, MessageId> = {
  auth: 'throttle.auth',
  'public-forms': 'throttle.public-forms',
  rcaptcha: 'throttle.rcaptcha',
  'qr-redirects': 'throttle.qr-redirects',
  'user-api': 'throttle.user-api',
  'token-api': 'throttle.token-api',
  mcp: 'throttle.mcp',
  ai: 'throttle.ai',
  'admin-writes': 'throttle.admin-writes',
  exports: 'throttle.exports',
  'webhook-tests': 'throttle.webhook-tests',
}

export function DeviceForm({ settings }: { settings: Settings }) {
  const t = useTranslate()
  const [limits, setLimits] = useState(() => textsOf(settings.throttles))
  const [port, setPort] = useState(String(settings.port))
  const save = useSaveSettings()
  const errors = fieldErrorsOf(save.error)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate({ port: Number(port), throttles: changesOf(settings.throttles, limits) })
  }
  return (
    <Form validationErrors={errors} validationBehavior="aria" onSubmit={submit} className={styles.body ?? ''}>
      {save.error !== null && <FailureNotice error={save.error} />}
      <p className={styles.note}>{t('device.limits.lead')}</p>
      <table className={styles.limits}>
        <thead>
          <tr>
            <th scope="col">{t('device.limit')}</th>
            <th scope="col">{t('device.perMinute')}</th>
          </tr>
        </thead>
        <tbody>
          {Object.keys(settings.throttles).map((name) => (
            <LimitLine
              key={name}
              name={name}
              value={limits[name] ?? ''}
              onChange={(value) => setLimits({ ...limits, [name]: value })}
            />
          ))}
        </tbody>
      </table>
      <div className={styles.row}>
        <TextField
          name="port"
          label={t('device.port')}
          hint={t('device.port.hint')}
          inputMode="numeric"
          value={port}
          onChange={setPort}
        />
      </div>
      <div>
        <Button type="submit" tone="primary" isDisabled={save.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  )
}

function LimitLine({
  name,
  value,
  onChange,
}: {
  name: string
  value: string
  onChange: (value: string) => void
}) {
  const t = useTranslate()
  const note = throttleNotes[name]
  return (
    <tr>
      <th scope="row">
        <span className={styles.limitName}>
          <span className={styles.mono}>{name}</span>
          {note !== undefined && <span className={styles.note}>{t(note)}</span>}
        </span>
      </th>
      <td>
        <TextField
          bareLabel
          label={t('device.limitOf', { name })}
          inputMode="numeric"
          value={value}
          onChange={onChange}
        />
      </td>
    </tr>
  )
}

function useSaveSettings() {
  const api = useApi()
  const t = useTranslate()
  const queries = useQueryClient()
  const toast = useToast()
  return useMutation({
    mutationFn: (body: Partial<Settings>) => api.call(changeSettings, { body }),
    onSuccess: ({ settings }) => {
      queries.setQueryData(settingsQuery(api).queryKey, settings)
      toast({ title: t('device.saved') })
    },
  })
}

function textsOf(throttles: Settings['throttles']): Record<string, string> {
  return Object.fromEntries(Object.entries(throttles).map(([name, limit]) => [name, String(limit)]))
}

function changesOf(before: Settings['throttles'], now: Record<string, string>): Settings['throttles'] {
  const changed = Object.entries(now).filter(([name, text]) => Number(text) !== before[name])
  return Object.fromEntries(changed.map(([name, text]) => [name, Number(text)]))
}
