import { Plus, Trash2 } from 'lucide-react'
import { useTranslate, type MessageId } from '../../lib/translate.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import type { EntryDraft } from './card-draft.ts'
import styles from './wallet.module.css'

interface EntriesProps {
  /** The field that they are sent under. */
  name: string
  kind: 'phone' | 'email'
  rows: readonly EntryDraft[]
  onChange: (rows: EntryDraft[]) => void
}

const labels: readonly { id: EntryDraft['label']; name: MessageId }[] = [
  { id: 'mobile', name: 'wallet.label.mobile' },
  { id: 'work', name: 'wallet.label.work' },
  { id: 'home', name: 'wallet.label.home' },
  { id: 'main', name: 'wallet.label.main' },
  { id: 'fax', name: 'wallet.label.fax' },
  { id: 'other', name: 'wallet.label.other' },
]

/** Telephones or addresses, each with what it is. */
export function EntryRows({ name, kind, rows, onChange }: EntriesProps) {
  const t = useTranslate()
  const isPhone = kind === 'phone'
  const offered = isPhone ? labels : labels.filter(({ id }) => !['mobile', 'fax'].includes(id))
  return (
    <>
      {rows.map((row, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- rows have no names of their own
        <div key={index} className={styles.entry}>
          <SelectField
            label={t('wallet.label')}
            value={row.label}
            onChange={(label) => onChange(rows.with(index, { ...row, label }))}
            choices={[
              ...offered,
              ...labels.filter(({ id }) => id === row.label && !offered.some((one) => one.id === id)),
            ].map(({ id, name: message }) => ({ id, name: t(message) }))}
          />
          <TextField
            name={`${name}.${index}.value`}
            label={t(isPhone ? 'wallet.phone' : 'wallet.email')}
            type={isPhone ? 'tel' : 'email'}
            value={row.value}
            onChange={(value) => onChange(rows.with(index, { ...row, value }))}
          />
          <IconButton
            label={t('wallet.removeEntry', { number: index + 1 })}
            icon={<Trash2 aria-hidden />}
            onPress={() => onChange(rows.filter((_, other) => other !== index))}
          />
        </div>
      ))}
      <div>
        <Button
          small
          icon={<Plus aria-hidden />}
          isDisabled={rows.length >= 10}
          onPress={() => onChange([...rows, { label: 'work', value: '' }])}
        >
          {t(isPhone ? 'wallet.addPhone' : 'wallet.addEmail')}
        </Button>
      </div>
    </>
  )
}
