import { fitsCode } from '#codes/qr/fits-code.ts'
import {
  localeProblem,
  mailProblem,
  phoneProblem,
  timeZoneProblem,
  websiteProblem,
} from '#contract/card-rules.ts'
import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'
import type { ContactCard, EventCard, WalletPass } from '#contract/wallet-passes.ts'
import { timestamp } from '../../clock.ts'
import { codeLevel } from './code-text.ts'
import { cleanText } from './content-lines.ts'
import { pictureProblem } from './card-pictures.ts'
import type { CardFields } from './store.ts'

/** Throws 422 with every field that is wrong; gives back the card with its times in UTC. */
export async function checkCard(kind: WalletPass['kind'], fields: CardFields): Promise<CardFields> {
  const errors: FieldErrors = {}
  const refuse: Refuse = (field, sentence) => {
    if (sentence !== undefined) (errors[field] ??= []).push(sentence)
  }
  if (cleanText(fields.title).trim() === '') refuse('title', 'Give the card a name that can be seen.')
  refuse('locale', localeProblem(fields.locale))
  refuseKind(kind, fields, refuse)
  if (fields.contact) refuseContact(fields.contact, refuse)
  if (fields.event) refuseEvent(fields.event, refuse)
  if (fields.code_text && !fitsCode(fields.code_text, codeLevel)) {
    refuse('code_text', 'This is more than a code can hold. Shorten it, or take a link.')
  }
  for (const name of ['logo', 'photo'] as const) {
    if (fields.look[name]) refuse(`look.${name}`, await pictureProblem(fields.look[name]))
  }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  return { ...fields, event: fields.event && inUtc(fields.event) }
}

/** Notes what is wrong with a field; nothing where nothing is. */
type Refuse = (field: string, sentence: string | undefined) => void

function refuseKind(kind: WalletPass['kind'], { contact, event }: CardFields, refuse: Refuse): void {
  if (kind === 'contact' && event) refuse('event', 'A contact card has no event. Make an event card for it.')
  if (kind === 'event' && contact)
    refuse('contact', 'An event card has no contact. Make a contact card for it.')
  if (kind === 'event' && !event) refuse('event.starts_at', 'Say when the event starts.')
}

function refuseContact({ phones, emails, website }: ContactCard, refuse: Refuse): void {
  for (const [at, { value }] of (phones ?? []).entries()) {
    refuse(`contact.phones.${at}.value`, phoneProblem(value))
  }
  for (const [at, { value }] of (emails ?? []).entries()) {
    refuse(`contact.emails.${at}.value`, mailProblem(value))
  }
  if (website) refuse('contact.website', websiteProblem(website))
}

function refuseEvent(event: EventCard, refuse: Refuse): void {
  const { starts_at, ends_at, timezone, organizer_email, website } = event
  if (ends_at && Date.parse(ends_at) < Date.parse(starts_at)) {
    refuse('event.ends_at', 'The event ends before it starts. Choose a later end.')
  }
  if (timezone !== undefined) refuse('event.timezone', timeZoneProblem(timezone))
  if (organizer_email) refuse('event.organizer_email', mailProblem(organizer_email))
  if (website) refuse('event.website', websiteProblem(website))
}

function inUtc(event: EventCard): EventCard {
  const { starts_at, ends_at } = event
  const utc = (text: string) => timestamp(Date.parse(text))
  return { ...event, starts_at: utc(starts_at), ...(ends_at && { ends_at: utc(ends_at) }) }
}
