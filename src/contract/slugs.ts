/** Longest slug, in characters. */
export const MAX_SLUG_LENGTH = 64

const VALID = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

/** The one form in which slugs are stored and compared: NFKC, trimmed, lower-case (contract, section 4). */
export function canonicalSlug(raw: string): string {
  return raw.normalize('NFKC').trim().toLowerCase()
}

/** Whether a canonical slug keeps the rule `^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$`. */
export function isValidSlug(canonical: string): boolean {
  return VALID.test(canonical)
}

type SlugProblemCode = 'slug_missing' | 'slug_is_link' | 'slug_too_long' | 'slug_not_ascii' | 'slug_invalid'

export interface SlugProblem {
  code: SlugProblemCode
  message: string
  suggestion?: string
}

/**
 * What keeps a slug from being saved, with a slug that could be; null for a good one (in any case or width).
 */
export function slugProblem(raw: string): SlugProblem | null {
  const slug = canonicalSlug(raw)
  if (isValidSlug(slug)) return null
  if (slug === '') return { code: 'slug_missing', message: 'There is no slug here. Type one.' }
  const code = problemCode(slug)
  const suggestion = suggestSlug(code === 'slug_is_link' ? lastSegment(slug) : slug)
  return { code, message: messages[code], ...(suggestion === '' ? {} : { suggestion }) }
}

const messages: Record<SlugProblemCode, string> = {
  slug_missing: 'There is no slug here. Type one.',
  slug_is_link: 'This is a whole link. A slug is only its last part.',
  slug_too_long: `A slug has at most ${MAX_SLUG_LENGTH} characters. Shorten it.`,
  slug_not_ascii: 'A slug can hold only the letters a to z without accents, digits and hyphens.',
  slug_invalid:
    'A slug can hold only letters, digits and hyphens, and starts and ends with a letter or digit.',
}

function problemCode(slug: string): SlugProblemCode {
  if (/^(?:https?:)?\/\/|^[a-z0-9.-]+\.[a-z]{2,}\/[^/]/.test(slug)) return 'slug_is_link'
  if (/[^\u0020-\u007e]/.test(slug)) return 'slug_not_ascii'
  return /^[a-z0-9-]+$/.test(slug) && slug.length > MAX_SLUG_LENGTH ? 'slug_too_long' : 'slug_invalid'
}

function lastSegment(link: string): string {
  const path = link
    .replace(/^[a-z]*:?\/\//, '')
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
  return path.includes('/') ? path.slice(path.lastIndexOf('/') + 1) : ''
}

const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
  ŋ: 'ng',
  '&': '-and-',
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  ј: 'j',
  љ: 'lj',
  њ: 'nj',
  ћ: 'c',
  џ: 'dz',
  α: 'a',
  β: 'v',
  γ: 'g',
  δ: 'd',
  ε: 'e',
  ζ: 'z',
  η: 'i',
  θ: 'th',
  ι: 'i',
  κ: 'k',
  λ: 'l',
  μ: 'm',
  ν: 'n',
  ξ: 'x',
  ο: 'o',
  π: 'p',
  ρ: 'r',
  σ: 's',
  ς: 's',
  τ: 't',
  υ: 'y',
  φ: 'f',
  χ: 'ch',
  ψ: 'ps',
  ω: 'o',
  "'": '',
  '’': '',
}

/**
 * A valid slug close to any text: accents taken off, Latin, Cyrillic and Greek letters spelled in a–z, the
 * rest turned into single hyphens. Empty when nothing of the text is left. Not checked for being reserved or
 * taken.
 */
export function suggestSlug(text: string): string {
  const plain = Array.from(text.slice(0, 500).normalize('NFKC').toLowerCase().normalize('NFKD'))
    .map((character) => letters[character] ?? character)
    .join('')
  return plain
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_SLUG_LENGTH + 1)
    .replace(/^-+/, '')
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/-+$/, '')
}

/** What a canonical slug looks like at a glance: `0` as `o`, `1` and `i` as `l`, no hyphens. */
export function slugSkeleton(canonical: string): string {
  return canonical.replaceAll('-', '').replaceAll('0', 'o').replace(/[1i]/g, 'l')
}
