import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import { changeRestaurantSettings, type RestaurantSettings } from '#contract/restaurant-settings.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { restaurantSettingsQuery } from '../../lib/restaurant-settings.ts'
import { stationsQuery } from '../../lib/stations.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { Skeleton } from '../../ui/empty-state.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice } from '../../ui/notice.tsx'
import { Card } from '../../ui/page.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { GuestDoor } from './guest-door.tsx'
import { LogoField } from './logo-field.tsx'
import styles from './settings.module.css'

export function RestaurantScreen() {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const settings = useQuery(restaurantSettingsQuery(api, current.id))
  return (
    <>
      <GuestDoor />
      <Card title={t('restaurant.tickets')}>
        {settings.error !== null && (
          <FailureNotice error={settings.error} retry={() => void settings.refetch()} />
        )}
        {settings.isPending && <Skeleton label={t('ui.loading')} bars={4} />}
        {settings.data && <RestaurantForm key={current.id} settings={settings.data} />}
      </Card>
    </>
  )
}

type Draft = Omit<
  RestaurantSettings,
  'ticket_lines' | 'day_starts_at' | 'amber_after_minutes' | 'red_after_minutes'
> & {
  lines: string
  day: string
  amber: string
  red: string
}

function draftOf(settings: RestaurantSettings): Draft {
  const { ticket_lines, day_starts_at, amber_after_minutes, red_after_minutes, ...rest } = settings
  return {
    ...rest,
    lines: ticket_lines.join('\n'),
    day: String(day_starts_at),
    amber: String(amber_after_minutes),
    red: String(red_after_minutes),
  }
}

function changeOf({ lines, day, amber, red, ...rest }: Draft): RestaurantSettings {
  const orNull = (text: string | null): string | null => (text?.trim() ? text.trim() : null)
  return {
    ...rest,
    ticket_footer: orNull(rest.ticket_footer),
    ticket_qr_url: orNull(rest.ticket_qr_url),
    ticket_lines: lines
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    day_starts_at: Number(day),
    amber_after_minutes: Number(amber),
    red_after_minutes: Number(red),
  }
}

function RestaurantForm({ settings }: { settings: RestaurantSettings }) {
  const t = useTranslate()
  const save = useSaveRestaurant()
  const [draft, setDraft] = useState(() => draftOf(settings))
  const change = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    save.mutate(changeOf(draft))
  }
  return (
    <Form
      validationErrors={fieldErrorsOf(save.error)}
      validationBehavior="aria"
      onSubmit={submit}
      className={styles.body ?? ''}
    >
      {save.error !== null && <FailureNotice error={save.error} />}
      <TicketHead draft={draft} change={change} />
      <Orders draft={draft} change={change} />
      <div>
        <Button type="submit" tone="primary" isDisabled={save.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  )
}

interface PartProps {
  draft: Draft
  change: (part: Partial<Draft>) => void
}

function TicketHead({ draft, change }: PartProps) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: stations = [] } = useQuery(stationsQuery(api, current.id))
  return (
    <>
      <LogoField logo={draft.logo} onChange={(logo) => change({ logo })} />
      <TextField
        name="ticket_lines"
        label={t('restaurant.lines')}
        hint={t('restaurant.lines.hint')}
        rows={3}
        value={draft.lines}
        onChange={(lines) => change({ lines })}
      />
      <TextField
        name="ticket_footer"
        label={t('restaurant.footer')}
        placeholder={t('restaurant.footer.example')}
        value={draft.ticket_footer ?? ''}
        onChange={(ticket_footer) => change({ ticket_footer })}
      />
      <div className={formStyles.pair}>
        <SelectField
          label={t('restaurant.guestTicket')}
          choices={[
            { id: '', name: t('restaurant.guestTicket.none') },
            ...stations.map(({ id, name }) => ({ id, name })),
          ]}
          value={draft.guest_ticket_station_id ?? ''}
          onChange={(id) => change({ guest_ticket_station_id: id === '' ? null : id })}
        />
        <TextField
          name="ticket_qr_url"
          label={t('restaurant.qr')}
          hint={t('restaurant.qr.hint')}
          value={draft.ticket_qr_url ?? ''}
          onChange={(ticket_qr_url) => change({ ticket_qr_url })}
        />
      </div>
      <TextField
        name="locale"
        label={t('restaurant.locale')}
        hint={t('restaurant.locale.hint')}
        value={draft.locale}
        onChange={(locale) => change({ locale })}
      />
    </>
  )
}

function Orders({ draft, change }: PartProps) {
  const t = useTranslate()
  return (
    <>
      <Switch
        isSelected={draft.guests_may_order}
        onChange={(guests_may_order) => change({ guests_may_order })}
        note={t('restaurant.guestsOrder.note')}
      >
        {t('restaurant.guestsOrder')}
      </Switch>
      <Switch
        isSelected={draft.auto_accept}
        onChange={(auto_accept) => change({ auto_accept })}
        note={t('restaurant.autoAccept.note')}
      >
        {t('restaurant.autoAccept')}
      </Switch>
      <div className={formStyles.pair}>
        <TextField
          name="amber_after_minutes"
          label={t('restaurant.amber')}
          inputMode="numeric"
          value={draft.amber}
          onChange={(amber) => change({ amber })}
        />
        <TextField
          name="red_after_minutes"
          label={t('restaurant.red')}
          inputMode="numeric"
          value={draft.red}
          onChange={(red) => change({ red })}
        />
        <TextField
          name="day_starts_at"
          label={t('restaurant.dayStart')}
          hint={t('restaurant.dayStart.hint')}
          inputMode="numeric"
          value={draft.day}
          onChange={(day) => change({ day })}
        />
      </div>
    </>
  )
}

function useSaveRestaurant() {
  const api = useApi()
  const t = useTranslate()
  const queries = useQueryClient()
  const toast = useToast()
  const { current } = useBusiness()
  return useMutation({
    mutationFn: (body: RestaurantSettings) =>
      api.call(changeRestaurantSettings, { body: { business_id: current.id, ...body } }),
    onSuccess: ({ restaurant_settings }) => {
      queries.setQueryData(restaurantSettingsQuery(api, current.id).queryKey, restaurant_settings)
      toast({ title: t('restaurant.saved') })
    },
  })
}
