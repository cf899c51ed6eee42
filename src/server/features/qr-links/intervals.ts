import { momentOf, offsetAt } from '../../zone-time.ts'

export type Interval = 'hour' | 'day' | 'week' | 'month'

const hour = 3_600_000
const day = 24 * hour

/** Where the bucket of a moment starts, in the zone's own days, weeks (from Monday) and months. */
export function startOfBucket(moment: number, interval: Interval, timezone: string): number {
  const wall = moment + offsetAt(moment, timezone)
  if (interval === 'hour') return moment - (((wall % hour) + hour) % hour)
  return momentOf(startOfWall(wall, interval), timezone)
}

function startOfWall(wall: number, interval: Interval): number {
  const midnight = wall - (((wall % day) + day) % day)
  const date = new Date(midnight)
  if (interval === 'week') return midnight - ((date.getUTCDay() + 6) % 7) * day
  if (interval === 'month') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1)
  return midnight
}

/** Starts of all buckets that a span touches, oldest first. */
export function bucketStarts(span: {
  from: number
  to: number
  interval: Interval
  timezone: string
}): number[] {
  const { interval, timezone } = span
  const starts: number[] = []
  let start = startOfBucket(span.from, interval, timezone)
  while (start < span.to) {
    starts.push(start)
    start = startOfBucket(
      start + lengthOf(interval) + 2 * hour * Number(interval !== 'hour'),
      interval,
      timezone,
    )
  }
  return starts
}

/** About one bucket on; two hours more step over the longest day of a clock change. */
function lengthOf(interval: Interval): number {
  if (interval === 'hour') return hour
  if (interval === 'day') return day
  return interval === 'week' ? 7 * day : 31 * day
}

/** How many buckets a span has at most, without making them. */
export function bucketCount({
  from,
  to,
  interval,
}: {
  from: number
  to: number
  interval: Interval
}): number {
  const shortest = { hour, day, week: 7 * day, month: 28 * day }[interval]
  return Math.ceil((to - from) / shortest) + 1
}
