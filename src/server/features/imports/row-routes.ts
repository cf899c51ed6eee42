import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Conflict, NotFound, ValidationFailed } from '#contract/errors.ts'
import { importFieldsOf, type ImportKind } from '#contract/import-kinds.ts'
import {
  changeImportRow,
  downloadImportErrors,
  fixImportRows,
  listImportRows,
  type ImportRow,
} from '#contract/imports.ts'
import { RawReply, type Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { findImport } from './routes.ts'
import { importPath } from './live-import.ts'
import { CancelledError, ImportFailure } from './engine/cancel.ts'
import type { Imports } from './imports.ts'
import { stateOf } from './state.ts'
import { saveEdits, saveImport } from './store.ts'
import type { ImportRecord } from './table.ts'

export function serveImportRows(mount: Mount, imports: Imports): void {
  mount(listImportRows, {
    find: findImport,
    handle: async (call) => ({ rows: await orConflict(pageOfRows(call, imports)) }),
  })

  mount(changeImportRow, {
    find: findImport,
    transaction: false,
    handle: async (call) => {
      const { row: record, params, body, context, db } = call
      imports.require(record, 'ready')
      const { columns } = stateOf(record)
      for (const index of Object.keys(body.cells)) refuseOtherColumn(index, columns.length, record.kind)
      const worker = await imports.open(record.id).ready()
      if (params.row > stateOf(record).counts.rows) throw new NotFound()
      // Kept before it is answered: a mended cell survives whatever happens to the worker.
      const edits = Object.entries(body.cells).map(([column, value]) => ({
        row: params.row,
        column: Number(column),
        value,
      }))
      await saveEdits(context.database.db, record.id, edits)
      const { row, ...tally } = await orConflict(worker.edit(params.row, body.cells))
      const saved = await saveImport(db, record.id, { state: tally }, context.clock())
      return { row, import: imports.present(saved) }
    },
  })

  mount(fixImportRows, {
    find: findImport,
    transaction: false,
    handle: async (call) => {
      const { row: record, body, context, db } = call
      imports.require(record, 'ready')
      const live = imports.open(record.id)
      const worker = await live.ready()
      const { fixed, ...tally } = await orConflict(worker.fix(body.code, (progress) => live.note(progress)))
      await live.keepEdits()
      const saved = await saveImport(db, record.id, { state: tally }, context.clock())
      return { fixed, import: imports.present(saved) }
    },
  })

  mount(downloadImportErrors, {
    find: findImport,
    handle: (call) => orConflict(sendErrors(call, imports)),
  })
}

/** The first rows can be looked at while the rest of a large file is still being checked. */
async function pageOfRows(call: Call<typeof listImportRows, ImportRecord>, imports: Imports) {
  const { row: record, query } = call
  imports.require(record, 'scanning', 'ready', 'committing', 'committed')
  const live = imports.open(record.id)
  const worker = record.status === 'scanning' && live.isOpen ? live.scanningWorker() : await live.ready()
  const filter = query.filter ?? 'all'
  const code = query.code ?? null
  const { total } = await worker.page({ filter, code, offset: 0, limit: 0 })
  return pageOf<ImportRow>(
    call,
    total,
    async (window) => (await worker.page({ filter, code, ...window })).rows,
  )
}

async function sendErrors(
  { row: record, context, reply }: Call<typeof downloadImportErrors, ImportRecord>,
  imports: Imports,
): Promise<RawReply> {
  imports.require(record, 'ready', 'committed')
  const worker = await imports.open(record.id).ready()
  const path = `${importPath(context.config.dataDir, record.id)}.errors-${reply.request.id}.csv`
  await worker.writeErrors(path)
  const stream = createReadStream(path)
  stream.once('close', () => void rm(path, { force: true }))
  const name = record.filename.replace(/\.[^.]*$/, '').replace(/[^\w. -]+/g, '_')
  return new RawReply('text/csv; charset=UTF-8', stream, {
    'Content-Disposition': `attachment; filename="${name}-errors.csv"`,
  })
}

/** Throws 409 where the worker was stopped or gave the file up: the caller can ask again, nothing is broken. */
async function orConflict<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof CancelledError) throw new Conflict('The import was stopped. Try again.')
    if (error instanceof ImportFailure) throw new Conflict(error.message)
    throw error
  }
}

function refuseOtherColumn(index: string, columns: number, kind: ImportKind): void {
  if (/^\d+$/.test(index) && Number(index) < columns) return
  const field = `cells.${index}`
  const known = importFieldsOf[kind].some((name) => name === index)
  const hint = known ? ' Name it by its number, from 0.' : ''
  throw new ValidationFailed({ [field]: [`The file has no such column.${hint}`] })
}
