/** Language tags of an `Accept-Language` (RFC 9110, 12.5.4), the dearest first; those that are refused left out. */
function acceptedLanguages(header: string | undefined): string[] {
  if (header === undefined) return []
  const asked = header.slice(0, 1000).split(',', 40)
  return asked
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim())
      const quality = parameters.find((one) => /^q=/i.test(one))?.slice(2)
      return { tag: tag.toLowerCase(), quality: quality === undefined ? 1 : Number(quality) }
    })
    .filter(({ tag, quality }) => /^(?:[a-z0-9]{1,8}(?:-[a-z0-9]{1,8})*|\*)$/.test(tag) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

/**
 * Of things in languages, those in the one that suits best: the very tag, then its language in any region; failing
 * all, what is in no language, then all of them. Several are left only where they are equally good.
 */
export function pickByLanguage<T extends { language: string | null }>(
  things: readonly T[],
  header: string | undefined,
): T[] {
  const tagOf = ({ language }: T): string => (language ?? '').toLowerCase()
  for (const tag of acceptedLanguages(header)) {
    if (tag === '*') break
    const exact = things.filter((thing) => tagOf(thing) === tag)
    if (exact.length > 0) return exact
    const [base = ''] = tag.split('-')
    const plain = things.filter((thing) => tagOf(thing) === base)
    if (plain.length > 0) return plain
    const regional = things.filter((thing) => tagOf(thing).startsWith(`${base}-`))
    if (regional.length > 0) return regional
  }
  const without = things.filter(({ language }) => language === null)
  return without.length > 0 ? without : [...things]
}
