import { NotFound } from '#contract/errors.ts'
import {
  findPrintJob,
  listPrintJobs,
  reprintPrintJob,
  settlePrintJob,
  showPrintJobPreview,
  showPrintTrouble,
} from '#contract/print-jobs.ts'
import { RawReply } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import type { Db } from '../../db/schema.ts'
import { presentJobs } from './print-jobs-present.ts'
import { jobById } from './print-jobs-store.ts'
import type { Spool } from './spool.ts'
import type { PrintJobRow } from './table.ts'

export function servePrintJobs(mount: Mount, spool: Spool): void {
  const find = ({ db, params }: { db: Db; params: { id: string } }) => jobById(db, params.id)
  const one = async (db: Db, id: string) => {
    const row = await jobById(db, id)
    if (!row) throw new NotFound()
    return { print_job: (await presentJobs(db, [row]))[0]! }
  }

  mount(listPrintJobs, {
    handle: async (call) => {
      const jobs = jobsBy(call.db, call.query)
      const { count } = await jobs
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const print_jobs = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const rows = await jobs.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute()
        return presentJobs(call.db, rows)
      })
      return { print_jobs }
    },
  })
  mount(findPrintJob, { find, handle: ({ db, row }) => one(db, row.id) })
  mount(showPrintJobPreview, {
    find,
    handle: async ({ row, query }) => {
      if (!row.bytes) throw new NotFound()
      if (query.format === 'escpos') return new RawReply('application/octet-stream', Buffer.from(row.bytes))
      const picture = await spool.picture(row)
      if (!picture) throw new NotFound()
      return new RawReply('image/png', picture)
    },
  })
  mount(settlePrintJob, {
    find,
    handle: async ({ db, row, body, afterCommit }) => {
      await spool.settle(db, row, body.action, body.printer_id)
      afterCommit(() => spool.wake())
      return one(db, row.id)
    },
  })
  mount(reprintPrintJob, {
    find,
    handle: async ({ db, row, body, afterCommit }) => {
      const id = await spool.reprint(db, row, body.printer_id)
      afterCommit(() => spool.wake())
      return one(db, id)
    },
  })
  mount(showPrintTrouble, { handle: async ({ db }) => ({ trouble: await troubleOf(db) }) })
}

/** What a list asks for; `stuck` is what a person has to look at. */
function jobsBy(
  db: Db,
  query: { state?: string | null; printer_id?: string | null; order_intent_id?: string | null },
) {
  let jobs = db.selectFrom('print_jobs')
  if (query.state === 'stuck') {
    jobs = jobs.where((e) =>
      e.or([
        e('state', '=', 'held'),
        e.and([e('state', 'in', ['waiting', 'printing']), e('reason', 'is not', null)]),
      ]),
    )
  } else if (query.state) jobs = jobs.where('state', '=', query.state as PrintJobRow['state'])
  if (query.printer_id) jobs = jobs.where('printer_id', '=', query.printer_id)
  if (query.order_intent_id) jobs = jobs.where('order_intent_id', '=', query.order_intent_id)
  return jobs
}

const unwell = ['paper_out', 'cover_open', 'error', 'busy', 'offline'] as const

async function troubleOf(db: Db) {
  const stuck = await jobsBy(db, { state: 'stuck' })
    .select(['state', 'created_at', 'printer_id'])
    .orderBy('id')
    .limit(10_000)
    .execute()
  const waited = new Set(stuck.map(({ printer_id }) => printer_id))
  const printers = await db
    .selectFrom('printers')
    .select(['id', 'name', 'state', 'state_reason'])
    .where('deleted_at', 'is', null)
    .where('state', 'in', [...unwell])
    .execute()
  return {
    held: stuck.filter(({ state }) => state === 'held').length,
    waiting: stuck.filter(({ state }) => state !== 'held').length,
    oldest_at: stuck[0]?.created_at ?? null,
    // A printer that nobody needs now is no trouble.
    printers: printers
      .filter(({ id }) => waited.has(id))
      .map(({ id, name, state_reason }) => ({ id, name, reason: state_reason ?? '' })),
  }
}
