import type { ReactNode } from 'react'
import { systemZone } from '../../lib/local-time.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { SelectField } from '../../ui/select-field.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { addressFields, nameOf, type CardDraft } from './card-draft.ts'
import { EntryRows } from './entry-rows.tsx'
import styles from './wallet.module.css'

export interface DraftProps {
  draft: CardDraft
  onChange: (draft: CardDraft) => void
}

/** Fields that belong together, under their name. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend className={styles.partName}>{title}</legend>
      {children}
    </fieldset>
  )
}

function TitleFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  return (
    <>
      <TextField
        name="title"
        label={t(draft.kind === 'contact' ? 'wallet.name' : 'wallet.eventTitle')}
        isRequired
        startsFocused={draft.kind === 'event'}
        maxLength={200}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
      />
      <TextField
        name="subtitle"
        label={t('wallet.subtitle')}
        maxLength={200}
        value={draft.subtitle}
        onChange={(subtitle) => onChange({ ...draft, subtitle })}
      />
    </>
  )
}

export function ContactFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  const { contact } = draft
  const field = (name: keyof typeof contact) => ({
    name: `contact.${name}`,
    value: contact[name],
    onChange: (value: string) => {
      const next = { ...draft, contact: { ...contact, [name]: value } }
      // The name follows its parts until somebody writes it otherwise.
      onChange(draft.title === nameOf(draft) ? { ...next, title: nameOf(next) } : next)
    },
  })
  return (
    <>
      <Section title={t('wallet.person')}>
        <div className={formStyles.pair}>
          <TextField label={t('wallet.given')} startsFocused {...field('given_name')} />
          <TextField label={t('wallet.family')} {...field('family_name')} />
        </div>
        <TitleFields draft={draft} onChange={onChange} />
        <div className={formStyles.pair}>
          <TextField label={t('wallet.job')} {...field('job_title')} />
          <TextField label={t('wallet.organization')} {...field('organization')} />
        </div>
      </Section>
      <Section title={t('wallet.reach')}>
        <EntryRows
          name="contact.phones"
          kind="phone"
          rows={draft.phones}
          onChange={(phones) => onChange({ ...draft, phones })}
        />
        <EntryRows
          name="contact.emails"
          kind="email"
          rows={draft.emails}
          onChange={(emails) => onChange({ ...draft, emails })}
        />
        <TextField label={t('wallet.website')} placeholder="https://" {...field('website')} />
        <TextField label={t('wallet.note')} rows={2} {...field('note')} />
      </Section>
    </>
  )
}

const reminders = [
  { id: '', name: 'wallet.reminder.none' },
  { id: '15', name: 'wallet.reminder.15' },
  { id: '60', name: 'wallet.reminder.60' },
  { id: '1440', name: 'wallet.reminder.1440' },
] as const

export function EventFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  const { event, reminder } = draft
  const field = (name: keyof typeof event) => ({
    name: `event.${name}`,
    value: event[name],
    onChange: (value: string) => onChange({ ...draft, event: { ...event, [name]: value } }),
  })
  const known = reminders.map(({ id, name }) => ({ id: id === '' ? 'none' : id, name: t(name) }))
  const chosen = reminder === '' ? 'none' : reminder
  return (
    <Section title={t('wallet.event')}>
      <TitleFields draft={draft} onChange={onChange} />
      <div className={formStyles.pair}>
        <TextField
          name="event.starts_at"
          label={t('wallet.starts')}
          {...(draft.timezone !== systemZone() && { hint: t('wallet.zone', { zone: systemZone() }) })}
          type="datetime-local"
          isRequired
          value={draft.starts}
          onChange={(starts) => onChange({ ...draft, starts })}
        />
        <TextField
          name="event.ends_at"
          label={t('wallet.ends')}
          type="datetime-local"
          value={draft.ends}
          onChange={(ends) => onChange({ ...draft, ends })}
        />
      </div>
      <Switch isSelected={draft.isAllDay} onChange={(isAllDay) => onChange({ ...draft, isAllDay })}>
        {t('wallet.allDay')}
      </Switch>
      <SelectField
        label={t('wallet.reminder')}
        value={chosen}
        onChange={(next) => onChange({ ...draft, reminder: next === 'none' ? '' : next })}
        choices={
          known.some(({ id }) => id === chosen)
            ? known
            : [...known, { id: chosen, name: t('wallet.reminder.other', { count: Number(chosen) }) }]
        }
      />
      <TextField label={t('wallet.location')} {...field('location')} />
      <div className={formStyles.pair}>
        <TextField label={t('wallet.organizer')} {...field('organizer')} />
        <TextField label={t('wallet.organizerEmail')} type="email" {...field('organizer_email')} />
      </div>
      <TextField label={t('wallet.website')} placeholder="https://" {...field('website')} />
      <TextField label={t('wallet.description')} rows={3} {...field('description')} />
    </Section>
  )
}

const addressNames: Record<(typeof addressFields)[number], MessageId> = {
  street: 'wallet.street',
  postal_code: 'wallet.postalCode',
  city: 'wallet.city',
  region: 'wallet.region',
  country: 'wallet.country',
}

export function AddressFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  return (
    <div className={formStyles.pair}>
      {addressFields.map((name) => (
        <TextField
          key={name}
          name={`${draft.kind}.address.${name}`}
          label={t(addressNames[name])}
          value={draft.address[name]}
          onChange={(value) => onChange({ ...draft, address: { ...draft.address, [name]: value } })}
        />
      ))}
    </div>
  )
}
