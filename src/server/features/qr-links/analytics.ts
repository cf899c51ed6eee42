import type { QrLinkAnalytics } from '#contract/qr-links.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { bucketStarts, startOfBucket, type Interval } from './intervals.ts'

export interface AnalyticsSpan {
  /** Milliseconds; `to` is not part of the span. */
  from: number
  to: number
  interval: Interval
  /** The business's zone, which days, weeks and months are counted in. */
  timezone: string
}

const listed = 20

/** Counts a link's scans over a span. Reads only that link's scans of that span. */
export async function analyseScans(db: Db, linkSeq: number, span: AnalyticsSpan): Promise<QrLinkAnalytics> {
  const from = timestamp(span.from)
  const to = timestamp(span.to)
  const scans = db
    .selectFrom('qr_scans')
    .where('link_seq', '=', linkSeq)
    .where('scanned_at', '>=', from)
    .where('scanned_at', '<', to)
  const times = await scans.select('scanned_at').execute()
  const counts = new Map(bucketStarts(span).map((start) => [start, 0]))
  for (const { scanned_at } of times) {
    const start = startOfBucket(Date.parse(scanned_at), span.interval, span.timezone)
    counts.set(start, (counts.get(start) ?? 0) + 1)
  }
  const by = async (column: 'device' | 'language' | 'referrer_host') => {
    const rows = await scans
      .select([column, (e) => e.fn.countAll<number>().as('scans')])
      .where(column, 'is not', null)
      .groupBy(column)
      .orderBy('scans', 'desc')
      .limit(listed)
      .execute()
    return rows.map((row) => ({ name: String(row[column as keyof typeof row]), scans: Number(row.scans) }))
  }
  return {
    from,
    to,
    interval: span.interval,
    scans: times.length,
    series: [...counts]
      .toSorted(([a], [b]) => a - b)
      .map(([start, n]) => ({ start: timestamp(start), scans: n })),
    devices: await by('device'),
    languages: await by('language'),
    referrers: await by('referrer_host'),
  }
}
