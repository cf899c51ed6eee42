import type { ProductPassport } from '#contract/product-passports.ts'
import { webUriOf } from './uris.ts'

const vocabulary = 'https://gs1.org/voc/'

interface Target {
  href: string
  title: string
  hreflang?: string[]
}

/**
 * The links of a passport as `application/linkset+json` (RFC 9264, 4.2). There is one default link; others that were
 * given stand beside it as `defaultLinkMulti`, and the passport's own page is `pip` and `dpp` unless another is.
 */
export function passportLinkset(passport: ProductPassport): { linkset: Record<string, unknown>[] } {
  const own: Target = { href: passport.digital_link, title: passport.name }
  const relations = new Map<string, Target[]>()
  for (const { type, url, title, language } of passport.links) {
    const href = webUriOf(url)
    if (!href) continue
    const name = vocabulary + type.replace(/^gs1:/, '')
    const target = { href, title, ...(language && { hreflang: [language] }) }
    relations.set(name, [...(relations.get(name) ?? []), target])
  }
  for (const name of ['pip', 'dpp']) {
    if (!relations.has(vocabulary + name)) relations.set(vocabulary + name, [own])
  }
  const defaults = relations.get(`${vocabulary}defaultLink`) ?? [own]
  const [first = own] = defaults
  relations.set(`${vocabulary}defaultLink`, [{ href: first.href, title: first.title }])
  if (defaults.length > 1) relations.set(`${vocabulary}defaultLinkMulti`, defaults)
  return { linkset: [{ anchor: passport.digital_link, ...Object.fromEntries(relations) }] }
}
