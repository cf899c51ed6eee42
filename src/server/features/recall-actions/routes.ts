import { Conflict } from '#contract/errors.ts'
import type { ValidateGs1 } from '#contract/gs1.ts'
import * as contract from '#contract/recall-actions.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply, type Call } from '../../http/call.ts'
import type { Identity } from '../../http/identity.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { keepPhoto, readPhoto, receivePhoto, sniffPhoto } from './photo-files.ts'
import type { FamiliesFor } from './pdf-fonts.ts'
import { findPhoto } from './photos-store.ts'
import { recordAction, type RecallRow } from './record-action.ts'
import { reportCsv } from './report-csv.ts'
import { reportPdf } from './report-pdf.ts'
import { gatherEvidence } from './report.ts'
import { actionsOf, presentActions } from './store.ts'

/** What the record takes from other features. */
export interface RecallActionParts {
  validate: ValidateGs1
  /** Whom the record names for a call. */
  nameOfCaller(db: Db, identity: Identity): Promise<string>
  /** The fonts of the PDF report. */
  familiesFor: FamiliesFor
}

/** The recall a path names, within what the caller may see. */
async function findRecall({
  db,
  params,
  identity,
}: {
  db: Db
  params: { id: string }
  identity: Identity
}): Promise<RecallRow | undefined> {
  const row = await db.selectFrom('recalls').selectAll().where('id', '=', params.id).executeTakeFirst()
  const isVisible = identity.businessId === null || identity.businessId === row?.business_id
  return isVisible ? row : undefined
}

export function serveRecallActions(mount: Mount, parts: RecallActionParts): void {
  mount(contract.listRecallActions, {
    find: findRecall,
    handle: async (call) => {
      const { row, query } = call
      const { near } = call.context.database
      const visible = () => actionsOf(near, row.id, query.action ?? undefined)
      const { count } = await visible()
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const actions = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = visible().selectAll().orderBy('sequence', 'desc').limit(limit).offset(offset)
        return presentActions(near, await rows.execute())
      })
      return { actions }
    },
  })
  mount(contract.createRecallAction, {
    find: findRecall,
    transaction: false,
    handle: async (call) => ({ action: await record(call, parts) }),
  })
  servePhotos(mount)
  serveReport(mount, parts)
}

async function record(
  { context, db, identity, body, row: recall }: Call<typeof contract.createRecallAction, RecallRow>,
  parts: RecallActionParts,
): Promise<contract.RecallAction> {
  const by = await parts.nameOfCaller(db, identity)
  const byId = identity.tokenId ?? identity.userId
  const order = { recall, body, by, byId, now: context.clock() }
  const { row, isNew } = await recordAction(db, order, parts.validate)
  if (isNew) context.events.emit({ type: 'recalls.changed', business_id: recall.business_id, id: recall.id })
  const [action] = await presentActions(db, [row])
  return action!
}

function servePhotos(mount: Mount): void {
  mount(contract.uploadRecallPhoto, {
    find: findRecall,
    transaction: false,
    handle: async ({ context, db, request, row }) => {
      const bytes = await receivePhoto(request)
      const type = sniffPhoto(bytes)
      const now = context.clock()
      const photo = {
        id: newId(now),
        sha256: await keepPhoto(context.config.dataDir, bytes),
        size: bytes.length,
      }
      const stamps = { recall_id: row.id, type, created_at: timestamp(now) }
      await db
        .insertInto('recall_photos')
        .values({ ...photo, ...stamps })
        .execute()
      return { photo }
    },
  })
  mount(contract.showRecallPhoto, {
    find: async (call) => {
      const recall = await findRecall(call)
      return recall && findPhoto(call.db, recall.id, call.params.photo_id)
    },
    handle: async ({ context, row }) => {
      const bytes = await readPhoto(context.config.dataDir, row.sha256)
      if (!bytes) throw new Conflict('The file of this photo is gone, or no longer the one that was taken.')
      return new RawReply(row.type, bytes, {
        'Content-Disposition': `inline; filename="photo-${row.sha256.slice(0, 12)}.${row.type.split('/')[1]}"`,
        'Cache-Control': 'private, max-age=31536000, immutable',
      })
    },
  })
}

function serveReport(mount: Mount, { familiesFor }: RecallActionParts): void {
  mount(contract.showRecallReport, {
    find: findRecall,
    handle: async ({ context, db, row, query: { format = 'json' } }) => {
      const { dataDir } = context.config
      const evidence = await gatherEvidence(db, row, { dataDir, now: context.clock() })
      const headers = { 'Content-Disposition': `attachment; filename="recall-${row.id}.${format}"` }
      if (format === 'csv') return new RawReply('text/csv; charset=utf-8', reportCsv(evidence), headers)
      if (format === 'jsonl') return new RawReply('application/x-ndjson', evidence.record, headers)
      if (format === 'pdf')
        return new RawReply('application/pdf', await reportPdf(evidence, familiesFor), headers)
      return { report: evidence.report }
    },
  })
}
