import type { WalletPass } from '#contract/wallet-passes.ts'
import { cardWords } from './card-words.ts'
import { cleanText } from './content-lines.ts'
import { addressLines, dateIn, wordsOf } from './pkpass-json.ts'

interface LocalizedString {
  defaultValue: { language: string; value: string }
  translatedValues?: { language: string; value: string }[]
}

interface TextModule {
  id: string
  header: string
  body: string
}

interface GoogleObject {
  id: string
  classId: string
  state: 'ACTIVE'
  barcode: { type: 'QR_CODE'; value: string }
  hexBackgroundColor?: string
  textModulesData?: TextModule[]
  [field: string]: unknown
}

/** What goes into the token: an object, and its class along with it, so that nothing has to be made first. */
export type GooglePayload =
  | { genericClasses: object[]; genericObjects: GoogleObject[] }
  | { eventTicketClasses: object[]; eventTicketObjects: GoogleObject[] }

/** A card as Google keeps it, whole: `fitPayload` says what is left out where it does not fit into a link. */
export function googlePayload(card: WalletPass, codeText: string, issuerId: string): GooglePayload {
  const isEvent = card.kind === 'event' && card.event !== null
  // An event's class holds the event itself; cards for contacts have nothing in common but their form.
  const classId = `${issuerId}.${isEvent ? `event_${card.id}` : 'qrscan_contact'}`
  const object: GoogleObject = {
    id: `${issuerId}.${card.id}`,
    classId,
    state: 'ACTIVE',
    barcode: { type: 'QR_CODE', value: codeText.toWellFormed() },
    ...(card.look.background && { hexBackgroundColor: card.look.background }),
  }
  if (isEvent) {
    return {
      eventTicketClasses: [eventClass(card, classId)],
      eventTicketObjects: [withTexts(object, eventTexts(card))],
    }
  }
  const localized = localizer(card)
  const [subtitle, organization] = [card.contact?.job_title || card.subtitle, card.contact?.organization]
  Object.assign(object, {
    cardTitle: organization
      ? localized('contact.organization', organization)
      : localized('title', card.title),
    header: localized('title', card.title),
    ...(subtitle && {
      subheader: localized(card.contact?.job_title ? 'contact.job_title' : 'subtitle', subtitle),
    }),
  })
  return { genericClasses: [{ id: classId }], genericObjects: [withTexts(object, contactTexts(card))] }
}

function eventClass(card: WalletPass, id: string): object {
  const event = card.event!
  const localized = localizer(card)
  const address = cleanText(addressLines(event.address))
  return {
    id,
    issuerName: cleanText(event.organizer || card.title),
    reviewStatus: 'UNDER_REVIEW',
    eventName: localized('title', card.title),
    dateTime: {
      start: dateIn(event.starts_at, event.timezone),
      ...(event.ends_at && { end: dateIn(event.ends_at, event.timezone) }),
    },
    // Google takes a place only with a name and an address.
    ...((event.location || address) && {
      venue: {
        name: localized('event.location', event.location || address),
        address: localized('', address || event.location || ''),
      },
    }),
  }
}

function localizer(card: WalletPass): (field: string, text: string) => LocalizedString {
  const words = wordsOf(card)
  return (field, text) => {
    const translated = Object.entries(card.translations).flatMap(([language, texts]) => {
      const value = words[field] === undefined ? '' : cleanText(texts[field] ?? '')
      return value === '' ? [] : [{ language, value }]
    })
    return {
      defaultValue: { language: card.locale, value: cleanText(text) },
      ...(translated.length > 0 && { translatedValues: translated }),
    }
  }
}

function contactTexts({ contact, subtitle, locale }: WalletPass): TextModule[] {
  const words = cardWords(locale)
  return texts([
    ['phone', words.phone, contact?.phones?.[0]?.value],
    ['email', words.email, contact?.emails?.[0]?.value],
    ['website', words.website, contact?.website],
    ['address', words.address, addressLines(contact?.address)],
    ['department', words.department, contact?.department],
    ['subtitle', words.about, contact?.job_title ? subtitle : null],
    ['note', words.note, contact?.note],
  ])
}

function eventTexts({ event, subtitle, locale }: WalletPass): TextModule[] {
  const words = cardWords(locale)
  return texts([
    ['subtitle', words.about, subtitle],
    ['website', words.website, event?.website],
    ['email', words.email, event?.organizer_email],
    ['description', words.description, event?.description],
  ])
}

function texts(entries: [id: string, header: string, body: string | null | undefined][]): TextModule[] {
  return entries.flatMap(([id, header, body]) => {
    const text = cleanText(body ?? '')
    return text === '' ? [] : [{ id, header, body: text }]
  })
}

function withTexts(object: GoogleObject, textModulesData: TextModule[]): GoogleObject {
  return textModulesData.length === 0 ? object : { ...object, textModulesData }
}

/**
 * Leaves out what a link can spare until `fits` says that it does: first the translations, then the texts from the
 * last (the longest, a note) to the first, then the colour. Undefined where not even the rest fits. `left` names what
 * went.
 */
export function fitPayload(
  payload: GooglePayload,
  fits: (payload: GooglePayload) => boolean,
): { payload: GooglePayload; left: string[] } | undefined {
  const copy = structuredClone(payload)
  const [object] = 'genericObjects' in copy ? copy.genericObjects : copy.eventTicketObjects
  const left: string[] = []
  if (fits(copy)) return { payload: copy, left }
  if (dropTranslations(copy)) left.push('translations')
  for (;;) {
    if (fits(copy)) return { payload: copy, left }
    const text = object!.textModulesData?.pop()
    if (object!.textModulesData?.length === 0) delete object!.textModulesData
    if (text) left.push(text.id)
    else if (object!.hexBackgroundColor) {
      delete object!.hexBackgroundColor
      left.push('background')
    } else return undefined
  }
}

function dropTranslations(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const had = 'translatedValues' in value
  if (had) delete value.translatedValues
  return Object.values(value).map(dropTranslations).includes(true) || had
}
