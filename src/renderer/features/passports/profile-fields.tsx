import { passportProfiles, type FieldAccess, type ProfileField } from '#contract/passport-profiles.ts'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { PassportDraft } from './passport-draft.ts'
import { wordsOf } from './passport-names.ts'
import styles from './passports.module.css'

interface ProfileProps {
  draft: PassportDraft
  onChange: (draft: PassportDraft) => void
}

/** The fields of the product group, as its profile lists them. */
export function ProfileFields({ draft, onChange }: ProfileProps) {
  const { extension, profile } = draft
  const fields = passportProfiles[profile]
  if (fields.length === 0) return null
  return (
    <div className={styles.answers}>
      {fields.map((field) => (
        <div key={field.key} className={isLong(field) ? styles.wide : undefined}>
          <OneField
            field={field}
            value={extension[field.key] ?? ''}
            onChange={(value) => onChange({ ...draft, extension: { ...extension, [field.key]: value } })}
          />
        </div>
      ))}
    </div>
  )
}

function isLong({ maxLength }: ProfileField): boolean {
  return (maxLength ?? 0) > 200
}

/** Who does not see it is said under a field, so that nothing private is entered by mistake. */
const accessNotes: Record<FieldAccess, MessageId | undefined> = {
  public: undefined,
  authority: 'passports.access.authority',
  operator: 'passports.access.operator',
}

interface OneProps {
  field: ProfileField
  value: string
  onChange: (value: string) => void
}

function OneField({ field, value, onChange }: OneProps) {
  const t = useTranslate()
  const { key, kind, label, unit, access, choices } = field
  const name = `extension.${key}`
  const shown = unit === '' ? label : `${label} (${unit})`
  const note = accessNotes[access]
  if (kind === 'choice' || kind === 'boolean') {
    const options =
      kind === 'choice'
        ? (choices ?? []).map((id) => ({ id, name: wordsOf(id) }))
        : [
            { id: 'true', name: t('passports.yes') },
            { id: 'false', name: t('passports.no') },
          ]
    return (
      <SelectField
        label={note === undefined ? shown : `${shown} – ${t(note)}`}
        name={name}
        value={value === '' ? 'unsaid' : value}
        onChange={(next) => onChange(next === 'unsaid' ? '' : next)}
        choices={[{ id: 'unsaid', name: t('passports.unsaid') }, ...options]}
      />
    )
  }
  const isNumber = kind === 'number' || kind === 'integer'
  return (
    <TextField
      name={name}
      label={shown}
      value={value}
      onChange={onChange}
      {...(note !== undefined && { hint: t(note) })}
      {...(kind === 'date' && { type: 'date' as const })}
      {...(isNumber && { inputMode: 'decimal' as const })}
      {...(isLong(field) && { rows: 2 })}
    />
  )
}
