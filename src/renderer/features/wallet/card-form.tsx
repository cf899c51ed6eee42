import { useState, type ReactNode } from 'react'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { addressFields, draftOf, fieldsOf, nameOf, newDraft, type CardDraft } from './card-draft.ts'
import { CardPreview } from './card-preview.tsx'
import { EntryRows } from './entry-rows.tsx'
import { LookFields } from './look-fields.tsx'
import { useChangeCard, useCreateCard } from './queries.ts'
import styles from './wallet.module.css'

interface NewProps {
  /** Undefined while nothing is being made. */
  kind: WalletPass['kind'] | undefined
  onClose: () => void
  onMade: (id: string) => void
}

export function NewCard({ kind, onClose, onMade }: NewProps) {
  const t = useTranslate()
  const title = t(kind === 'event' ? 'wallet.addEvent' : 'wallet.addContact')
  return (
    <FormDialog title={title} isOpen={kind !== undefined} onClose={onClose} place="side" wide>
      {kind && <NewFields kind={kind} onClose={onClose} onMade={onMade} />}
    </FormDialog>
  )
}

function NewFields({ kind, onClose, onMade }: NewProps & { kind: WalletPass['kind'] }) {
  const { current } = useBusiness()
  const create = useCreateCard()
  const [draft, setDraft] = useState(() => newDraft(kind))
  const onSave = (): void =>
    create.mutate(
      { business_id: current.id, kind, ...fieldsOf(draft) },
      {
        onSuccess: ({ id }) => {
          onClose()
          onMade(id)
        },
      },
    )
  return (
    <SaveForm error={create.error} isPending={create.isPending} onSave={onSave} onClose={onClose}>
      <DraftFields draft={draft} onChange={setDraft} />
    </SaveForm>
  )
}

interface EditProps {
  card: WalletPass
  etag: string | null
  isOpen: boolean
  onClose: () => void
}

export function EditCard({ card, etag, isOpen, onClose }: EditProps) {
  const t = useTranslate()
  return (
    <FormDialog title={t('wallet.edit')} isOpen={isOpen} onClose={onClose} place="side" wide>
      <EditFields card={card} etag={etag} onClose={onClose} />
    </FormDialog>
  )
}

function EditFields({ card, etag, onClose }: Omit<EditProps, 'isOpen'>) {
  const t = useTranslate()
  const toast = useToast()
  // What it was opened with: a change by somebody else meanwhile is told, not written over.
  const [version] = useState(etag)
  const change = useChangeCard(card.id, version)
  const [draft, setDraft] = useState(() => draftOf(card))
  const onSave = (): void =>
    change.mutate(fieldsOf(draft), {
      onSuccess: () => {
        toast({ title: t('wallet.saved', { title: draft.title }) })
        onClose()
      },
    })
  return (
    <SaveForm error={change.error} isPending={change.isPending} onSave={onSave} onClose={onClose}>
      <DraftFields draft={draft} onChange={setDraft} />
    </SaveForm>
  )
}

interface DraftProps {
  draft: CardDraft
  onChange: (draft: CardDraft) => void
}

function DraftFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  return (
    <>
      <CardPreview draft={draft} />
      {draft.kind === 'contact' ? (
        <ContactFields draft={draft} onChange={onChange} />
      ) : (
        <EventFields draft={draft} onChange={onChange} />
      )}
      <Section title={t('wallet.address')}>
        <AddressFields draft={draft} onChange={onChange} />
      </Section>
      <Section title={t('wallet.look')}>
        <LookFields look={draft.look} onChange={(look) => onChange({ ...draft, look })} />
      </Section>
      <TextField
        name="code_text"
        label={t('wallet.code')}
        hint={t(draft.kind === 'contact' ? 'wallet.code.contact' : 'wallet.code.event')}
        rows={2}
        value={draft.codeText}
        onChange={(codeText) => onChange({ ...draft, codeText })}
      />
    </>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
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

function ContactFields({ draft, onChange }: DraftProps) {
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

function EventFields({ draft, onChange }: DraftProps) {
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

function AddressFields({ draft, onChange }: DraftProps) {
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
