/** A value in a query: scalars, lists and objects of them. Null and undefined vanish. */
export type QueryValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly QueryValue[]
  | { readonly [key: string]: QueryValue }

/**
 * PHP's `http_build_query` in its RFC 3986 form, without the leading `?`: `ids[0]=1` with the brackets escaped,
 * booleans as 1 and 0, an empty string kept (`z=`), null and what is no `QueryValue` left out. `''` when nothing is left.
 */
export function buildQuery(values: Readonly<Record<string, unknown>>): string {
  const pairs: string[] = []
  for (const [name, value] of Object.entries(values)) collect(escapeRfc3986(name), value, pairs)
  return pairs.join('&')
}

function collect(name: string, value: unknown, pairs: string[]): void {
  if (value === null || value === undefined) return
  if (typeof value === 'object') {
    for (const [key, inner] of Object.entries(value))
      collect(`${name}%5B${escapeRfc3986(key)}%5D`, inner, pairs)
    return
  }
  if (typeof value === 'boolean') pairs.push(`${name}=${Number(value)}`)
  if (typeof value === 'string' || typeof value === 'number')
    pairs.push(`${name}=${escapeRfc3986(String(value))}`)
}

/** PHP's `rawurlencode`: also `! ' ( ) *`, which `encodeURIComponent` leaves as they are. */
function escapeRfc3986(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
