import { ValidationFailed } from '#contract/errors.ts'
import { listQrLinkScans, showQrLinkAnalytics } from '#contract/qr-links.ts'
import type { Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { analyseScans, type AnalyticsSpan } from './analytics.ts'
import { bucketCount } from './intervals.ts'
import { findLink } from './routes.ts'

const day = 24 * 60 * 60 * 1000
const mostBuckets = 2000

export function serveScans(mount: Mount): void {
  mount(listQrLinkScans, {
    find: findLink,
    handle: async (call) => {
      const { readers } = call.context.database
      const scans = readers.selectFrom('qr_scans').where('link_seq', '=', call.row.seq)
      const { count } = await scans
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const page = await pageOf(call, Number(count), ({ limit, offset }) =>
        scans
          .select(['scanned_at', 'device', 'language', 'referrer_host'])
          .orderBy('scanned_at', 'desc')
          .orderBy('seq', 'desc')
          .limit(limit)
          .offset(offset)
          .execute(),
      )
      return { scans: page }
    },
  })

  mount(showQrLinkAnalytics, {
    find: findLink,
    handle: async (call) => {
      const { timezone } = await call.db
        .selectFrom('businesses')
        .select('timezone')
        .where('id', '=', call.row.business_id)
        .executeTakeFirstOrThrow()
      const analytics = await analyseScans(
        call.context.database.readers,
        call.row.seq,
        spanOf(call, timezone),
      )
      return { analytics }
    },
  })
}

/** The last 30 days by day unless asked otherwise. */
function spanOf(
  { query, context }: Call<typeof showQrLinkAnalytics, unknown>,
  timezone: string,
): AnalyticsSpan {
  const to = query.to ? Date.parse(query.to) : context.clock()
  const from = query.from ? Date.parse(query.from) : to - 30 * day
  const span = { from, to, interval: query.interval ?? ('day' as const), timezone }
  if (from >= to) throw invalid('from', 'The from field must be a date before to.')
  if (bucketCount(span) > mostBuckets) {
    throw invalid('interval', `The span has more than ${mostBuckets} intervals. Choose a longer interval.`)
  }
  return span
}

function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}
