import { cardLimits, phoneProblem } from '#contract/card-rules.ts'
import type { CardImportField } from '#contract/import-kinds.ts'
import type { ContactCard } from '#contract/wallet-passes.ts'
import type { CardCells } from './card-cells.ts'

type Entries = NonNullable<ContactCard['phones']>
type Label = NonNullable<Entries[number]['label']>

const phones: readonly (readonly [CardImportField, Label])[] = [
  ['phone', 'work'],
  ['mobile_phone', 'mobile'],
  ['home_phone', 'home'],
  ['fax', 'fax'],
]

const mails: readonly (readonly [CardImportField, Label])[] = [
  ['email', 'work'],
  ['other_email', 'other'],
]

/** The person or company of a row: only what its cells hold. */
export function readContact(row: CardCells): ContactCard {
  const numbers = entriesOf(phones, (field) => readPhone(row, field))
  const addresses = entriesOf(mails, (field) => row.mail(field))
  const names = row.texts('prefix', 'given_name', 'family_name', 'suffix')
  const [website, address] = [row.website(), row.address()]
  return {
    ...names,
    ...row.texts('organization', 'department', 'job_title', 'note'),
    ...(numbers.length > 0 && { phones: numbers }),
    ...(addresses.length > 0 && { emails: addresses }),
    ...(website !== undefined && { website }),
    ...(address && { address }),
  }
}

function entriesOf(
  fields: readonly (readonly [CardImportField, Label])[],
  read: (field: CardImportField) => string | undefined,
): Entries {
  return fields.flatMap(([field, label]) => {
    const value = read(field)
    return value === undefined ? [] : [{ label, value }]
  })
}

function readPhone(row: CardCells, field: CardImportField): string | undefined {
  const value = row.limited(field, cardLimits.entry)
  const problem = value === undefined ? undefined : phoneProblem(value)
  if (problem !== undefined) row.add(field, 'phone_invalid', problem)
  return value
}
