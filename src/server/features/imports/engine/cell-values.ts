/** Longest texts, in characters, as the contract's QR link has them. */
export const textLimits = { title: 200, campaign: 120, notes: 5000 } as const
export const MAX_TAG_LENGTH = 60
export const MAX_TAGS = 50

const yes = new Set(['true', '1', 'yes', 'y', 'on', 'active', 'enabled', 'live', 'ja', 'oui', 'si', 'sí'])
const no = new Set(['false', '0', 'no', 'n', 'off', 'inactive', 'disabled', 'paused', 'nein', 'non'])

/** What a cell says about being active; undefined when it says something else. */
export function readBoolean(text: string): boolean | undefined {
  if (text === '') return undefined
  const word = text.trim().toLowerCase()
  if (yes.has(word)) return true
  return no.has(word) ? false : undefined
}

/** Tags of a cell, parted by comma, semicolon or bar; each once. */
export function readTags(text: string): string[] {
  if (text === '') return []
  const tags = text.split(/[,;|]/).map((tag) => tag.trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

export type DateReading = { at: string } | { code: 'date_invalid' | 'date_ambiguous'; suggestion?: string }

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads a date, with or without a time, as the API does: a date alone means its first moment, a time without
 * a zone is UTC. Day-and-month orders are never guessed; one that can only be meant one way comes back as a
 * suggestion.
 */
export function readDate(text: string): DateReading {
  if (isDateAlone(text)) return { at: `${text}T00:00:00.000000Z` }
  const match = ISO.exec(text.trim())
  if (match === null) return readOtherDate(text.trim())
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone = 'Z'] = match
  if (!isDay(Number(year), Number(month), Number(day))) return { code: 'date_invalid' }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return { code: 'date_invalid' }
  const whole = `${year}-${month}-${day}T${hour}:${minute}:${second}`
  const time = Date.parse(`${whole}${zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`)
  if (Number.isNaN(time)) return { code: 'date_invalid' }
  const utc = new Date(time).toISOString().slice(0, 19)
  return /^\d{4}-/.test(utc)
    ? { at: `${utc}.${fraction.slice(0, 6).padEnd(6, '0')}Z` }
    : { code: 'date_invalid' }
}

/** `YYYY-MM-DD` of a day that every year has; by far the most frequent spelling. */
function isDateAlone(text: string): boolean {
  if (text.length !== 10 || text[4] !== '-' || text[7] !== '-') return false
  const digits = [0, 1, 2, 3, 5, 6, 8, 9].every(
    (at) => text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57,
  )
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))]
  return digits && month >= 1 && month <= 12 && day >= 1 && day <= 28
}

function readOtherDate(text: string): DateReading {
  const match = /^(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})$/.exec(text)
  if (match === null) return { code: 'date_invalid' }
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (match[1]?.length === 4) return suggestDay(first, second, third)
  const year = match[3]?.length === 4 ? third : match[3]?.length === 2 ? 2000 + third : 0
  if (first <= 12 && second <= 12 && first !== second) return { code: 'date_ambiguous' }
  return first > 12 ? suggestDay(year, second, first) : suggestDay(year, first, second)
}

function suggestDay(year: number, month: number, day: number): DateReading {
  if (year < 1000 || !isDay(year, month, day)) return { code: 'date_invalid' }
  return { code: 'date_ambiguous', suggestion: `${year}-${two(month)}-${two(day)}` }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function isDay(year: number, month: number, day: number): boolean {
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0)
}
