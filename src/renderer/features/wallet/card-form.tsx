import { useState } from 'react'
import { cardLanguages } from '#contract/card-rules.ts'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { useBusiness } from '../../lib/business.tsx'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import { FormDialog, SaveForm } from '../../ui/form-dialog.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { useToast } from '../../ui/toast.tsx'
import { draftOf, fieldsOf, newDraft } from './card-draft.ts'
import { AddressFields, ContactFields, EventFields, Section, type DraftProps } from './card-fields.tsx'
import { CardPreview } from './card-preview.tsx'
import { LookFields } from './look-fields.tsx'
import { useChangeCard, useCreateCard } from './queries.ts'

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
      <LanguageField draft={draft} onChange={onChange} />
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

/** Which language the card speaks: its labels, its dates, and how a screen reader says its words. */
function LanguageField({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  const { locale } = draft
  const known: readonly string[] = cardLanguages
  const offered = known.includes(locale) ? known : [locale, ...known]
  return (
    <SelectField
      label={t('wallet.language')}
      value={locale}
      onChange={(next) => onChange({ ...draft, locale: next })}
      choices={offered.map((id) => ({ id, name: languageName(id) }))}
    />
  )
}

/** A language by its own name, as its readers look for it. */
function languageName(tag: string): string {
  const name = new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag
  return name.charAt(0).toLocaleUpperCase(tag) + name.slice(1)
}
