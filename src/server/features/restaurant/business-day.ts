/** A moment as a zone's clock on the wall shows it. */
interface WallTime {
  year: number
  month: number
  day: number
  hour: number
}

function wallTime(moment: number, timezone: string): WallTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
  })
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  )
  return { year: parts['year']!, month: parts['month']!, day: parts['day']!, hour: parts['hour']! }
}

/**
 * The day that a moment belongs to in a business's zone, `2026-11-23`. Before `startsAt` o'clock it is still the day
 * before: a bar's night belongs to the evening. Read off the wall clock, so days of 23 and 25 hours are right too.
 */
export function businessDayOf(moment: number, timezone: string, startsAt: number): string {
  const { year, month, day, hour } = wallTime(moment, timezone)
  const date = new Date(Date.UTC(year, month - 1, hour < startsAt ? day - 1 : day))
  return date.toISOString().slice(0, 10)
}

/** The hour, 0 to 23, that a zone's clock shows. */
export function hourOf(moment: number, timezone: string): number {
  return wallTime(moment, timezone).hour
}

/** The calendar day some days away from one. */
export function dayAway(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
