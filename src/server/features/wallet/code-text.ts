import { fitsCode } from '#codes/qr/fits-code.ts'
import type { WalletPass } from '#contract/wallet-passes.ts'
import { writeIcalendar } from './icalendar.ts'
import { writeVcard } from './vcard.ts'

/** Level of the codes on cards. */
export const codeLevel = 'M'
/** Octets up to which a code can still be read off a telephone's screen. */
const mostOctets = 900

/**
 * What a card's code carries: a text of its own, else its link, else the card itself. Of a card that is too long the
 * name and the ways to reach it stay, and what explains goes first.
 */
export function codeTextOf(card: WalletPass, link: string | undefined): string {
  const own = card.code_text ?? link
  if (own) return own.toWellFormed()
  const texts = card.kind === 'event' ? eventTexts(card) : contactTexts(card)
  let last = ''
  for (const text of texts) {
    if (Buffer.byteLength(text) <= mostOctets) return text
    last = text
  }
  return fitsCode(last, codeLevel) ? last : card.title.toWellFormed()
}

function* contactTexts(card: WalletPass): Generator<string> {
  const write = (contact: WalletPass['contact']): string =>
    writeVcard({ ...card, contact }, { version: '3.0', isBrief: true })
  const full = card.contact ?? {}
  yield write(full)
  const noted = { ...full, note: null }
  yield write(noted)
  yield write({ ...noted, address: null })
  const { given_name = null, family_name = null, organization = null, website = null } = full
  const { phones, emails } = full
  const reach = { phones: phones?.slice(0, 1) ?? [], emails: emails?.slice(0, 1) ?? [] }
  yield write({ given_name, family_name, organization, website, ...reach })
  yield write({ given_name, family_name, ...reach })
  yield write({})
}

function* eventTexts(card: WalletPass): Generator<string> {
  const write = (event: Partial<WalletPass['event']>, subtitle = card.subtitle): string =>
    writeIcalendar({ ...card, subtitle, event: { ...card.event!, reminder_minutes: null, ...event } })
  yield write({})
  yield write({ description: null })
  yield write({ description: null, address: null, organizer_email: null }, null)
  yield write(
    { description: null, address: null, organizer_email: null, website: null, location: null },
    null,
  )
}
