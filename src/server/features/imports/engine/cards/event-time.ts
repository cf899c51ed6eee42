import { timestamp } from '../../../../clock.ts'
import { momentOf } from '../../../../zone-time.ts'
import { readDate } from '../cell-values.ts'

export interface EventMoment {
  /** `2026-12-31T18:30:00.000000Z` */
  at: string
  isDay: boolean
  /** A time of day of which nobody knows where. */
  lacksZone: boolean
}

type EventTime = EventMoment | { code: 'date_invalid' | 'date_ambiguous'; suggestion?: string }

const withZone = /\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})$/i
const apart = /^(\S+?),?[T ]\s*(\d{1,2})[:.](\d{2})(?::\d{2})?\s*(am|pm)?$/i

/**
 * Reads when something happens. What says its own offset is that moment; anything else is the wall clock of `zone`,
 * of UTC without one. A day alone begins at that zone's midnight.
 */
export function readEventTime(text: string, zone: string | undefined): EventTime {
  const trimmed = text.trim()
  const isDay = !trimmed.includes(':') && !/\d[T ]\d/.test(trimmed)
  const reading = readDate(trimmed)
  if ('code' in reading) return suggestTime(trimmed) ?? reading
  if (withZone.test(trimmed)) return { at: reading.at, isDay: false, lacksZone: false }
  if (zone === undefined) return { at: reading.at, isDay, lacksZone: !isDay }
  return { at: timestamp(momentOf(Date.parse(reading.at), zone)), isDay, lacksZone: false }
}

/** `31.12.2026 19:30` and `12/31/2026 7:30 pm`, where the day can be told from the month. */
function suggestTime(text: string): EventTime | undefined {
  const [, date = '', hour = '', minute = '', half] = apart.exec(text) ?? []
  const day = readDate(date)
  const hours = (Number(hour) % (half ? 12 : 24)) + (half?.toLowerCase() === 'pm' ? 12 : 0)
  if (date === '' || Number(hour) > 23 || Number(minute) > 59) return undefined
  const whole = 'at' in day ? day.at.slice(0, 10) : day.suggestion
  const time = `${String(hours).padStart(2, '0')}:${minute}`
  if (whole !== undefined) return { code: 'date_ambiguous', suggestion: `${whole} ${time}` }
  return 'code' in day && day.code === 'date_ambiguous' ? day : undefined
}
