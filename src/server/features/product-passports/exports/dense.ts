export type Json = Record<string, unknown>

/** An object without what is not there: undefined, null and empty lists. */
export function dense(object: Json): Json {
  const entries = Object.entries(object).filter(
    ([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0),
  )
  return Object.fromEntries(entries)
}
