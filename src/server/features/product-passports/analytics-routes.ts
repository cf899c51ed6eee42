import { ValidationFailed } from '#contract/errors.ts'
import { showPassportAnalytics } from '#contract/product-passports.ts'
import type { Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { analysePassport } from './analytics.ts'
import { findPassport } from './find-passport.ts'
import type { IntervalSpan, PassportParts } from './passport-parts.ts'
import { analyseRecall } from './recall-analytics.ts'

const day = 24 * 60 * 60 * 1000
const mostBuckets = 2000

export function serveAnalytics(mount: Mount, parts: PassportParts): void {
  mount(showPassportAnalytics, {
    find: findPassport,
    handle: async (call) => {
      const { timezone } = await call.db
        .selectFrom('businesses')
        .select('timezone')
        .where('id', '=', call.row.business_id)
        .executeTakeFirstOrThrow()
      const { readers } = call.context.database
      const span = spanOf(call, timezone, parts)
      const analytics = await analysePassport(readers, call.row.id, span, parts)
      return { analytics: { ...analytics, recall: await analyseRecall(readers, call.row, parts) } }
    },
  })
}

/** The last 30 days by day unless asked otherwise. */
function spanOf(
  { query, context }: Call<typeof showPassportAnalytics, unknown>,
  timezone: string,
  parts: PassportParts,
): IntervalSpan {
  const to = query.to ? Date.parse(query.to) : context.clock()
  const from = query.from ? Date.parse(query.from) : to - 30 * day
  const span = { from, to, interval: query.interval ?? ('day' as const), timezone }
  if (from >= to) throw invalid('from', 'The from field must be a date before to.')
  if (parts.bucketCount(span) > mostBuckets) {
    throw invalid('interval', `The span has more than ${mostBuckets} intervals. Choose a longer interval.`)
  }
  return span
}

function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}
