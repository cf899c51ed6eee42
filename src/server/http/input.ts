import { isUnsafeKey } from './query-string.ts'

/** What a person may have typed blanks into on purpose (Laravel's TrimStrings leaves the same three alone). */
const untrimmed = new Set(['password', 'password_confirmation', 'current_password'])

/** Blanks and invisible marks beyond ASCII and the row U+2000 to U+200F. */
const otherBlanks = new Set([
  0xa0, 0xad, 0x1680, 0x180e, 0x2028, 0x2029, 0x202f, 0x205f, 0x2060, 0x3000, 0xfeff,
])

/** PHP's limit for JSON is 512; nothing of ours is near this, and the walk below is recursive. */
const deepest = 64

/**
 * Input as Laravel's middleware hands it on: every text trimmed, a text with nothing left turned into null, on all
 * levels. Keys that reach for an object's prototype are dropped, and so is what lies deeper than 64 levels.
 * `raw` names the fields to take to the letter, as dotted paths with `*` for any key (`cells.*`).
 */
export function cleanInput(input: unknown, raw: readonly string[] = []): unknown {
  return clean(
    input,
    raw.map((path) => path.split('.')),
    0,
  )
}

function clean(value: unknown, raw: readonly string[][], depth: number): unknown {
  if (typeof value === 'string') return raw.some((path) => path.length === depth) ? value : trimmed(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth >= deepest) return null
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => clean(item, below(raw, String(index), depth), depth + 1))
  }
  const entries = Object.entries(value).filter(([key]) => !isUnsafeKey(key))
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (typeof item === 'string' && untrimmed.has(key)) return [key, item === '' ? null : item]
      return [key, clean(item, below(raw, key, depth), depth + 1)]
    }),
  )
}

function below(raw: readonly string[][], key: string, depth: number): readonly string[][] {
  return raw.length === 0 ? raw : raw.filter((path) => path[depth] === key || path[depth] === '*')
}

/** Laravel trims what Unicode calls blank, and the marks that show as nothing at all. */
function trimmed(text: string): string | null {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text.charCodeAt(start))) start += 1
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1
  return start === end ? null : text.slice(start, end)
}

/** Walked by hand: a pattern for the end of a text takes quadratic time on a long run of blanks inside it. */
function isBlank(code: number): boolean {
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0
  return code >= 0xa0 && (otherBlanks.has(code) || (code >= 0x2000 && code <= 0x200f))
}
