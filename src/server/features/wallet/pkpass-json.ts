import type { ContactCard, EventCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import { cardWords, titled } from './card-words.ts'
import { cleanText } from './content-lines.ts'

/** The colours of a card that has none of its own. */
export const defaultLook = { background: '#ffffff', foreground: '#1a1a1a', label: '#595959' }

interface Field {
  key: string
  label?: string
  value: string
  [style: string]: unknown
}

interface Fields {
  primaryFields: Field[]
  secondaryFields: Field[]
  auxiliaryFields: Field[]
  backFields: Field[]
}

/** pass.json of a card: a `generic` pass for a contact, an `eventTicket` for an event. */
export function passJson(
  card: WalletPass,
  codeText: string,
  signer: { passTypeIdentifier: string; teamIdentifier: string },
) {
  const { look, contact, event } = card
  const message = codeText.toWellFormed()
  return {
    formatVersion: 1,
    passTypeIdentifier: signer.passTypeIdentifier,
    teamIdentifier: signer.teamIdentifier,
    serialNumber: card.id,
    organizationName: cleanText(contact?.organization || event?.organizer || card.title),
    description: cleanText(card.title),
    backgroundColor: rgb(look.background ?? defaultLook.background),
    foregroundColor: rgb(look.foreground ?? defaultLook.foreground),
    labelColor: rgb(look.label ?? look.foreground ?? defaultLook.label),
    barcodes: [
      {
        format: 'PKBarcodeFormatQR',
        message,
        messageEncoding: /^[\0-\x7f]*$/.test(message) ? 'iso-8859-1' : 'utf-8',
      },
    ],
    ...(card.kind === 'event' && event
      ? { relevantDate: dateIn(event.starts_at, event.timezone), eventTicket: eventFields(card, event) }
      : { generic: contactFields(card, contact ?? {}) }),
  }
}

/** The card's own words by the names that translations call them. */
export function wordsOf(card: WalletPass): Record<string, string> {
  const words: Record<string, string> = {}
  const take = (prefix: string, of: object | null): void => {
    for (const [name, value] of Object.entries(of ?? {}))
      if (typeof value === 'string' && value !== '') words[`${prefix}${name}`] = cleanText(value)
  }
  take('', { title: card.title, subtitle: card.subtitle })
  take('contact.', card.contact)
  take('event.', card.event)
  return words
}

export function addressLines(address: PostalAddress | null | undefined): string {
  if (!address) return ''
  const town = [address.postal_code, address.city].filter(Boolean).join(' ')
  return [address.street, town, address.region, address.country].filter(Boolean).join('\n')
}

function contactFields({ title, subtitle, locale }: WalletPass, contact: ContactCard): Fields {
  const words = cardWords(locale)
  const [phones, emails] = [contact.phones ?? [], contact.emails ?? []]
  return {
    primaryFields: fields(['name', undefined, title]),
    secondaryFields: fields(
      ['job_title', undefined, contact.job_title || subtitle],
      ['organization', undefined, contact.organization],
    ),
    auxiliaryFields: fields(
      ['phone', words.phone, phones[0]?.value],
      ['email', words.email, emails[0]?.value],
    ),
    backFields: fields(
      ['subtitle', undefined, contact.job_title ? subtitle : undefined],
      ['department', words.department, contact.department],
      ...phones.map(({ label, value }, at) => [`phone-${at}`, titled(words, 'phone', label), value] as const),
      ...emails.map(({ label, value }, at) => [`email-${at}`, titled(words, 'email', label), value] as const),
      ['website', words.website, contact.website],
      ['address', words.address, addressLines(contact.address)],
      ['note', words.note, contact.note],
    ),
  }
}

function eventFields({ title, subtitle, locale }: WalletPass, event: EventCard): Fields {
  const words = cardWords(locale)
  return {
    primaryFields: fields(['event', undefined, title]),
    secondaryFields: [
      dateField('starts', words.starts, event.starts_at, event),
      ...fields(['location', words.place, event.location]),
    ],
    auxiliaryFields: [
      ...(event.ends_at ? [dateField('ends', words.ends, event.ends_at, event)] : []),
      ...fields(['organizer', words.organizer, event.organizer]),
    ],
    backFields: fields(
      ['subtitle', undefined, subtitle],
      ['description', words.description, event.description],
      ['address', words.address, addressLines(event.address)],
      ['organizer-email', words.email, event.organizer_email],
      ['website', words.website, event.website],
    ),
  }
}

type Entry = readonly [key: string, label: string | undefined, value: string | null | undefined]

/** The entries that say something. */
function fields(...entries: Entry[]): Field[] {
  return entries.flatMap(([key, label, value]) => {
    const text = cleanText(value ?? '')
    return text === '' ? [] : [{ key, ...(label && { label }), value: text }]
  })
}

/** The hour where the event is, wherever the telephone is. */
function dateField(key: string, label: string, at: string, { timezone, is_all_day }: EventCard): Field {
  return {
    key,
    label,
    value: dateIn(at, timezone),
    dateStyle: 'PKDateStyleMedium',
    timeStyle: is_all_day ? 'PKDateStyleNone' : 'PKDateStyleShort',
    ignoresTimeZone: timezone !== undefined || is_all_day === true,
  }
}

/** `2026-11-23T10:30:00+01:00`: an instant as its zone's clocks show it; in UTC where there is no such zone. */
export function dateIn(at: string, timezone: string | undefined): string {
  const instant = Date.parse(at)
  const minutes = timezone === undefined ? 0 : offsetMinutes(instant, timezone)
  const local = new Date(instant + minutes * 60_000).toISOString().slice(0, 19)
  if (minutes === 0) return `${local}Z`
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${local}${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}

function offsetMinutes(instant: number, timeZone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
      instant,
    )
    const found = /GMT([+-])(\d\d):(\d\d)/.exec(
      parts.find(({ type }) => type === 'timeZoneName')?.value ?? '',
    )
    return found ? Number(`${found[1]}1`) * (Number(found[2]) * 60 + Number(found[3])) : 0
  } catch {
    return 0
  }
}

function rgb(hex: string): string {
  return `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`
}
