import { createReadStream, existsSync } from 'node:fs'
import { ApiError, Conflict, Forbidden, ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/export-bundles.ts'
import type { BundleStatus } from '#contract/export-bundles.ts'
import { timestamp } from '../../clock.ts'
import { RawReply, type AnyEndpoint, type Call } from '../../http/call.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { announce, answerWith, businessFor, etagOf, findOwn, withLook } from './bundle-call.ts'
import { sheetName } from './build-sheets.ts'
import type { Bundles } from './bundles.ts'
import { capsFor, mostLabels, refuseFormats, refuseTooMany, takeOneOfToday } from './caps.ts'
import { LabelFonts } from './label-fonts.ts'
import { labelStocks } from './label-stocks.ts'
import { refuseStyleOf } from '../../code-files/refuse-style.ts'
import { planSheets } from './sheet-layout.ts'
import { previewOf } from './sheet-preview.ts'
import { bundlesOf, changeBundle, insertBundle, presentBundle } from './store.ts'
import type { ExportBundleRow } from './table.ts'
import { firstFileOf } from './zip-file.ts'

export function serveExports(mount: Mount, bundles: Bundles, fontDir: string): void {
  serveBundles(mount, bundles)
  serveChanges(mount, bundles)
  serveDownload(mount, bundles)
  mount(contract.listLabelStocks, { handle: async () => ({ label_stocks: [...labelStocks] }) })
  const fonts = new LabelFonts(fontDir)
  mount(contract.previewSheet, {
    transaction: false,
    handle: async (call) => {
      const { page = 1, business_id: _business, ...asked } = call.body
      const businessId = await businessFor(call)
      const request = await withLook(asked, businessId, bundles.findLook)
      return previewOf(request, page, bundles.sourceOf(request), businessId, fonts)
    },
  })
}

function serveBundles(mount: Mount, bundles: Bundles): void {
  mount(contract.listExportBundles, {
    handle: async (call) => {
      const { db, query, identity, context } = call
      if (
        identity.businessId !== null &&
        (query.business_id ?? identity.businessId) !== identity.businessId
      ) {
        throw new Forbidden()
      }
      const businessId = identity.businessId ?? query.business_id
      const { count } = await bundlesOf(db, businessId)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const page = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const newest = bundlesOf(db, businessId)
          .selectAll()
          .orderBy('created_at', 'desc')
          .orderBy('id', 'desc')
        return (await newest.limit(limit).offset(offset).execute()).map(presentBundle)
      })
      return {
        caps: await capsFor(db, businessId ?? context.owner.businessId, context.clock()),
        bundles: page,
      }
    },
  })
  mount(contract.createExportBundle, {
    handle: async (call) => {
      const { db, body, context } = call
      const { business_id: _business, ...asked } = body
      const businessId = await businessFor(call)
      const request = await withLook(asked, businessId, bundles.findLook)
      const measured = await checkRequest(request, bundles, businessId)
      await takeOneOfToday(db, businessId, request.kind, context.clock())
      const row = await insertBundle(db, businessId, request, measured, context.clock())
      announce(call, row)
      call.afterCommit(() => bundles.wake())
      return answerWith(call, row)
    },
  })
}

/** Everything that can be refused before a bundle is made. Throws 422. */
async function checkRequest(
  request: contract.BundleRequest,
  bundles: Bundles,
  businessId: string,
): Promise<{ total: number; until?: string }> {
  const { kind, formats, ids, layout } = request
  refuseFormats(kind, formats)
  if (kind === 'print_sheets' && layout === undefined) {
    throw new ValidationFailed({
      layout: ['Print sheets need a layout: name a label stock in layout.stock.'],
    })
  }
  const measured = await bundles.sourceOf(request).measure(request, businessId)
  refuseTooMany(kind, measured.total, ids !== undefined)
  // A style of the whole bundle is refused at once; a link's own only leaves out that link.
  const [first] =
    request.style === undefined ? [] : await bundles.sourceOf(request).slice(request, businessId, 0, 1)
  if (first !== undefined && first.text !== '') refuseStyleOf(first.text, first.style)
  if (kind === 'print_sheets' && layout !== undefined) {
    const { labels } = planSheets(layout, measured.total)
    if (labels > mostLabels) {
      throw new ValidationFailed({
        'layout.copies': [
          `${labels} labels are more than the cap of ${mostLabels}. Make fewer copies, or several bundles.`,
        ],
      })
    }
  }
  return measured
}

