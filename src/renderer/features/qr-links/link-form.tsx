import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Form } from 'react-aria-components'
import { ApiError } from '#contract/errors.ts'
import type { QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { fieldErrorsOf } from '../../lib/failure.ts'
import { systemZone } from '../../lib/local-time.ts'
import { useTranslate } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { FailureNotice, Notice } from '../../ui/notice.tsx'
import { TagsField } from '../../ui/tags-field.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { DestinationAdvice, SlugAdvice } from './field-advice.tsx'
import { changeOf, draftOf, newLinkOf, type LinkDraft } from './link-draft.ts'
import { facetsQuery, useSaveLink, type LinkSave } from './queries.ts'

interface LinkFormProps {
  original: { link: QrLink; etag: string | null } | undefined
  onSaved: (slug: string) => void
  onClose: () => void
  reload?: () => void
}

export function LinkForm({ original, onSaved, onClose, reload }: LinkFormProps) {
  const t = useTranslate()
  const { current } = useBusiness()
  const [draft, setDraft] = useState(() => draftOf(original?.link))
  const [sent, setSent] = useState<LinkDraft>()
  const save = useSaveLink()
  const errors = fieldErrorsOf(save.error)
  const change = (part: Partial<LinkDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const send = (etag: string | null | undefined): void => {
    const order: LinkSave = original
      ? { kind: 'change', id: original.link.id, etag: etag ?? null, body: changeOf(draft, original.link) }
      : { kind: 'new', body: newLinkOf(draft, current.id) }
    setSent(draft)
    save.mutate(order, { onSuccess: ({ slug }) => onSaved(slug) })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    send(original?.etag)
  }
  return (
    <Form
      className={formStyles.form ?? ''}
      validationErrors={errors}
      validationBehavior="aria"
      onSubmit={submit}
    >
      <DialogBody>
        <SaveFailure error={save.error} overwrite={() => send(null)} {...(reload && { reload })} />
        <MainFields
          draft={draft}
          change={change}
          original={original?.link}
          refusedDestination={errors['destination_url'] && sent?.destination_url}
          refusedSlug={errors['slug'] && sent?.slug}
        />
        <MoreFields draft={draft} change={change} errors={errors} />
      </DialogBody>
      <DialogFoot>
        <Button onPress={onClose}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={save.isPending}>
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

interface FieldsProps {
  draft: LinkDraft
  change: (part: Partial<LinkDraft>) => void
}

interface MainFieldsProps extends FieldsProps {
  original: QrLink | undefined
  refusedDestination: string | undefined
  refusedSlug: string | undefined
}

function MainFields({ draft, change, original, refusedDestination, refusedSlug }: MainFieldsProps) {
  const t = useTranslate()
  const { current } = useBusiness()
  const start = `${current.short_domain ?? 'qrscan.ink'}/r/`
  return (
    <>
      <div className={formStyles.group}>
        <TextField
          name="destination_url"
          label={t('links.field.destination')}
          placeholder="https://"
          inputMode="url"
          value={draft.destination_url}
          onChange={(destination_url) => change({ destination_url })}
          isRequired
          startsFocused={original === undefined}
        />
        <DestinationAdvice
          value={draft.destination_url}
          refused={refusedDestination}
          take={(destination_url) => change({ destination_url })}
        />
      </div>
      <div className={formStyles.group}>
        <TextField
          name="slug"
          label={t('links.field.slug')}
          prefix={start}
          mono
          value={draft.slug}
          onChange={(slug) => change({ slug })}
          isRequired={original !== undefined}
        />
        <SlugAdvice
          value={draft.slug}
          refused={refusedSlug}
          emptyText={original ? undefined : t('links.field.slug.hint')}
          changedFrom={original?.slug}
          take={(slug) => change({ slug })}
        />
      </div>
      <TextField
        name="title"
        label={t('links.field.title')}
        value={draft.title}
        onChange={(title) => change({ title })}
      />
    </>
  )
}

function MoreFields({ draft, change, errors }: FieldsProps & { errors: Record<string, string[]> }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: facets } = useQuery(facetsQuery(api, current.id))
  return (
    <>
      <TextField
        name="campaign"
        label={t('links.field.campaign')}
        value={draft.campaign}
        onChange={(campaign) => change({ campaign })}
      />
      <TagsField
        label={t('links.field.tags')}
        value={draft.tags}
        onChange={(tags) => change({ tags })}
        suggestions={(facets?.tags ?? []).map(({ name }) => name)}
        errors={errors['tags'] ?? []}
      />
      <Switch
        isSelected={draft.is_active}
        onChange={(is_active) => change({ is_active })}
        note={t('links.field.active.note')}
      >
        {t('links.field.active')}
      </Switch>
      <div className={formStyles.pair}>
        <TextField
          name="starts_at"
          type="datetime-local"
          label={t('links.field.starts')}
          value={draft.starts_at}
          onChange={(starts_at) => change({ starts_at })}
        />
        <TextField
          name="expires_at"
          type="datetime-local"
          label={t('links.field.expires')}
          value={draft.expires_at}
          onChange={(expires_at) => change({ expires_at })}
        />
      </div>
      <p className={formStyles.advice}>{t('links.field.zone', { zone: systemZone() })}</p>
      <TextField
        name="notes"
        label={t('links.field.notes')}
        rows={3}
        value={draft.notes}
        onChange={(notes) => change({ notes })}
      />
    </>
  )
}
