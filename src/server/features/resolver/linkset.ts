import type { ItemLink, LinkLevel } from './item-links.ts'
import { defaultLink, recallStatus, relationOf } from './link-types.ts'

interface Target {
  href: string
  title?: string
  hreflang?: string[]
  type?: string
}

/** A document of `application/linkset+json` (RFC 9264, 4.2), one context object an anchor. */
export interface Linkset {
  linkset: ({ anchor: string } & Record<string, string | Target[]>)[]
}

export interface LinksetSubject {
  origin: string
  /** The path that was asked for, without its query. */
  asked: string
  name: string
  levels: readonly LinkLevel[]
  /** Where the code leads: the notice while a recall stands before everything. */
  target: { href: string; title: string }
  /** The address of the answer whether it is recalled; undefined where no recall is in force. */
  statusHref: string | undefined
}

/**
 * Everything known of an item, from what was asked for up to its GTIN. There is exactly one default link, without
 * attributes; other defaults in their languages stand beside it as `defaultLinkMulti` (GS1-Conformant resolver).
 */
export function makeLinkset(subject: LinksetSubject): Linkset {
  const { origin, asked, name, levels, target, statusHref } = subject
  const first: Linkset['linkset'][number] = { anchor: origin + asked, itemDescription: name }
  first[relationOf(defaultLink)] = [{ href: target.href, title: target.title }]
  if (statusHref !== undefined) {
    first[relationOf(recallStatus)] = [{ href: statusHref, title: 'Recall status', type: 'application/json' }]
  }
  const others: Linkset['linkset'] = []
  for (const { anchor, links } of levels) {
    const relations = relationsOf(links)
    if (decodeURIComponent(anchor) === decodeURIComponent(asked)) Object.assign(first, relations)
    else others.push({ anchor: origin + anchor, ...relations })
  }
  return { linkset: [first, ...others] }
}

function relationsOf(links: readonly ItemLink[]): Record<string, Target[]> {
  const relations: Record<string, Target[]> = {}
  const defaults = links.filter(({ type }) => type === defaultLink)
  for (const { type, href, title, language } of links) {
    if (type === defaultLink && defaults.length < 2) continue
    const relation = relationOf(type === defaultLink ? 'gs1:defaultLinkMulti' : type)
    const target: Target = { href, title }
    if (language !== null) target.hreflang = [language]
    relations[relation] = [...(relations[relation] ?? []), target]
  }
  return relations
}
