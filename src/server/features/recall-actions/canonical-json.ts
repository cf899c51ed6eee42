/** What an entry may be made of: no fractions, so that no two writers of numbers can differ. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * The one text of a value, as RFC 8785 (JSON Canonicalization Scheme) has it: keys sorted by UTF-16 code units, no
 * blanks, the shortest escapes. Throws for a number that is not a safe integer: the record holds none.
 */
export function canonicalJson(value: Json): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new RangeError(`${value} is no whole number.`)
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed())
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`
  const parts = Object.keys(value)
    .toSorted(byCodeUnits)
    .map((key) => `${JSON.stringify(key.toWellFormed())}:${canonicalJson(value[key]!)}`)
  return `{${parts.join(',')}}`
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value)
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
