import type { ProductPassport } from '#contract/product-passports.ts'
import { defaultLink, ownLinkTypes } from './link-types.ts'
import type { FoundPassport, ScannedItem } from './resolver-parts.ts'

/** A link that holds for an item, its address complete. */
export interface ItemLink {
  type: string
  href: string
  title: string
  language: string | null
  /** How many of lot and serial number its address was made with. */
  places: number
}

/** Links of one passport that hold for an item, and the path of what they speak of. */
export interface LinkLevel {
  anchor: string
  links: ItemLink[]
}

/** `{gtin}`, `{lot}` and `{serial}` in an address stand for what was scanned. */
const placeholder = /\{(gtin|lot|serial)\}|%7B(gtin|lot|serial)%7D/gi

/** The links of all passports that speak of an item, the narrowest first; a link that asks for more is left out. */
export function linksFor(item: ScannedItem, found: readonly FoundPassport[], origin: string): LinkLevel[] {
  return found.map(({ passport }) => {
    const own = passport.links.flatMap(({ type, url, title, language }): ItemLink[] => {
      const href = fillIn(url, item)
      return href === undefined ? [] : [{ type, href, title, language, places: placesIn(url) }]
    })
    const anchor = pathOf(passport)
    return { anchor, links: [...own, ...pageLinks(passport, own, origin + anchor)] }
  })
}

/** The path of what a passport speaks of. */
function pathOf({ gtin, lot, serial }: Pick<ProductPassport, 'gtin' | 'lot' | 'serial'>): string {
  const lotPart = lot ? `/10/${encodeURIComponent(lot)}` : ''
  return `/01/${gtin}${lotPart}${serial ? `/21/${encodeURIComponent(serial)}` : ''}`
}

/** Our own page is the passport, and product information and the default unless a link says otherwise. */
function pageLinks({ name }: ProductPassport, own: readonly ItemLink[], href: string): ItemLink[] {
  const links = ownLinkTypes
    .filter((type) => !own.some((link) => link.type === type))
    .map((type) => ({ type, href: `${href}?linkType=${type}`, title: name, language: null, places: 0 }))
  const hasDefault = own.some(({ type }) => type === defaultLink)
  return hasDefault ? links : [...links, { type: defaultLink, href, title: name, language: null, places: 0 }]
}

/** The address with what was scanned in it, in ASCII; undefined where the scan does not tell it, or it is none. */
function fillIn(url: string, item: ScannedItem): string | undefined {
  let isComplete = true
  const filled = url.replaceAll(placeholder, (_all, plain?: string, escaped?: string) => {
    const value = item[(plain ?? escaped ?? '').toLowerCase() as 'gtin' | 'lot' | 'serial']
    if (value === null) isComplete = false
    return encodeURIComponent(value ?? '')
  })
  const parsed = isComplete ? URL.parse(filled) : null
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.href : undefined
}

function placesIn(url: string): number {
  return [...url.matchAll(placeholder)].filter(([found]) => !/gtin/i.test(found)).length
}

/** Links of a type at the narrowest level that has any; those with a place for the lot before those without. */
export function linksOfType(levels: readonly LinkLevel[], type: string): ItemLink[] {
  for (const { links } of levels) {
    const found = links.filter((link) => link.type === type)
    const most = Math.max(...found.map(({ places }) => places))
    if (found.length > 0) return found.filter(({ places }) => places === most)
  }
  return []
}

/** An address with what else stood in the asker's query. */
export function handOn(href: string, passedOn: URLSearchParams): string {
  const url = new URL(href)
  for (const [name, value] of passedOn) url.searchParams.append(name, value)
  return url.href
}
