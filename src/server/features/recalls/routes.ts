import { Conflict } from '#contract/errors.ts'
import type { RecallLine } from '#contract/recall-lines.ts'
import type { RecallNotice } from '#contract/recalls.ts'
import * as contract from '#contract/recalls.ts'
import type { Db } from '../../db/schema.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { refuseIllegalChange } from './change-rules.ts'
import { serveCheck } from './check-routes.ts'
import { serveImport } from './import-routes.ts'
import { listRows } from './list.ts'
import { presentRecall } from './present.ts'
import type { RecallMemory, RecallParts } from './recall-parts.ts'
import { checkedLines, invalid } from './recall-rules.ts'
import { insertRecall, removeDraft, updateRecall, type Who } from './store.ts'
import type { RecallRow } from './table.ts'

export function serveRecalls(mount: Mount, parts: RecallParts, memory: RecallMemory): void {
  serveLists(mount, parts, memory)
  serveChanges(mount, parts)
  serveRevisions(mount)
  serveImport(mount, parts)
  serveCheck(mount, parts, memory)
}

type OneRecall = Pick<Call<typeof contract.findRecall>, 'db' | 'params' | 'identity'>

/** The recall a path names, within what the caller may see. */
async function find({ db, params, identity }: OneRecall): Promise<RecallRow | undefined> {
  const row = await db.selectFrom('recalls').selectAll().where('id', '=', params.id).executeTakeFirst()
  const isVisible = identity.businessId === null || identity.businessId === row?.business_id
  return isVisible ? row : undefined
}

function serveLists(mount: Mount, parts: RecallParts, { data }: RecallMemory): void {
  mount(contract.listRecalls, {
    handle: async (call) => {
      const { query, context } = call
      const ids = (await parts.businessesOfCall(call, query.business_id)).map(({ id }) => id)
      const { near } = context.database
      const { total, page } = await listRows(near, ids, query)
      const recalls = await pageOf(call, total, async (window) => presentAll(near, parts, await page(window)))
      return { recalls, data: await data.state(near, ids) }
    },
  })
  mount(contract.findRecall, {
    find,
    etag: rowEtag,
    handle: async (call) => answerWith(call, parts, call.row),
  })
}

async function presentAll(
  db: Db,
  parts: RecallParts,
  rows: readonly RecallRow[],
): Promise<contract.Recall[]> {
  const counts = await parts.countActions(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => presentRecall(row, counts.get(row.id)))
}

async function answerWith<E extends AnyEndpoint>(call: Call<E, unknown>, parts: RecallParts, row: RecallRow) {
  call.reply.header('ETag', rowEtag(row))
  const [recall] = await presentAll(call.db, parts, [row])
  return { recall: recall! }
}

function serveChanges(mount: Mount, parts: RecallParts): void {
  mount(contract.createRecall, {
    handle: async (call) => {
      const { business_id, is_mock, notice, lines, activate } = call.body
      const business = await parts.businessOfCall(call, business_id)
      const recall = {
        businessId: business.id,
        isMock: is_mock ?? false,
        source: 'manual' as const,
        passportId: null,
        notice,
        lines: checkedLines(parts.validate, lines),
        status: activate === true ? ('active' as const) : ('draft' as const),
      }
      const row = await insertRecall(call.db, recall, await whoOf(call, parts, null))
      announce(call, row)
      return answerWith(call, parts, row)
    },
  })
  mount(contract.changeRecall, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const { body, row } = call
      refuseIllegalChange(row, body)
      const lines = body.lines && checkedLines(parts.validate, body.lines)
      const known = JSON.parse(row.lines) as RecallLine[]
      // A draft out of a file may have none yet; in force it would be about nothing.
      if (body.status === 'active') checkedLines(parts.validate, needLines(lines ?? known))
      const change = { notice: body.notice, lines, status: body.status }
      const next = await updateRecall(call.db, row, change, await whoOf(call, parts, body.reason ?? null))
      announce(call, next)
      return answerWith(call, parts, next)
    },
  })
  mount(contract.deleteRecall, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      if (call.row.status !== 'draft') {
        throw new Conflict('This recall has been in force. Close it with a reason instead; its record stays.')
      }
      await removeDraft(call.db, call.row.id)
      announce(call, call.row)
      return undefined
    },
  })
}

function needLines(lines: RecallLine[]): RecallLine[] {
  if (lines.length > 0) return lines
  throw invalid('lines', 'A recall in force needs at least one line with a GTIN.')
}

function serveRevisions(mount: Mount): void {
  mount(contract.listRecallRevisions, {
    find,
    handle: async (call) => {
      const kept = call.db.selectFrom('recall_revisions').where('recall_id', '=', call.row.id)
      const { count } = await kept
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const revisions = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = await kept.selectAll().orderBy('revision', 'desc').limit(limit).offset(offset).execute()
        return rows.map(({ revision, notice, lines, reason, by, created_at }) => ({
          revision,
          notice: JSON.parse(notice) as RecallNotice,
          lines: JSON.parse(lines) as RecallLine[],
          reason,
          by,
          created_at,
        }))
      })
      return { revisions }
    },
  })
}

async function whoOf<E extends AnyEndpoint>(
  { db, identity, context }: Call<E, unknown>,
  parts: RecallParts,
  reason: string | null,
): Promise<Who> {
  return { by: await parts.nameOfCaller(db, identity), now: context.clock(), reason }
}

function announce<E extends AnyEndpoint>({ afterCommit, context }: Call<E, unknown>, row: RecallRow): void {
  afterCommit(() =>
    context.events.emit({ type: 'recalls.changed', business_id: row.business_id, id: row.id }),
  )
}
