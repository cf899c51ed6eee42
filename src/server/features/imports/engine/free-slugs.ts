import { MAX_SLUG_LENGTH, suggestSlug } from '#contract/slugs.ts'

/** Finds slugs nobody has: the base itself, then `base-2`, `base-3` and so on. */
export class FreeSlugs {
  readonly #isTaken: (slug: string) => boolean
  readonly #next = new Map<string, number>()

  constructor(isTaken: (slug: string) => boolean) {
    this.#isTaken = isTaken
  }

  /** A free slug; asked twice with the same base it goes on counting, whether or not the first was used. */
  take(base: string, from = 1): string {
    let number = Math.max(from, this.#next.get(base) ?? 1)
    let slug = numbered(base, number)
    while (this.#isTaken(slug)) slug = numbered(base, ++number)
    this.#next.set(base, number + 1)
    return slug
  }
}

function numbered(base: string, number: number): string {
  if (number === 1) return base
  const ending = `-${number}`
  return `${base.slice(0, MAX_SLUG_LENGTH - ending.length).replace(/-+$/, '')}${ending}`
}

/**
 * What a row without a slug could be called: after its title, else the last word of its address, else its
 * host.
 */
export function baseSlug(title: string, destination: string): string {
  const fromTitle = suggestSlug(title)
  if (fromTitle !== '') return fromTitle
  const url = URL.parse(destination.trim())
  const path = url === null ? [] : url.pathname.split('/').map((part) => suggestSlug(decode(part)))
  const host = suggestSlug(url?.hostname.replace(/^www\./, '').replace(/\.[^.]*$/, '') ?? '')
  return path.findLast((part) => part !== '') ?? (host === '' ? 'link' : host)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
