/** How PHP sees values, where Laravel's rules depend on it. */

export type Container = unknown[] | Record<string, unknown>

/** What PHP calls an array: a list or an object. */
export function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null
}

export function countOf(container: Container): number {
  return Array.isArray(container) ? container.length : Object.keys(container).length
}

/** True for a list, and for an object whose keys are 0, 1, 2 … (an empty one too). */
export function isList(value: unknown): value is Container {
  if (Array.isArray(value)) return true
  return isContainer(value) && Object.keys(value).every((key, index) => key === String(index))
}

/** PHP's cast to a string, for scalars and null. */
export function toText(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : ''
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** PHP's `is_numeric`. */
export function isNumeric(value: unknown): boolean {
  if (typeof value === 'number') return true
  return (
    typeof value === 'string' &&
    /^[ \t\n\r\v\f]*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?[ \t\n\r\v\f]*$/i.test(value)
  )
}

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n }

/** PHP's `FILTER_VALIDATE_INT`: blanks around and a sign are fine, leading zeros and more than 64 bits are not. */
export function isInteger(value: unknown): boolean {
  const text = toText(value).trim()
  if (text.length > 21 || !/^[+-]?(?:0|[1-9]\d*)$/.test(text)) return false
  const number = BigInt(text.replace('+', ''))
  return number >= int64.least && number <= int64.most
}

/** Characters as `mb_strlen` counts them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
}

/** What `required` takes for nothing: null, a blank text, an empty list or object. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  if (typeof value === 'string') return value.trim() === ''
  return isContainer(value) && countOf(value) === 0
}

/** The value at a path of own keys, and whether it is there at all. */
export function lookUp(input: unknown, path: readonly string[]): { present: boolean; value: unknown } {
  let value = input
  for (const key of path) {
    if (!isContainer(value) || !Object.hasOwn(value, key) || (Array.isArray(value) && !/^\d+$/.test(key))) {
      return { present: false, value: undefined }
    }
    value = (value as Record<string, unknown>)[key]
  }
  return { present: value !== undefined, value }
}