/** From which states a bundle may be brought into another. */
const ways: Record<'cancelled' | 'paused' | 'queued', readonly BundleStatus[]> = {
  cancelled: ['queued', 'building', 'paused', 'failed'],
  paused: ['queued', 'building'],
  queued: ['paused', 'failed', 'cancelled'],
}

function serveChanges(mount: Mount, bundles: Bundles): void {
  mount(contract.findExportBundle, {
    find: findOwn,
    etag: etagOf,
    handle: async (call) => answerWith(call, call.row),
  })
  mount(contract.changeExportBundle, {
    find: findOwn,
    etag: etagOf,
    handle: async (call) => {
      const { db, row, body, context } = call
      const { status } = body
      if (row.status === status) return answerWith(call, row)
      const fresh = status === 'queued' && row.status === 'cancelled'
      const change = { status, reason: null, ...(fresh && { done: 0, verified: 0, refused: 0 }) }
      const saved = await changeBundle(db, row.id, ways[status], change, context.clock())
      if (saved === undefined) throw new Conflict(`A bundle that is ${row.status} cannot become ${status}.`)
      announce(call, saved)
      call.afterCommit(() => void settle(call, bundles, saved))
      return answerWith(call, saved)
    },
  })
  mount(contract.deleteExportBundle, {
    find: findOwn,
    etag: etagOf,
    handle: async (call) => {
      const { db, row, context } = call
      await db.deleteFrom('export_bundles').where('id', '=', row.id).execute()
      announce(call, row)
      call.afterCommit(() => {
        bundles
          .discard(row.id)
          .catch((error: unknown) => context.log.error({ err: error }, 'a bundle could not be removed'))
      })
      return undefined
    },
  })
}

/** Makes true what the row says already. */
async function settle<E extends AnyEndpoint>(
  { context }: Call<E, unknown>,
  bundles: Bundles,
  { id, status }: ExportBundleRow,
): Promise<void> {
  try {
    if (status === 'cancelled') await bundles.discard(id)
    else if (status === 'paused') await bundles.halt(id)
    bundles.wake()
  } catch (error) {
    context.log.error({ err: error }, 'a bundle could not be stopped')
  }
}

function serveDownload(mount: Mount, bundles: Bundles): void {
  mount(contract.downloadExportBundle, {
    find: findOwn,
    handle: async ({ row, query, context }) => {
      const path = bundles.pathOf(row.id)
      const isOver = row.status === 'expired' || (row.expires_at ?? '~') <= timestamp(context.clock())
      if (row.status !== 'ready' && !isOver) throw new Conflict(whyNotYet[row.status] ?? whyNotYet.queued)
      if (isOver || !existsSync(path)) throw new BundleGone()
      const name = row.filename ?? `${row.id}.zip`
      if (query.format !== 'pdf') return fileReply('application/zip', path, name, 0, row.bytes ?? 0)
      const file = firstFileOf(path)
      if (file?.name !== sheetName) {
        throw new ValidationFailed({ format: ['Only bundles of print sheets have a PDF of their own.'] })
      }
      return fileReply('application/pdf', path, name.replace(/zip$/, 'pdf'), file.start, file.size)
    },
  })
}

/** A part of a file, sent while it is read. */
function fileReply(type: string, path: string, name: string, start: number, size: number): RawReply {
  return new RawReply(type, createReadStream(path, { start, end: start + size - 1 }), {
    'Content-Disposition': `attachment; filename="${name}"`,
    'Content-Length': String(size),
  })
}

const whyNotYet: Partial<Record<BundleStatus, string>> & { queued: string } = {
  queued: 'The bundle is not ready yet. Wait until its status is ready.',
  paused: 'The bundle is paused. Let it go on first.',
  cancelled: 'The bundle was cancelled. Queue it again, or make another.',
  failed: 'The bundle could not be built. See its reason.',
}

/** 410: it was here. */
class BundleGone extends ApiError {
  constructor() {
    super(410, 'The file of this bundle is not kept any more. Make the bundle again.')
  }
}
