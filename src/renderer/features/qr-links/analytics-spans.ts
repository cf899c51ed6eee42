import type { QueryOf } from '#contract/endpoint.ts'
import type { showQrLinkAnalytics } from '#contract/qr-links.ts'

export const spans = ['day', 'week', 'month', 'quarter', 'year'] as const
export type Span = (typeof spans)[number]

const day = 86_400_000

const lengths: Record<Span, { days: number; interval: 'hour' | 'day' | 'week' | 'month' }> = {
  day: { days: 1, interval: 'hour' },
  week: { days: 7, interval: 'day' },
  month: { days: 30, interval: 'day' },
  quarter: { days: 91, interval: 'week' },
  year: { days: 365, interval: 'month' },
}

/** The question for a span that ends at the coming full hour, so that asking twice is the same question. */
export function spanQuery(span: Span, now: number): QueryOf<typeof showQrLinkAnalytics> {
  const { days, interval } = lengths[span]
  const to = Math.ceil(now / 3_600_000) * 3_600_000
  return { from: new Date(to - days * day).toISOString(), to: new Date(to).toISOString(), interval }
}
