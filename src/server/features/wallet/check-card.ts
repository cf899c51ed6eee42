import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { ContactCard, EventCard, WalletPass } from '#contract/wallet-passes.ts'
import { timestamp } from '../../clock.ts'
import { fitsCode } from './code-text.ts'
import { cleanText, safeUri } from './content-lines.ts'
import { pictureProblem } from './card-pictures.ts'
import type { CardFields } from './store.ts'

/** Throws 422 with every field that is wrong; gives back the card with its times in UTC. */
export async function checkCard(kind: WalletPass['kind'], fields: CardFields): Promise<CardFields> {
  const errors: FieldErrors = {}
  const refuse = (field: string, sentence: string): void => void (errors[field] ??= []).push(sentence)
  if (cleanText(fields.title).trim() === '') refuse('title', 'Give the card a name that can be seen.')
  if (!isLocale(fields.locale)) refuse('locale', 'Write the language as a tag, such as en or pt-BR.')
  refuseKind(kind, fields, refuse)
  if (fields.contact) refuseContact(fields.contact, refuse)
  if (fields.event) refuseEvent(fields.event, refuse)
  if (fields.code_text && !fitsCode(fields.code_text)) {
    refuse('code_text', 'This is more than a code can hold. Shorten it, or take a link.')
  }
  for (const name of ['logo', 'photo'] as const) {
    const problem = fields.look[name] ? await pictureProblem(fields.look[name]) : undefined
    if (problem !== undefined) refuse(`look.${name}`, problem)
  }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  return { ...fields, event: fields.event && inUtc(fields.event) }
}

type Refuse = (field: string, sentence: string) => void

function refuseKind(kind: WalletPass['kind'], { contact, event }: CardFields, refuse: Refuse): void {
  if (kind === 'contact' && event) refuse('event', 'A contact card has no event. Make an event card for it.')
  if (kind === 'event' && contact)
    refuse('contact', 'An event card has no contact. Make a contact card for it.')
  if (kind === 'event' && !event) refuse('event.starts_at', 'Say when the event starts.')
}

function refuseContact({ phones, emails, website }: ContactCard, refuse: Refuse): void {
  for (const [at, { value }] of (phones ?? []).entries()) {
    if (!/\d/.test(value))
      refuse(`contact.phones.${at}.value`, 'Write a telephone number, such as +31 20 123 4567.')
  }
  for (const [at, { value }] of (emails ?? []).entries()) {
    if (!isMail(value))
      refuse(`contact.emails.${at}.value`, 'Write a mail address, such as name@example.com.')
  }
  refuseWebsite('contact.website', website, refuse)
}

function refuseEvent(event: EventCard, refuse: Refuse): void {
  const { starts_at, ends_at, timezone, organizer_email, website } = event
  if (ends_at && Date.parse(ends_at) < Date.parse(starts_at)) {
    refuse('event.ends_at', 'The event ends before it starts. Choose a later end.')
  }
  if (timezone !== undefined && !isZone(timezone)) {
    refuse('event.timezone', 'Choose a time zone by its name, such as Europe/Amsterdam.')
  }
  if (organizer_email && !isMail(organizer_email)) {
    refuse('event.organizer_email', 'Write a mail address, such as name@example.com.')
  }
  refuseWebsite('event.website', website, refuse)
}

function refuseWebsite(field: string, address: string | null | undefined, refuse: Refuse): void {
  if (address && safeUri(address, ['https:', 'http:']) === undefined) {
    refuse(field, 'Write a web address that begins with https://.')
  }
}

/** One sign between something and something: no list of names could be complete, and nobody writes to it from here. */
function isMail(text: string): boolean {
  return /^[^\s@<>,;:"\\()[\]\p{C}]+@[^\s@<>,;:"\\()[\]\p{C}]+$/u.test(text)
}

function isLocale(tag: string): boolean {
  return /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(tag) && isTaken(() => Intl.getCanonicalLocales(tag))
}

function isZone(timeZone: string): boolean {
  return isTaken(() => new Intl.DateTimeFormat('en', { timeZone }))
}

function isTaken(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

function inUtc(event: EventCard): EventCard {
  const { starts_at, ends_at } = event
  const utc = (text: string) => timestamp(Date.parse(text))
  return { ...event, starts_at: utc(starts_at), ...(ends_at && { ends_at: utc(ends_at) }) }
}
