import { ValidationFailed } from '#contract/errors.ts'
import type { BundleCap, BundleKind } from '#contract/export-bundles.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'

interface Cap extends Omit<BundleCap, 'remaining_today'> {
  perDay: number
}

const mebibyte = 1024 * 1024

/** What one bundle may hold, and how many a business may have made in a day (UTC). The one place where this stands. */
export const caps: Readonly<Record<BundleKind, Cap>> = {
  qr_codes: {
    max_rows: 10_000,
    max_bytes: 2048 * mebibyte,
    formats: ['svg', 'png', 'pdf', 'eps'],
    perDay: 200,
  },
  print_sheets: { max_rows: 10_000, max_bytes: 512 * mebibyte, formats: ['pdf'], perDay: 200 },
  wallet_cards: {
    max_rows: 10_000,
    max_bytes: 2048 * mebibyte,
    formats: ['vcf', 'ics', 'html', 'apple', 'google'],
    perDay: 200,
  },
}

/** Labels of one bundle of print sheets, copies counted. */
export const mostLabels = 50_000

/** The caps with what is left of this day for a business. */
export async function capsFor(db: Db, businessId: string, now: number): Promise<Record<string, BundleCap>> {
  const kinds = Object.keys(caps) as BundleKind[]
  const names = kinds.map((kind) => counterOf(businessId, kind, now))
  const rows = await db.selectFrom('sequences').selectAll().where('name', 'in', names).execute()
  const used = new Map(rows.map(({ name, next }) => [name, Number(next) - 1]))
  return Object.fromEntries(
    kinds.map((kind, index) => {
      const { perDay, ...cap } = caps[kind]
      const remaining_today = Math.max(0, perDay - (used.get(names[index]!) ?? 0))
      return [kind, { ...cap, remaining_today }]
    }),
  )
}

/** Counts one more bundle of today; deleting bundles gives none back. Throws 422. */
export async function takeOneOfToday(
  db: Db,
  businessId: string,
  kind: BundleKind,
  now: number,
): Promise<void> {
  const { perDay } = caps[kind]
  const number = await takeSequence(db, counterOf(businessId, kind, now))
  if (number <= perDay) return
  throw new ValidationFailed({
    kind: [`The cap of ${perDay} ${kind} bundles a day is reached (remaining_today). Go on tomorrow, UTC.`],
  })
}

/** Throws 422 where there is nothing to export, or more than the cap. */
export function refuseTooMany(kind: BundleKind, total: number, byIds: boolean): void {
  const field = byIds ? 'ids' : 'filter'
  if (total === 0) {
    throw new ValidationFailed({ [field]: ['Nothing matches: there would be no file in the bundle.'] })
  }
  const { max_rows } = caps[kind]
  if (total <= max_rows) return
  throw new ValidationFailed({
    [field]: [
      `${total} are more than the cap max_rows of ${kind}, which is ${max_rows}. Narrow the filter or make several.`,
    ],
  })
}

/** Throws 422 where a format is none of the kind's. */
export function refuseFormats(kind: BundleKind, formats: readonly string[] | undefined): void {
  const known = caps[kind].formats
  const wrong = (formats ?? []).findIndex((format) => !known.includes(format))
  if (wrong < 0) return
  throw new ValidationFailed({
    [`formats.${wrong}`]: [
      `A bundle of ${kind} has no format "${formats?.[wrong]}". Choose of ${known.join(', ')}.`,
    ],
  })
}

function counterOf(businessId: string, kind: BundleKind, now: number) {
  return `exports:${businessId}:${kind}:${timestamp(now).slice(0, 10)}` as const
}
