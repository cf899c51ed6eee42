import { canonicalSlug, slugSkeleton } from './slugs.ts'

export interface ReservedSlug {
  slug: string
  /** Completes the sentence "This slug is reserved: it is …". */
  reason: string
}

const route = 'an address of the service itself'
const account = 'a page where people sign in or pay'
const site = 'a page of the service’s website'
const file = 'a file that browsers and search engines ask for'
const brand = 'a name of the service'
const asset = 'a folder of the service’s own files'
const system = 'a word that software treats in a special way'

const words: readonly (readonly [reason: string, slugs: string])[] = [
  [route, 'api app r q s qr scan track verify report webhooks new edit export import'],
  [account, 'admin login logout signin signup register account billing dashboard settings'],
  [site, 'pricing help support status docs blog terms privacy'],
  [file, 'robots.txt favicon.ico sitemap.xml manifest.json .well-known'],
  [brand, 'qrscan www'],
  [asset, 'assets static images css js fonts'],
  [system, 'null undefined'],
]

/** The list that ships. The hosted service's own list is not public, so every function takes a list. */
export const reservedSlugs: readonly ReservedSlug[] = words.flatMap(([reason, slugs]) =>
  slugs.split(' ').map((slug) => ({ slug, reason })),
)

export interface ReservedMatcher {
  /** The entry that a canonical slug equals. */
  exact(canonical: string): ReservedSlug | undefined
  /** The entry that a canonical slug could be taken for (`adm1n`, `log-in`) without being equal. */
  lookalike(canonical: string): ReservedSlug | undefined
  readonly entries: readonly ReservedSlug[]
}

/** Words as short as `r` or `qr` have too many harmless look-alikes (`1`, `l-r`) to warn about. */
const MIN_LOOKALIKE = 4

/** Makes a matcher out of a list; entries are brought into canonical form first. */
export function makeReservedMatcher(list: readonly ReservedSlug[] = reservedSlugs): ReservedMatcher {
  const entries = list.map(({ slug, reason }) => ({ slug: canonicalSlug(slug), reason }))
  const exact = new Map(entries.map((entry) => [entry.slug, entry]))
  const skeletons = new Map(
    entries
      .map((entry) => [slugSkeleton(entry.slug), entry] as const)
      .filter(([skeleton]) => skeleton.length >= MIN_LOOKALIKE),
  )
  return {
    entries,
    exact: (canonical) => exact.get(canonical),
    lookalike: (canonical) => (exact.has(canonical) ? undefined : skeletons.get(slugSkeleton(canonical))),
  }
}
