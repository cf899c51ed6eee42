import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import { importFieldsOf, type ImportKind } from '#contract/import-kinds.ts'
import * as contract from '#contract/imports.ts'
import type { Import } from '#contract/imports.ts'
import { hijacked, type AnyEndpoint, type Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import { streamEvents } from '../../http/event-stream.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import type { Imports } from './imports.ts'
import { serveImportRows } from './row-routes.ts'
import { receivePreview } from './receive.ts'
import { stateOf, type ImportState } from './state.ts'
import { findImportRecord, fingerprintOf, rememberMapping, saveImport } from './store.ts'
import type { ImportRecord } from './table.ts'

type OneImport = Pick<Call<typeof contract.findImport>, 'db' | 'params' | 'identity'>

/** The import a path names, within what the caller may see. */
export function findImport({ db, params, identity }: OneImport): Promise<ImportRecord | undefined> {
  return findImportRecord(db, params.id, identity.businessId)
}

const importEtag = ({ id, updated_at }: ImportRecord): string => rowEtag({ id, version: updated_at })

export function serveImports(mount: Mount, imports: Imports): void {
  mount(contract.previewQrLinkImport, {
    transaction: false,
    handle: async (call) => answer(call, imports, await receivePreview(call, imports, 'qr_links')),
  })
  mount(contract.previewWalletPassImport, {
    transaction: false,
    handle: async (call) => answer(call, imports, await receivePreview(call, imports, 'wallet_passes')),
  })
  serveLists(mount, imports)
  serveSteps(mount, imports)
  serveImportRows(mount, imports)

  mount(contract.changeImport, {
    find: findImport,
    etag: importEtag,
    transaction: false,
    handle: async (call) => answer(call, imports, await changeReading(call, imports)),
  })

  mount(contract.deleteImport, {
    find: findImport,
    etag: importEtag,
    transaction: false,
    handle: async ({ row }) => {
      await imports.remove(row)
      return undefined
    },
  })
}

function serveLists(mount: Mount, imports: Imports): void {
  mount(contract.listImports, {
    handle: async (call) => {
      const businessId = call.identity.businessId ?? call.query.business_id
      if (call.query.business_id !== undefined && call.query.business_id !== businessId) throw new Forbidden()
      const visible = call.db
        .selectFrom('imports')
        .$if(businessId !== undefined, (q) => q.where('business_id', '=', String(businessId)))
        .$if(call.query.kind !== undefined, (q) => q.where('kind', '=', call.query.kind ?? 'qr_links'))
      const { count } = await visible
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const page = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const records = await visible.selectAll().orderBy('id', 'desc').limit(limit).offset(offset).execute()
        return records.map((record) => imports.present(record))
      })
      return { imports: page }
    },
  })
  mount(contract.findImport, {
    find: findImport,
    etag: importEtag,
    handle: async (call) => answer(call, imports, call.row),
  })
  mount(contract.watchImport, {
    find: findImport,
    handle: async ({ context, request, reply, row }) => {
      streamEvents(request, reply, context.events, (event) => 'id' in event && event.id === row.id)
      context.events.emit({ type: 'import.progress', id: row.id, import: imports.present(row) })
      return hijacked
    },
  })
}

/** Commit, undo, cancel: each answers when it is done, or at once with `wait=0`. */
function serveSteps(mount: Mount, imports: Imports): void {
  mount(contract.commitImport, {
    find: findImport,
    transaction: false,
    handle: async (call) => {
      const { done } = await imports.commit(call.row)
      if (call.query.wait !== false) await done
      return answer(call, imports, await imports.reload(call.row))
    },
  })
  mount(contract.undoImport, {
    find: findImport,
    transaction: false,
    handle: async (call) => {
      const { done } = await imports.undo(call.row)
      if (call.query.wait !== false) await done
      return answer(call, imports, await imports.reload(call.row))
    },
  })
  mount(contract.cancelImport, {
    find: findImport,
    transaction: false,
    handle: async (call) => {
      await imports.cancel(call.row)
      return answer(call, imports, await imports.reload(call.row))
    },
  })
}

/** Another mapping, delimiter or encoding means reading the file anew; another rule for duplicates does not. */
async function changeReading(
  call: Call<typeof contract.changeImport, ImportRecord>,
  imports: Imports,
): Promise<ImportRecord> {
  const { row, body, query, context, db } = call
  imports.require(row, 'ready', 'failed')
  const state = stateOf(row)
  const chosen = { ...state.chosen, ...chosenIn(body, row.kind, state) }
  const on_duplicate = body.on_duplicate ?? state.on_duplicate
  const rereads = Object.keys(body).some((name) => name !== 'on_duplicate')
  const live = imports.open(row.id)
  if (!rereads) {
    const tally = await (await live.ready()).setOnDuplicate(on_duplicate)
    return saveImport(db, row.id, { state: { on_duplicate, ...tally } }, context.clock())
  }
  const status = 'scanning' as const
  const saved = await saveImport(db, row.id, { status, state: { chosen, on_duplicate } }, context.clock())
  if (body.mapping) {
    await rememberMapping(
      db,
      row.business_id,
      fingerprintOf(row.kind, state.columns),
      chosen.mapping ?? {},
      context.clock(),
    )
  }
  const scan = live.scan(saved)
  if (query.wait === false) return saved
  await scan
  return imports.reload(saved)
}

type Reading = Call<typeof contract.changeImport>['body']

/** Throws 422 for a column that the file does not have, a field of another kind, and one that two columns would feed. */
function chosenIn(body: Reading, kind: ImportKind, { columns, chosen }: ImportState) {
  const before = chosen.mapping ?? {}
  const given = Object.values(body.mapping ?? {})
  // A field that is given to another column leaves the one it had.
  const left = Object.entries(before).map(([index, field]) => [
    index,
    given.includes(field as never) ? null : field,
  ])
  const mapping = body.mapping && { ...(Object.fromEntries(left) as typeof before), ...body.mapping }
  const wrong = Object.keys(body.mapping ?? {}).find(
    (index) => !/^\d+$/.test(index) || Number(index) >= columns.length,
  )
  if (wrong !== undefined) throw invalid(`mapping.${wrong}`, 'The file has no such column.')
  const fields = Object.values(body.mapping ?? {}).filter((field) => field !== null)
  const foreign = fields.find((field) => !importFieldsOf[kind].includes(field))
  if (foreign !== undefined) throw invalid('mapping', `${foreign} is not a field of such a file.`)
  const twice = fields.find((field, index) => fields.indexOf(field) !== index)
  if (twice !== undefined) throw invalid('mapping', `Two columns cannot both be ${twice}.`)
  return {
    ...(body.encoding !== undefined && { encoding: body.encoding }),
    ...(body.delimiter !== undefined && { delimiter: body.delimiter }),
    ...(body.header_row !== undefined && { headerRow: body.header_row }),
    ...(mapping !== undefined && { mapping }),
  }
}

function invalid(field: string, message: string): ValidationFailed {
  return new ValidationFailed({ [field]: [message] })
}

function answer<E extends AnyEndpoint>(
  { reply }: Call<E, unknown>,
  imports: Imports,
  record: ImportRecord,
): { import: Import } {
  reply.header('ETag', importEtag(record))
  return { import: imports.present(record) }
}
