/** Milliseconds by which a zone's clock is ahead of UTC at a moment. */
export function offsetAt(moment: number, timezone: string): number {
  const text = new Intl.DateTimeFormat('en-US', { timeZone: timezone, timeZoneName: 'longOffset' }).format(
    moment,
  )
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text)
  if (!match) return 0
  const size = Number(match[2]) * 3_600_000 + Number(match[3]) * 60_000
  return match[1] === '-' ? -size : size
}

/**
 * The UTC moment at which a zone's wall clock shows `wall` (wall time written as if it were UTC). A time that the
 * clocks skip, as midnight in Santiago once a year, is the moment at which they skip it.
 */
export function momentOf(wall: number, timezone: string): number {
  const guess = wall - offsetAt(wall, timezone)
  const moment = wall - offsetAt(guess, timezone)
  return moment + offsetAt(moment, timezone) === wall ? moment : Math.max(guess, moment)
}
