import type { ContactCard, PostalAddress, WalletPass } from '#contract/wallet-passes.ts'
import { safeUri, writeLines, type ContentLine } from './content-lines.ts'

export type VcardVersion = '3.0' | '4.0'

/** A picture for a card, already cut to size. */
export interface CardPicture {
  type: 'image/jpeg' | 'image/png'
  data: Buffer
}

interface VcardParts {
  version: VcardVersion
  /** The card's own link or text, as an address; shown by phones below the website. */
  link?: string | undefined
  photo?: CardPicture | undefined
  /** Leaves out what a reader of a code has no use for. */
  isBrief?: boolean
}

/**
 * A contact as vCard: 3.0 (RFC 2426), which every telephone imports, or 4.0 (RFC 6350). No CHARSET parameter: both are
 * UTF-8. An event has no vCard.
 */
export function writeVcard(pass: WalletPass, { version, link, photo, isBrief = false }: VcardParts): string {
  const contact = pass.contact ?? {}
  const full = (...lines: ContentLine[]) => (isBrief ? [] : lines)
  const lines: ContentLine[] = [
    { name: 'BEGIN', value: { raw: 'VCARD' } },
    { name: 'VERSION', value: { raw: version } },
    ...full(
      { name: 'PRODID', value: { raw: '-//QRScan//QRScan desktop//EN' } },
      { name: 'UID', value: { raw: `urn:uuid:${pass.id}` } },
    ),
    ...nameLines(pass, contact),
    ...workLines(contact),
    ...entries('TEL', contact.phones, version),
    ...entries('EMAIL', contact.emails, version),
    ...addressLines(contact.address),
    ...webLines([contact.website, link]),
    ...given('NOTE', contact.note),
    ...photoLines(photo, version),
    ...full({ name: 'REV', value: { raw: basicTime(pass.updated_at) } }),
    { name: 'END', value: { raw: 'VCARD' } },
  ]
  return writeLines(lines)
}

/** N and FN always: readers refuse a card without them. */
function nameLines(pass: WalletPass, contact: ContactCard): ContentLine[] {
  const parts = [contact.family_name, contact.given_name, '', contact.prefix, contact.suffix]
  return [
    { name: 'N', value: { parts: parts.map((part) => part ?? '') } },
    { name: 'FN', value: { text: pass.title } },
  ]
}

function workLines({ organization, department, job_title }: ContactCard): ContentLine[] {
  const work = [organization ?? '', ...(department ? [department] : [])]
  const org: ContentLine[] = work.some(Boolean) ? [{ name: 'ORG', value: { parts: work } }] : []
  return [...org, ...given('TITLE', job_title)]
}

function given(name: string, text: string | null | undefined): ContentLine[] {
  return text ? [{ name, value: { text } }] : []
}

const types: Record<string, string> = { mobile: 'cell', main: 'pref', other: '' }

function entries(name: 'TEL' | 'EMAIL', list: ContactCard['phones'], version: VcardVersion): ContentLine[] {
  return (list ?? []).map(({ label = 'other', value }) => {
    const type = types[label] ?? label
    // A label that is no type of mail addresses is left out: 3.0 knows INTERNET and PREF alone there.
    const known = name === 'TEL' || ['work', 'home', 'pref'].includes(type) ? type : ''
    return { name, ...(known !== '' && { parameters: typed(known, version) }), value: { text: value } }
  })
}

/** In 4.0 what is preferred is no type but a parameter of its own. */
function typed(type: string, version: VcardVersion): Record<string, string> {
  if (version === '3.0') return { TYPE: type.toUpperCase() }
  return type === 'pref' ? { PREF: '1' } : { TYPE: type }
}

function addressLines(address: PostalAddress | null | undefined): ContentLine[] {
  if (!address) return []
  const { street, city, region, postal_code, country } = address
  const parts = ['', '', street, city, region, postal_code, country].map((part) => part ?? '')
  if (parts.every((part) => part === '')) return []
  return [{ name: 'ADR', parameters: { TYPE: 'WORK' }, value: { parts } }]
}

function webLines(addresses: readonly (string | null | undefined)[]): ContentLine[] {
  const uris = addresses.map((address) => (address ? safeUri(address) : undefined))
  return [...new Set(uris)].flatMap((uri) =>
    uri === undefined ? [] : [{ name: 'URL', value: { raw: uri } }],
  )
}

function photoLines(photo: CardPicture | undefined, version: VcardVersion): ContentLine[] {
  if (!photo) return []
  const data = photo.data.toString('base64')
  if (version === '4.0') return [{ name: 'PHOTO', value: { raw: `data:${photo.type};base64,${data}` } }]
  const TYPE = photo.type === 'image/png' ? 'PNG' : 'JPEG'
  return [{ name: 'PHOTO', parameters: { ENCODING: 'b', TYPE }, value: { raw: data } }]
}

/** `2026-11-23T09:30:00.000000Z` as both formats write it: `20261123T093000Z`. */
export function basicTime(timestamp: string): string {
  return `${timestamp.slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
