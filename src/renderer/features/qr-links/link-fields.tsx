import { useQuery } from '@tanstack/react-query'
import type { QrLink } from '#contract/qr-links.ts'
import { useApi } from '../../lib/api.tsx'
import { useBusiness } from '../../lib/business.tsx'
import { systemZone } from '../../lib/local-time.ts'
import { useTranslate } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { TagsField } from '../../ui/tags-field.tsx'
import { Switch } from '../../ui/toggle.tsx'
import { DestinationAdvice, SlugAdvice } from './field-advice.tsx'
import type { LinkDraft } from './link-draft.ts'
import { facetsQuery } from './queries.ts'

interface FieldsProps {
  draft: LinkDraft
  change: (part: Partial<LinkDraft>) => void
}

interface CheckedFieldProps extends FieldsProps {
  original: QrLink | undefined
  /** The value that the server refused. */
  refused: string | undefined
}

export function DestinationField({ draft, change, original, refused }: CheckedFieldProps) {
  const t = useTranslate()
  const take = (destination_url: string): void => change({ destination_url })
  return (
    <div className={formStyles.group}>
      <TextField
        name="destination_url"
        label={t('links.field.destination')}
        placeholder="https://"
        inputMode="url"
        value={draft.destination_url}
        onChange={take}
        isRequired
        startsFocused={original === undefined}
      />
      <DestinationAdvice value={draft.destination_url} refused={refused} take={take} />
    </div>
  )
}

export function SlugField({ draft, change, original, refused }: CheckedFieldProps) {
  const t = useTranslate()
  const { current } = useBusiness()
  const take = (slug: string): void => change({ slug })
  return (
    <div className={formStyles.group}>
      <TextField
        name="slug"
        label={t('links.field.slug')}
        prefix={`${current.short_domain ?? 'qrscan.ink'}/r/`}
        mono
        value={draft.slug}
        onChange={take}
        isRequired={original !== undefined}
      />
      <SlugAdvice
        value={draft.slug}
        refused={refused}
        emptyText={original ? undefined : t('links.field.slug.hint')}
        changedFrom={original?.slug}
        take={take}
      />
    </div>
  )
}

export function LabelFields({ draft, change, tagErrors }: FieldsProps & { tagErrors: readonly string[] }) {
  const t = useTranslate()
  const api = useApi()
  const { current } = useBusiness()
  const { data: facets } = useQuery(facetsQuery(api, current.id))
  return (
    <>
      <TextField
        name="title"
        label={t('links.field.title')}
        value={draft.title}
        onChange={(title) => change({ title })}
      />
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
        errors={tagErrors}
      />
    </>
  )
}

export function TimeFields({ draft, change }: FieldsProps) {
  const t = useTranslate()
  return (
    <>
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
    </>
  )
}
