import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { changeGuestAccess, type GuestAccess } from '#contract/guest-access.ts'
import type { BodyOf } from '#contract/endpoint.ts'
import { useApi } from '../../lib/api.tsx'
import { cx } from '../../lib/cx.ts'
import { guestAccessQuery } from '../../lib/guest-access.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { CodeThumbnail } from '../../ui/code-thumbnail.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { Switch } from '../../ui/toggle.tsx'
import styles from './settings.module.css'

/** Lets phones on the same network reach the guest page, and nothing else. */
export function GuestDoor() {
  const t = useTranslate()
  const api = useApi()
  const access = useQuery(guestAccessQuery(api))
  return (
    <Card title={t('guests.title')}>
      <p className={styles.note}>{t('guests.lead')}</p>
      {access.error !== null && <FailureNotice error={access.error} retry={() => void access.refetch()} />}
      {access.isPending && <Skeleton label={t('ui.loading')} bars={2} />}
      {access.data && <Door access={access.data} />}
    </Card>
  )
}

function Door({ access }: { access: GuestAccess }) {
  const t = useTranslate()
  const change = useChangeGuestAccess()
  const [port, setPort] = useState(String(access.port))
  return (
    <>
      {change.error !== null && <FailureNotice error={change.error} />}
      {access.problem !== null && (
        <Notice tone="bad" title={t('guests.problem')}>
          {access.problem}
        </Notice>
      )}
      <Switch
        isSelected={access.is_open}
        isDisabled={change.isPending}
        onChange={(is_open) => change.mutate({ is_open })}
        note={t('guests.open.note')}
      >
        {t('guests.open')}
      </Switch>
      {access.url !== null && (
        <div className={styles.row}>
          <CodeThumbnail text={access.url} />
          <span className={styles.mono}>{access.url}</span>
        </div>
      )}
      <div className={cx(styles.row, styles.topped)}>
        <SelectField
          label={t('guests.host')}
          choices={[
            { id: '', name: t('guests.host.first') },
            ...access.addresses.map((id) => ({ id, name: id })),
          ]}
          value={access.host ?? ''}
          onChange={(host) => change.mutate({ host: host === '' ? null : host })}
        />
        <TextField
          name="port"
          label={t('guests.port')}
          hint={t('guests.port.hint')}
          inputMode="numeric"
          value={port}
          onChange={setPort}
        />
      </div>
      <div>
        <Button
          onPress={() => change.mutate({ port: Number(port) })}
          isDisabled={change.isPending || port === String(access.port)}
        >
          {t('guests.port.save')}
        </Button>
      </div>
    </>
  )
}

function useChangeGuestAccess() {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: BodyOf<typeof changeGuestAccess>) => api.call(changeGuestAccess, { body }),
    onSuccess: async ({ guest_access }) => {
      queries.setQueryData(guestAccessQuery(api).queryKey, guest_access)
      await queries.invalidateQueries({ queryKey: ['tables'] })
    },
  })
}
