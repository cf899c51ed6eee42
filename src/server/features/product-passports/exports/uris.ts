import type { PassportCore, ProductPassport } from '#contract/product-passports.ts'

type Party = NonNullable<PassportCore['manufacturer']>

/** What RFC 3986 does not let stand in a path, query or fragment as it is: brackets are a host's alone. */
const notInUris = /[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/gu

/** An address of the web as a URI of ASCII alone, without a name or password; undefined for what is none. */
export function webUriOf(text: string | null | undefined): string | undefined {
  const url = text ? URL.parse(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const [path = '', ...fragment] = (url.pathname + url.search + url.hash).split('#')
  // A second # would start a second fragment.
  const rest = fragment.length === 0 ? path : `${path}#${fragment.join('%23')}`
  return url.origin + rest.replace(notInUris, encodeURIComponent)
}

/** GS1's own address of goods, whoever resolves it: `https://id.gs1.org/01/…`. */
export function canonicalLink(
  gtin: string,
  more: { lot?: string | null; serial?: string | null } = {},
): string {
  const lot = more.lot ? `/10/${encodeURIComponent(more.lot)}` : ''
  const serial = more.serial ? `/21/${encodeURIComponent(more.serial)}` : ''
  return `https://id.gs1.org/01/${gtin}${lot}${serial}`
}

/** A GLN with a right check digit. */
export function isGln(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false
  const sum = text
    .split('')
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

/**
 * What a party or place is called in linked data: its GLN as GS1 writes it (417 party, 414 place), its own URI, its
 * website, else a name within the passport (`…#manufacturer`).
 */
export function partyUri(
  { id, url }: Party,
  passport: ProductPassport,
  { ai, role }: { ai: '417' | '414'; role: string },
): string {
  if (id && isGln(id)) return `https://id.gs1.org/${ai}/${id}`
  const own =
    id && /^urn:[a-z0-9][a-z0-9-]{1,31}:[A-Za-z0-9\-._~:/@!$&'()*+,;=]+$/i.test(id) ? id : webUriOf(id)
  return own ?? webUriOf(url) ?? `${passport.digital_link}#${role}`
}
