import { ValidationFailed } from '#contract/errors.ts'
import { exportProductPassport } from '#contract/product-passports.ts'
import type { RecallAction } from '#contract/recall-actions.ts'
import { timestamp } from '../../clock.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import type { ExportSubject } from './exports/export-subject.ts'
import { describeExport, makeEveryExport, makeExport } from './exports/make-exports.ts'
import { findPassport } from './find-passport.ts'
import { isOverriddenAt } from './live-recalls.ts'
import type { PassportParts } from './passport-parts.ts'
import { presentPassport } from './present.ts'
import type { ProductPassportRow } from './table.ts'

export function serveExports(mount: Mount, parts: PassportParts): void {
  mount(exportProductPassport, {
    find: findPassport,
    handle: async ({ db, row, query, context }) => {
      const subject = await subjectOf(db, row, parts, timestamp(context.clock()))
      const { format, symbol } = query
      if (format === undefined) {
        return { exports: (await makeEveryExport(subject, parts)).map(describeExport) }
      }
      const file = await makeExport(subject, parts, { format, symbol })
      if (!file) {
        throw new ValidationFailed({ symbol: ['These goods cannot have this symbol. Choose another one.'] })
      }
      return new RawReply(file.media_type, file.body, {
        'Content-Disposition': `attachment; filename="${file.filename}"`,
      })
    },
  })
}

async function subjectOf(
  db: Db,
  row: ProductPassportRow,
  parts: PassportParts,
  at: string,
): Promise<ExportSubject> {
  const business = await db
    .selectFrom('businesses')
    .select(['id', 'name', 'short_domain'])
    .where('id', '=', row.business_id)
    .executeTakeFirstOrThrow()
  const recalls = await recallsInEarnest(db, row)
  const actions: RecallAction[] = []
  for (const id of recalls) actions.push(...(await parts.recordedActions(db, id)))
  return {
    passport: presentPassport(row, business.short_domain),
    business: { id: business.id, name: business.name },
    isRecalled: isOverriddenAt(row, at) && recalls.includes(row.recall_id ?? ''),
    actions,
  }
}

/** All recalls that ever stood before the passport, exercises left out, the oldest first. */
async function recallsInEarnest(db: Db, { id, recall_id }: ProductPassportRow): Promise<string[]> {
  const rows = await db
    .selectFrom('recalls')
    .select('id')
    .where((e) => e.or([e('product_passport_id', '=', id), e('id', '=', recall_id ?? '')]))
    .where('is_mock', '=', 0)
    .orderBy('id')
    .execute()
  return rows.map((recall) => recall.id)
}
