import { cardLanguages } from '#contract/card-rules.ts'
import type { CardLook, ContactCard, EventCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import { fromLocalInput, systemZone, toLocalInput } from '../../lib/local-time.ts'

export const addressFields = ['street', 'postal_code', 'city', 'region', 'country'] as const
const contactTexts = [
  'prefix',
  'given_name',
  'family_name',
  'suffix',
  'organization',
  'department',
  'job_title',
  'website',
  'note',
] as const
const eventTexts = ['location', 'organizer', 'organizer_email', 'website', 'description'] as const

type AddressDraft = Record<(typeof addressFields)[number], string>
export type EntryDraft = NonNullable<ContactCard['phones']>[number] & {
  label: NonNullable<NonNullable<ContactCard['phones']>[number]['label']>
}

/** A card as it is being written: everything as text. */
export interface CardDraft {
  kind: WalletPass['kind']
  title: string
  subtitle: string
  contact: Record<(typeof contactTexts)[number], string>
  phones: EntryDraft[]
  emails: EntryDraft[]
  event: Record<(typeof eventTexts)[number], string>
  /** What `<input type="datetime-local">` holds, in the system's zone. */
  starts: string
  ends: string
  isAllDay: boolean
  /** The zone in which the event is shown: that of a card stays when it is changed from elsewhere. */
  timezone: string
  /** Minutes; empty for no reminder. */
  reminder: string
  address: AddressDraft
  look: CardLook
  codeText: string
  /** BCP 47 tag of the language that the card speaks. */
  locale: string
}

export function newDraft(kind: WalletPass['kind']): CardDraft {
  return {
    kind,
    title: '',
    subtitle: '',
    contact: record(contactTexts, () => ''),
    phones: [{ label: 'mobile', value: '' }],
    emails: [{ label: 'work', value: '' }],
    event: record(eventTexts, () => ''),
    starts: '',
    ends: '',
    isAllDay: false,
    timezone: systemZone(),
    reminder: '60',
    address: record(addressFields, () => ''),
    look: {},
    codeText: '',
    locale: languageHere(),
  }
}

export function draftOf(card: WalletPass): CardDraft {
  const { contact, event } = card
  const address = contact?.address ?? event?.address
  const entries = (list: ContactCard['phones']): EntryDraft[] =>
    (list ?? []).map(({ label = 'other', value }) => ({ label, value }))
  return {
    kind: card.kind,
    title: card.title,
    subtitle: card.subtitle ?? '',
    contact: record(contactTexts, (name) => contact?.[name] ?? ''),
    phones: entries(contact?.phones),
    emails: entries(contact?.emails),
    event: record(eventTexts, (name) => event?.[name] ?? ''),
    starts: toLocalInput(event?.starts_at ?? null),
    ends: toLocalInput(event?.ends_at ?? null),
    isAllDay: event?.is_all_day ?? false,
    timezone: event?.timezone ?? systemZone(),
    reminder: typeof event?.reminder_minutes === 'number' ? String(event.reminder_minutes) : '',
    address: record(addressFields, (name) => address?.[name] ?? ''),
    look: card.look,
    codeText: card.code_text ?? '',
    locale: card.locale,
  }
}

/** What the server is sent. What is empty is null, and the other kind's half is left out. */
export function fieldsOf(draft: CardDraft) {
  const { kind, title, subtitle, look, codeText, locale } = draft
  return {
    title: title.trim(),
    subtitle: orNull(subtitle),
    contact: kind === 'contact' ? contactOf(draft) : null,
    event: kind === 'event' ? eventOf(draft) : null,
    look,
    code_text: orNull(codeText),
    locale,
  }
}

/** The language of this window where cards have words for it, else English. */
function languageHere(): string {
  const [language] = navigator.language.split('-')
  return cardLanguages.find((known) => known === language) ?? 'en'
}

function contactOf({ contact, phones, emails, address }: CardDraft): ContactCard {
  const filled = (list: readonly EntryDraft[]) =>
    list.flatMap(({ label, value }) => (value.trim() === '' ? [] : [{ label, value: value.trim() }]))
  return {
    ...record(contactTexts, (name) => orNull(contact[name])),
    phones: filled(phones),
    emails: filled(emails),
    address: addressOf(address),
  }
}

function eventOf({ event, starts, ends, isAllDay, reminder, timezone, address }: CardDraft): EventCard {
  const minutes = Number(reminder)
  return {
    ...record(eventTexts, (name) => orNull(event[name])),
    // Empty is sent as it is: the server says at the field that a start is needed.
    starts_at: fromLocalInput(starts) ?? '',
    ends_at: fromLocalInput(ends),
    is_all_day: isAllDay,
    timezone,
    reminder_minutes: reminder.trim() === '' || !Number.isFinite(minutes) ? null : minutes,
    address: addressOf(address),
  }
}

function addressOf(address: AddressDraft): PostalAddress | null {
  const filled = addressFields.some((name) => address[name].trim() !== '')
  return filled ? record(addressFields, (name) => orNull(address[name])) : null
}

/** The name under which a contact is shown, while nobody has typed another. */
export function nameOf({ contact: { given_name, family_name } }: CardDraft): string {
  return `${given_name} ${family_name}`.trim()
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim()
}

function record<K extends string, V>(keys: readonly K[], valueFor: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<K, V>
}
