import { createHash } from 'node:crypto'
import { drawSvg } from '#codes/qr/draw-svg.ts'
import { encodeQr } from '#codes/qr/encode-qr.ts'
import type { ContactCard, EventCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import { cardIn, cardWords, directionOf, languageOf, titled, type CardWords } from './card-words.ts'
import { codeLevel } from './code-text.ts'
import { cleanText, safeUri } from './content-lines.ts'
import { cardStyle } from './html-style.ts'
import type { CardPicture } from './vcard.ts'

export interface HtmlParts {
  /** What the code carries. */
  codeText: string
  /** The address of the card's link, where it has one. */
  link: string | undefined
  logo: CardPicture | undefined
  photo: CardPicture | undefined
  /** The same card for an address book or a calendar. */
  file: { name: string; type: string; body: string }
}

/** The policy of a card with this look: nothing is loaded, nothing runs, and only its own style applies. */
export function cardPolicy({ look }: WalletPass): string {
  const hash = createHash('sha256').update(cardStyle(look)).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
}

/** A card as one HTML file that needs nothing beside it and runs no script. */
export function writeHtmlCard(card: WalletPass, parts: HtmlParts): string {
  const { title, look, locale } = card
  const code = drawSvg(encodeQr(parts.codeText, { level: codeLevel }), {}, { title: plainText(title) })
  return [
    `<!doctype html>`,
    `<html lang="${markup(locale)}" dir="${directionOf(locale)}">`,
    `<head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="${cardPolicy(card)}">`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer">`,
    `<title>${markup(plainText(title))}</title>`,
    ...openGraph(card, parts.link),
    `<style>${cardStyle(look)}</style></head>`,
    `<body><main>`,
    ...picture('photo', parts.photo),
    ...picture('logo', parts.logo),
    ...wordsOfCard(card, 'h1'),
    code.trim(),
    saveLink(parts.file, card),
    ...Object.keys(card.translations).flatMap((language) => inLanguage(card, language)),
    `</main></body></html>\n`,
  ].join('\n')
}

function wordsOfCard(card: WalletPass, heading: 'h1' | 'h2'): string[] {
  const { title, subtitle, contact, event, locale } = card
  const labels = cardWords(locale)
  // A position that stands below the name is not said twice.
  const stated = subtitle ? contact : contact && { ...contact, job_title: null }
  const rows = stated ? contactRows(stated, labels) : event ? eventRows(event, labels, locale) : []
  const more = subtitle || contact?.job_title
  // A language that has no words here has English ones, and a screen reader should read them so.
  const isOwn = languageOf(locale) === locale.toLowerCase().split('-', 1)[0]
  return [
    `<${heading}>${words(title)}</${heading}>`,
    ...(more ? [`<p>${words(more)}</p>`] : []),
    `<dl>${rows.map(({ label, shown }) => `<dt${isOwn ? '' : ' lang="en"'}>${label}</dt><dd>${shown}</dd>`).join('\n')}</dl>`,
  ]
}

/** The card in another of its languages, folded away below its name; nothing where no words are in it. */
function inLanguage(card: WalletPass, language: string): string[] {
  if (language === card.locale || !isLanguage(language)) return []
  if (Object.values(card.translations[language] ?? {}).every((text) => !text)) return []
  const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
  const attributes = `lang="${markup(language)}" dir="${directionOf(language)}"`
  return [
    `<details ${attributes}><summary>${markup(name)}</summary>`,
    ...wordsOfCard(cardIn(card, language), 'h2'),
    `</details>`,
  ]
}

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

function picture(name: string, file: CardPicture | undefined): string[] {
  if (!file) return []
  return [`<img class="${name}" alt="" src="data:${file.type};base64,${file.data.toString('base64')}">`]
}

function openGraph({ kind, title, subtitle }: WalletPass, link: string | undefined): string[] {
  const tag = (name: string, text: string) =>
    `<meta property="og:${name}" content="${markup(plainText(text))}">`
  return [
    tag('title', title),
    tag('type', kind === 'contact' ? 'profile' : 'website'),
    ...(subtitle ? [tag('description', subtitle)] : []),
    ...(link === undefined ? [] : [tag('url', link)]),
  ]
}

function saveLink({ name, type, body }: HtmlParts['file'], { kind, locale }: WalletPass): string {
  const data = Buffer.from(body).toString('base64')
  const { save_contact, save_event } = cardWords(locale)
  const label = kind === 'contact' ? save_contact : save_event
  return `<a class="save" download="${markup(name)}" href="data:${type};charset=utf-8;base64,${data}">${label}</a>`
}

/** A label and what stands beside it, as markup. */
interface Row {
  label: string
  shown: string
}

function contactRows(contact: ContactCard, labels: CardWords): Row[] {
  const { organization, department, job_title, phones, emails, website, address, note } = contact
  return [
    ...row(labels.organization, [organization, department].filter(Boolean).join('\n')),
    ...row(labels.position, job_title),
    ...(phones ?? []).flatMap(({ label, value }) =>
      row(titled(labels, 'phone', label), value, telephone(value)),
    ),
    ...(emails ?? []).flatMap(({ label, value }) => row(titled(labels, 'email', label), value, mail(value))),
    ...row(labels.website, website, website && safeUri(website, ['https:', 'http:'])),
    ...row(labels.address, linesOf(address)),
    ...row(labels.note, note),
  ]
}

function eventRows(event: EventCard, labels: CardWords, locale: string): Row[] {
  const { starts_at, ends_at, location, address, organizer, organizer_email, website, description } = event
  return [
    ...row(labels.starts, when(starts_at, event, locale)),
    ...(ends_at ? row(labels.ends, when(ends_at, event, locale)) : []),
    ...row(labels.place, [location, linesOf(address)].filter(Boolean).join('\n')),
    ...row(labels.organizer, organizer ?? organizer_email, organizer_email && mail(organizer_email)),
    ...row(labels.website, website, website && safeUri(website, ['https:', 'http:'])),
    ...row(labels.about, description),
  ]
}

function when(timestamp: string, { is_all_day, timezone }: EventCard, locale: string): string {
  const clock = is_all_day === true ? {} : ({ timeStyle: 'short' } as const)
  const form = new Intl.DateTimeFormat(locale, { dateStyle: 'full', ...clock, timeZone: timezone ?? 'UTC' })
  const zone = is_all_day === true ? '' : ` (${timezone ?? 'UTC'})`
  return form.format(new Date(timestamp)) + zone
}

function row(label: string, text: string | null | undefined, address?: string | null): Row[] {
  if (!text) return []
  const shown = address ? `<a href="${markup(address)}" rel="noreferrer">${words(text)}</a>` : words(text)
  return [{ label, shown }]
}

function telephone(text: string): string | undefined {
  return safeUri(`tel:${text.replaceAll(/[^\d+*]/g, '')}`, ['tel:'])
}

function mail(text: string): string | undefined {
  return safeUri(`mailto:${encodeURIComponent(cleanText(text)).replaceAll('%40', '@')}`, ['mailto:'])
}

function linesOf(address: PostalAddress | null | undefined): string {
  if (!address) return ''
  const town = [address.postal_code, address.city].filter(Boolean).join(' ')
  return [address.street, town, address.region, address.country].filter(Boolean).join('\n')
}

/** Words of a person, which must not turn what stands beside them around. */
function words(text: string): string {
  return `<bdi>${markup(text)}</bdi>`
}

function markup(text: string): string {
  const names: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return cleanText(text).replaceAll(/[&<>"']/g, (sign) => names[sign]!)
}

/** Where no `bdi` can stand, signs that turn the direction are left out. */
function plainText(text: string): string {
  return cleanText(text)
    .replaceAll(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replaceAll('\n', ' ')
}
