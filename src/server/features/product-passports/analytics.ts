import type { PassportAnalytics } from '#contract/product-passports.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import type { IntervalSpan, PassportParts } from './passport-parts.ts'

const listed = 20

type Parts = Pick<PassportParts, 'bucketStarts' | 'startOfBucket'>

/** Counts a passport's scans over a span; `to` is not part of it. */
export async function analysePassport(
  db: Db,
  passportId: string,
  span: IntervalSpan,
  parts: Parts,
): Promise<Omit<PassportAnalytics, 'recall'>> {
  const from = timestamp(span.from)
  const to = timestamp(span.to)
  const scans = db
    .selectFrom('passport_scans')
    .where('product_passport_id', '=', passportId)
    .where('scanned_at', '>=', from)
    .where('scanned_at', '<', to)
  const moments = (await scans.select('scanned_at').execute()).map((scan) => Date.parse(scan.scanned_at))
  const by = async (column: 'lot' | 'link_type' | 'device' | 'language') => {
    const rows = await scans
      .select([column, (e) => e.fn.countAll<number>().as('scans')])
      .where(column, 'is not', null)
      .groupBy(column)
      .orderBy('scans', 'desc')
      .orderBy(column)
      .limit(listed)
      .execute()
    return rows.map((row) => ({ name: String(row[column as keyof typeof row]), scans: Number(row.scans) }))
  }
  return {
    from,
    to,
    interval: span.interval,
    scans: moments.length,
    series: seriesOf(moments, span, parts),
    lots: await by('lot'),
    link_types: await by('link_type'),
    devices: await by('device'),
    languages: await by('language'),
  }
}

function seriesOf(moments: readonly number[], span: IntervalSpan, parts: Parts): PassportAnalytics['series'] {
  const counts = new Map(parts.bucketStarts(span).map((start) => [start, 0]))
  for (const moment of moments) {
    const start = parts.startOfBucket(moment, span.interval, span.timezone)
    counts.set(start, (counts.get(start) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([start, n]) => ({ start: timestamp(start), scans: n }))
}
