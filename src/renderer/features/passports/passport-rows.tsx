import { Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import formStyles from '../../ui/form.module.css'
import { SelectField } from '../../ui/select-field.tsx'
import { Checkbox } from '../../ui/toggle.tsx'
import {
  emptyDocument,
  emptyLink,
  emptyMaterial,
  type DocumentDraft,
  type LinkDraft,
  type MaterialDraft,
} from './passport-draft.ts'
import styles from './passports.module.css'

interface RowsProps<R> {
  rows: readonly R[]
  onChange: (rows: R[]) => void
}

interface FrameProps<R> extends RowsProps<R> {
  empty: R
  add: string
  children: (row: R, set: (change: Partial<R>) => void, index: number) => ReactNode
}

function Rows<R extends object>({ rows, onChange, empty, add, children }: FrameProps<R>) {
  const t = useTranslate()
  return (
    <>
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no names of their own
        <div key={index} className={styles.row}>
          {children(row, (change) => onChange(rows.with(index, { ...row, ...change })), index)}
          <div>
            <Button
              small
              icon={<Trash2 aria-hidden />}
              aria-label={t('passports.row.remove', { number: index + 1 })}
              onPress={() => onChange(rows.filter((_, other) => other !== index))}
            >
              {t('passports.row.removeShort')}
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button icon={<Plus aria-hidden />} onPress={() => onChange([...rows, empty])}>
          {add}
        </Button>
      </div>
    </>
  )
}

export function MaterialRows(props: RowsProps<MaterialDraft>) {
  const t = useTranslate()
  return (
    <Rows {...props} empty={emptyMaterial} add={t('passports.material.add')}>
      {(row, set, index) => (
        <>
          <TextField
            name={`core.materials.${index}.name`}
            label={t('passports.material.name')}
            value={row.name}
            onChange={(name) => set({ name })}
          />
          <div className={formStyles.pair}>
            <TextField
              name={`core.materials.${index}.share`}
              label={t('passports.material.share')}
              inputMode="decimal"
              value={row.share}
              onChange={(share) => set({ share })}
            />
            <TextField
              name={`core.materials.${index}.recycled_share`}
              label={t('passports.material.recycled')}
              inputMode="decimal"
              value={row.recycled_share}
              onChange={(recycled_share) => set({ recycled_share })}
            />
          </div>
          <TextField
            name={`core.materials.${index}.origin_country`}
            label={t('passports.material.origin')}
            hint={t('passports.country.hint')}
            maxLength={2}
            value={row.origin_country}
            onChange={(origin_country) => set({ origin_country })}
          />
          <Checkbox isSelected={row.is_hazardous} onChange={(is_hazardous) => set({ is_hazardous })}>
            {t('passports.material.hazardous')}
          </Checkbox>
        </>
      )}
    </Rows>
  )
}

const documentKinds: readonly { id: DocumentDraft['kind']; name: MessageId }[] = [
  { id: 'manual', name: 'passports.document.manual' },
  { id: 'conformity', name: 'passports.document.conformity' },
  { id: 'safety', name: 'passports.document.safety' },
  { id: 'warning', name: 'passports.document.warning' },
  { id: 'repair', name: 'passports.document.repair' },
  { id: 'certificate', name: 'passports.document.certificate' },
  { id: 'other', name: 'passports.document.other' },
]

export function DocumentRows(props: RowsProps<DocumentDraft>) {
  const t = useTranslate()
  return (
    <Rows {...props} empty={emptyDocument} add={t('passports.document.add')}>
      {(row, set, index) => (
        <>
          <SelectField
            label={t('passports.document.kind')}
            value={row.kind}
            onChange={(kind) => set({ kind })}
            choices={documentKinds.map(({ id, name }) => ({ id, name: t(name) }))}
          />
          <Address name={`core.documents.${index}`} row={row} set={set} />
        </>
      )}
    </Rows>
  )
}

/** Of GS1's link types those that shops and repairers ask for; others come by the API. */
const linkTypes: readonly { id: string; name: MessageId }[] = [
  { id: 'gs1:instructions', name: 'passports.link.instructions' },
  { id: 'gs1:safetyInfo', name: 'passports.link.safetyInfo' },
  { id: 'gs1:certificationInfo', name: 'passports.link.certificationInfo' },
  { id: 'gs1:traceability', name: 'passports.link.traceability' },
  { id: 'gs1:recipeInfo', name: 'passports.link.recipeInfo' },
  { id: 'gs1:hasRetailers', name: 'passports.link.hasRetailers' },
  { id: 'gs1:support', name: 'passports.link.support' },
  { id: 'gs1:relatedVideo', name: 'passports.link.relatedVideo' },
]

export function LinkRows(props: RowsProps<LinkDraft>) {
  const t = useTranslate()
  return (
    <Rows {...props} empty={emptyLink} add={t('passports.link.add')}>
      {(row, set, index) => {
        const known = linkTypes.map(({ id, name }) => ({ id, name: t(name) }))
        const choices = known.some(({ id }) => id === row.type)
          ? known
          : [...known, { id: row.type, name: row.type }]
        return (
          <>
            <SelectField
              label={t('passports.link.type')}
              name={`links.${index}.type`}
              value={row.type}
              onChange={(type) => set({ type })}
              choices={choices}
            />
            <Address name={`links.${index}`} row={row} set={set} />
          </>
        )
      }}
    </Rows>
  )
}

interface AddressRow {
  title: string
  url: string
  language: string
}

interface AddressProps {
  name: string
  row: AddressRow
  set: (change: Partial<AddressRow>) => void
}

function Address({ name, row, set }: AddressProps) {
  const t = useTranslate()
  return (
    <>
      <div className={formStyles.pair}>
        <TextField
          name={`${name}.title`}
          label={t('passports.address.title')}
          value={row.title}
          onChange={(title) => set({ title })}
        />
        <TextField
          name={`${name}.language`}
          label={t('passports.address.language')}
          hint={t('passports.address.language.hint')}
          value={row.language}
          onChange={(language) => set({ language })}
        />
      </div>
      <TextField
        name={`${name}.url`}
        label={t('passports.address.url')}
        placeholder="https://"
        value={row.url}
        onChange={(url) => set({ url })}
      />
    </>
  )
}
