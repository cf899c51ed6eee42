import { useQuery } from '@tanstack/react-query'
import { CircleAlert, CircleCheck } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import type { Granularity, PassportProfile } from '#contract/product-passports.ts'
import { useApi } from '../../lib/api.tsx'
import { useDebounced } from '../../lib/debounced.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { SelectField } from '../../ui/select-field.tsx'
import { parties, type PartyName, type PassportDraft } from './passport-draft.ts'
import { granularityNames, profileNames } from './passport-names.ts'
import { DocumentRows, LinkRows, MaterialRows } from './passport-rows.tsx'
import { ProfileFields } from './profile-fields.tsx'
import { gtinQuery } from './queries.ts'
import styles from './passports.module.css'

interface DraftProps {
  draft: PassportDraft
  onChange: (draft: PassportDraft) => void
}

/** Everything that a passport says, part by part. */
export function PassportFields({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  return (
    <>
      <Section title={t('passports.part.identity')}>
        <Identity draft={draft} onChange={onChange} />
      </Section>
      <Section title={t('passports.part.product')}>
        <Product draft={draft} onChange={onChange} />
      </Section>
      <Section title={t('passports.part.group')}>
        <SelectField<PassportProfile>
          label={t('passports.profile')}
          name="profile"
          value={draft.profile}
          onChange={(profile) => onChange({ ...draft, profile })}
          choices={profileNames.map(({ id, name }) => ({ id, name: t(name) }))}
        />
        <ProfileFields draft={draft} onChange={onChange} />
      </Section>
      <Section title={t('passports.part.who')}>
        {parties.map((party) => (
          <Party key={party} party={party} draft={draft} onChange={onChange} />
        ))}
      </Section>
      <Section title={t('passports.part.materials')}>
        <MaterialRows rows={draft.materials} onChange={(materials) => onChange({ ...draft, materials })} />
      </Section>
      <Section title={t('passports.part.documents')}>
        <DocumentRows rows={draft.documents} onChange={(documents) => onChange({ ...draft, documents })} />
        <TextField
          name="core.images"
          label={t('passports.images')}
          hint={t('passports.images.hint')}
          rows={2}
          value={draft.images}
          onChange={(images) => onChange({ ...draft, images })}
        />
        <LinkRows rows={draft.links} onChange={(links) => onChange({ ...draft, links })} />
      </Section>
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

function Identity({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  const field = (name: 'name' | 'gtin' | 'lot' | 'serial') => ({
    name,
    value: draft[name],
    onChange: (value: string) => onChange({ ...draft, [name]: value }),
  })
  return (
    <>
      <TextField label={t('passports.name')} isRequired startsFocused maxLength={200} {...field('name')} />
      <div className={formStyles.pair}>
        <TextField
          label={t('passports.gtin')}
          isRequired
          mono
          inputMode="numeric"
          hint={<GtinHint gtin={draft.gtin.replaceAll(/[\s-]/g, '')} />}
          {...field('gtin')}
        />
        <SelectField<Granularity>
          label={t('passports.granularity')}
          name="granularity"
          value={draft.granularity}
          onChange={(granularity) => onChange({ ...draft, granularity })}
          choices={granularityNames.map(({ id, name }) => ({ id, name: t(name) }))}
        />
      </div>
      {draft.granularity !== 'model' && (
        <div className={formStyles.pair}>
          <TextField
            label={t('field.lot')}
            mono
            maxLength={20}
            isRequired={draft.granularity === 'lot'}
            {...field('lot')}
          />
          {draft.granularity === 'item' && (
            <TextField label={t('field.serial')} mono maxLength={20} isRequired {...field('serial')} />
          )}
        </div>
      )}
    </>
  )
}

/** Whether the number can be one, while it is typed. */
function GtinHint({ gtin }: { gtin: string }) {
  const t = useTranslate()
  const settled = useDebounced(gtin, 250)
  const { data } = useQuery(gtinQuery(useApi(), settled))
  if (data === undefined || settled !== gtin) return t('passports.gtin.hint')
  const Icon = data === null ? CircleCheck : CircleAlert
  return (
    <span className={data === null ? styles.right : styles.wrong}>
      <Icon aria-hidden />
      {data ?? t('passports.gtin.right')}
    </span>
  )
}

function Product({ draft, onChange }: DraftProps) {
  const t = useTranslate()
  const { texts } = draft
  const field = (name: keyof typeof texts) => ({
    name: `core.${name}`,
    value: texts[name],
    onChange: (value: string) => onChange({ ...draft, texts: { ...texts, [name]: value } }),
  })
  return (
    <>
      <TextField label={t('passports.description')} rows={3} {...field('description')} />
      <div className={formStyles.pair}>
        <TextField label={t('passports.brand')} {...field('brand')} />
        <TextField label={t('passports.model')} {...field('model')} />
      </div>
      <div className={formStyles.pair}>
        <TextField label={t('passports.category')} {...field('category')} />
        <TextField
          label={t('passports.commodity')}
          hint={t('passports.commodity.hint')}
          mono
          {...field('commodity_code')}
        />
      </div>
      <div className={formStyles.pair}>
        <TextField
          label={t('passports.country')}
          hint={t('passports.country.hint')}
          maxLength={2}
          {...field('country_of_production')}
        />
        <TextField label={t('passports.producedOn')} type="date" {...field('produced_on')} />
      </div>
      <TextField
        name="core.weight_grams"
        label={t('passports.weight')}
        inputMode="decimal"
        value={draft.weight}
        onChange={(weight) => onChange({ ...draft, weight })}
      />
      <TextField label={t('passports.repair')} rows={2} {...field('repair')} />
      <TextField label={t('passports.disposal')} rows={2} {...field('disposal')} />
      <TextField label={t('passports.warranty')} rows={2} {...field('warranty')} />
    </>
  )
}

const partyNames: Record<PartyName, MessageId> = {
  manufacturer: 'passports.party.manufacturer',
  importer: 'passports.party.importer',
  responsible_operator: 'passports.party.responsible_operator',
  facility: 'passports.party.facility',
}

function Party({ party, draft, onChange }: DraftProps & { party: PartyName }) {
  const t = useTranslate()
  const own = draft.parties[party]
  const [wasFilled] = useState(own.name !== '')
  const field = (name: keyof typeof own) => ({
    name: `core.${party}.${name}`,
    value: own[name],
    onChange: (value: string) =>
      onChange({ ...draft, parties: { ...draft.parties, [party]: { ...own, [name]: value } } }),
  })
  return (
    <details className={styles.more} open={wasFilled}>
      <summary>{t(partyNames[party])}</summary>
      <div className={styles.moreBody}>
        <TextField label={t('passports.party.name')} {...field('name')} />
        <div className={formStyles.pair}>
          <TextField
            label={t('passports.party.id')}
            hint={t('passports.party.id.hint')}
            mono
            {...field('id')}
          />
          <TextField label={t('passports.party.email')} {...field('email')} />
        </div>
        <TextField label={t('passports.party.address')} rows={2} {...field('address')} />
        <TextField label={t('passports.party.url')} {...field('url')} />
      </div>
    </details>
  )
}
