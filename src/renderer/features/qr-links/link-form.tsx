import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import { ApiError } from '#contract/errors.ts'
import type { QrLink } from '#contract/qr-links.ts'
import { useBusiness } from '../../lib/business.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { changeOf, draftOf, newLinkOf, type LinkDraft } from './link-draft.ts'
import { DestinationField, LabelFields, SlugField, TimeFields } from './link-fields.tsx'
import { useSaveLink, type LinkSave } from './queries.ts'

interface LinkFormProps {
  original: { link: QrLink; etag: string | null } | undefined
  onSaved: (slug: string) => void
  onClose: () => void
  reload?: () => void
}

/** The draft of a link, what was wrong with it when it was sent, and how to send it. */
function useLinkForm({ original, onSaved }: Pick<LinkFormProps, 'original' | 'onSaved'>) {
  const { current } = useBusiness()
  const [draft, setDraft] = useState(() => draftOf(original?.link))
  const [sent, setSent] = useState<LinkDraft>()
  const save = useSaveLink()
  const errors = fieldErrorsOf(save.error)
  /** Without an ETag it overwrites whatever is stored. */
  const send = (etag: string | null): void => {
    const order: LinkSave = original
      ? { kind: 'change', id: original.link.id, etag, body: changeOf(draft, original.link) }
      : { kind: 'new', body: newLinkOf(draft, current.id) }
    setSent(draft)
    save.mutate(order, { onSuccess: ({ slug }) => onSaved(slug) })
  }
  const change = (part: Partial<LinkDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const refused = {
    destination: errors['destination_url'] && sent?.destination_url,
    slug: errors['slug'] && sent?.slug,
  }
  return { draft, change, errors, refused, send, error: save.error, isPending: save.isPending }
}

export function LinkForm({ original, onSaved, onClose, reload }: LinkFormProps) {
  const t = useTranslate()
  const { draft, change, errors, refused, send, error, isPending } = useLinkForm({ original, onSaved })
  const fields = { draft, change, original: original?.link }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send(original?.etag ?? null)
  }
  return (
    <Form
      className={formStyles.form ?? ''}
      validationErrors={errors}
      validationBehavior="aria"
      onSubmit={submit}
    >
      <DialogBody>
        <SaveFailure error={error} overwrite={() => send(null)} {...(reload && { reload })} />
        <DestinationField {...fields} refused={refused.destination} />
        <SlugField {...fields} refused={refused.slug} />
        <LabelFields {...fields} tagErrors={errors['tags'] ?? []} />
        <TimeFields {...fields} />
        <TextField
          name="notes"
          label={t('links.field.notes')}
          rows={3}
          value={draft.notes}
          onChange={(notes) => change({ notes })}
        />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={isPending}>
          {original ? t('ui.save') : t('links.create')}
        </Button>
      </DialogFoot>
    </Form>
  )
}

/** A refusal that no field can show; a clash of versions offers both ways out. */
function SaveFailure(props: { error: unknown; overwrite: () => void; reload?: () => void }) {
  const t = useTranslate()
  const { error, overwrite, reload } = props
  if (error === null) return null
  if (error instanceof ApiError && error.status === 412) {
    const actions = (
      <>
        {reload && (
          <Button small onPress={reload}>
            {t('links.conflict.reload')}
          </Button>
        )}
        <Button small tone="danger" onPress={overwrite}>
          {t('links.conflict.overwrite')}
        </Button>
      </>
    )
    return (
      <Notice tone="warn" title={t('links.conflict')} actions={actions}>
        {t('links.conflict.text')}
      </Notice>
    )
  }
  return Object.keys(fieldErrorsOf(error)).length > 0 ? null : <FailureNotice error={error} />
}
