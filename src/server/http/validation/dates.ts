const isoDate =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?)?$/

/**
 * The moment that an ISO 8601 date or date and time stands for, in the wire's form with microseconds, or undefined.
 * Without an offset it is UTC. With one the instant is kept, where Laravel drops the offset and moves it.
 */
export function isoMoment(text: string): string | undefined {
  const match = isoDate.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset = 'Z'] = match
  if (!isDay(Number(year), Number(month), Number(day))) return undefined
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined
  const moved = offsetMinutes(offset)
  if (moved === undefined) return undefined
  const local = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const [utc = ''] = new Date(local - moved * 60_000).toISOString().split('.')
  return /^\d{4}-/.test(utc) ? `${utc}.${fraction.slice(0, 6).padEnd(6, '0')}Z` : undefined
}

function offsetMinutes(offset: string): number | undefined {
  if (/^z$/i.test(offset)) return 0
  const hours = Number(offset.slice(1, 3))
  const minutes = Number(offset.slice(3).replace(':', '') || '0')
  if (hours > 14 || minutes > 59) return undefined
  return (hours * 60 + minutes) * (offset.startsWith('-') ? -1 : 1)
}

function isDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}

const dayInMs = 86_400_000

/** Milliseconds of a date, or of `now`, `today`, `tomorrow` and `yesterday` (UTC), for the rules that compare. */
export function momentOf(value: unknown, now: number): number | undefined {
  if (typeof value !== 'string') return undefined
  const today = Math.floor(now / dayInMs) * dayInMs
  switch (value) {
    case 'now':
      return now
    case 'today':
      return today
    case 'tomorrow':
      return today + dayInMs
    case 'yesterday':
      return today - dayInMs
    default: {
      const moment = isoMoment(value)
      return moment === undefined ? undefined : Date.parse(moment)
    }
  }
}

const tokens: Record<string, string> = {
  Y: '(?<year>\\d{4})',
  m: '(?<month>\\d{2})',
  d: '(?<day>\\d{2})',
  H: '(?:[01]\\d|2[0-3])',
  i: '[0-5]\\d',
  s: '[0-5]\\d',
  v: '\\d{3}',
  u: '\\d{6}',
  P: '(?:Z|[+-]\\d{2}:\\d{2})',
}

/** A pattern for a PHP date format of `Y m d H i s v u P` and plain characters; `\` takes the next one literally. */
function patternOf(format: string): RegExp {
  const source = format.replace(
    /\\(.)|(.)/gs,
    (_, escaped: string | undefined, plain: string | undefined) => {
      const token = plain === undefined ? undefined : tokens[plain]
      return token ?? (escaped ?? plain ?? '').replace(/[^\w]/g, String.raw`\$&`)
    },
  )
  return new RegExp(`^${source}$`)
}

/** True for a text in that format that names a day of the calendar. */
export function matchesDateFormat(text: string, format: string): boolean {
  const groups = patternOf(format).exec(text)?.groups
  if (groups === undefined) return patternOf(format).test(text)
  const { year = '2000', month = '01', day = '01' } = groups
  return isDay(Number(year), Number(month), Number(day))
}
