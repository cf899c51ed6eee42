import { ValidationFailed } from '#contract/errors.ts'
import type { WalletFormat, WalletPass } from '#contract/wallet-passes.ts'
import { fitPicture } from './card-pictures.ts'
import { codeTextOf } from './code-text.ts'
import { cardPolicy, writeHtmlCard } from './html-card.ts'
import { writeIcalendar } from './icalendar.ts'
import { writeVcard, type VcardVersion } from './vcard.ts'

/** The formats that need no other service. */
export type OfflineFormat = Extract<WalletFormat, 'vcf' | 'ics' | 'html'>

export interface CardFile {
  /** Media type with its parameters. */
  type: string
  /** With its dot. */
  ending: string
  body: string
  /** What must go along when it is served. */
  headers: Record<string, string>
}

interface CardParts {
  /** The address of the card's link, where it has one. */
  link: string | undefined
  /** What the file in an HTML card is called, without ending. */
  name: string
  /** What its code says, where that is known. */
  codeText?: string
  vcard?: VcardVersion | undefined
}

/** A card as a file. Throws 422 for a format that is not for this kind of card. */
export async function writeCard(
  card: WalletPass,
  format: OfflineFormat,
  parts: CardParts,
): Promise<CardFile> {
  if (format === 'html') return htmlFile(card, parts)
  return { ...(await plainFile(card, format, parts)), headers: {} }
}

/** Throws 422. */
export function refuseFormat({ kind }: WalletPass, format: WalletFormat): void {
  if (format === 'vcf' && kind === 'event') {
    throw new ValidationFailed({ format: ['An event has no vCard. Choose ics or html.'] })
  }
  if (format === 'ics' && kind === 'contact') {
    throw new ValidationFailed({ format: ['A contact is no calendar entry. Choose vcf or html.'] })
  }
}

async function plainFile(
  card: WalletPass,
  format: 'vcf' | 'ics',
  { link, vcard = '3.0' }: CardParts,
): Promise<Omit<CardFile, 'headers'>> {
  refuseFormat(card, format)
  if (format === 'ics') {
    return { type: 'text/calendar; charset=utf-8', ending: '.ics', body: writeIcalendar(card, link) }
  }
  const photo = await fitPicture(card.look.photo)
  return {
    type: 'text/vcard; charset=utf-8',
    ending: '.vcf',
    body: writeVcard(card, { version: vcard, link, photo }),
  }
}

async function htmlFile(card: WalletPass, parts: CardParts): Promise<CardFile> {
  const { type, ending, body } = await plainFile(card, card.kind === 'event' ? 'ics' : 'vcf', parts)
  const html = writeHtmlCard(card, {
    codeText: parts.codeText ?? codeTextOf(card, parts.link),
    link: parts.link,
    logo: await fitPicture(card.look.logo),
    photo: await fitPicture(card.look.photo),
    file: { name: parts.name + ending, type: type.split(';', 1)[0]!, body },
  })
  // What a policy in the page itself cannot say.
  const policy = `${cardPolicy(card)}; frame-ancestors 'none'; sandbox allow-downloads allow-popups`
  return {
    type: 'text/html; charset=utf-8',
    ending: '.html',
    body: html,
    headers: { 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' },
  }
}
