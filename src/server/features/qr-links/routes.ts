import type { QueryOf } from '#contract/endpoint.ts'
import { Forbidden, ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/qr-links.ts'
import type { QrLink } from '#contract/qr-links.ts'
import type { Context } from '../../context.ts'
import { RawReply, type AnyEndpoint, type Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { linkFacets } from './facets.ts'
import { QrStyle } from '#contract/qr-style.ts'
import { drawImage, zipOfImages } from './images.ts'
import { LinkLooks, type AskedLook, type LookSource } from './link-looks.ts'
import { QrLinkLists } from './list.ts'
import { serveScans } from './scan-routes.ts'
import { selectionOf, shortDomainsOf, servePages } from './list-routes.ts'
import { presentQrLink } from './present.ts'
import {
  anyQrLinkRow,
  findQrLinkRow,
  insertQrLink,
  restoreQrLinkRow,
  trashQrLink,
  updateQrLink,
} from './store.ts'
import type { QrLinkRow } from './table.ts'

type OneLink = Pick<Call<typeof contract.findQrLink>, 'db' | 'params' | 'identity' | 'context'>

/** The live link a path names. */
export function findLink({ db, params, identity, context }: OneLink): Promise<QrLinkRow | undefined> {
  return findQrLinkRow(db, params.id, identity.businessId, context.hidden)
}

export function serveQrLinks(mount: Mount, context: Context, source: LookSource): void {
  const lists = new QrLinkLists(context.database, context.hidden)
  context.events.listen((event) => {
    if (event.type === 'qr_links.changed') lists.forget()
  })
  servePages(mount, lists)
  serveChanges(mount)
  serveImages(mount, lists, source)
  serveScans(mount)

  mount(contract.listQrLinkFacets, {
    handle: async ({ context: { database, hidden }, query, identity }) => ({
      facets: await linkFacets(database, hidden, query.business_id ?? identity.businessId ?? undefined),
    }),
  })
}

function serveChanges(mount: Mount): void {
  mount(contract.createQrLink, {
    handle: async (call) => {
      const { db, body, identity, context } = call
      const businessId = body.business_id ?? identity.businessId ?? context.owner.businessId
      await refuseOtherBusiness(call, businessId)
      return answerWith(call, await insertQrLink(db, businessId, body, context.clock()))
    },
  })
  mount(contract.findQrLink, {
    find: findLink,
    etag: rowEtag,
    handle: (call) => answerWith(call, call.row, false),
  })
  mount(contract.changeQrLink, {
    find: findLink,
    etag: rowEtag,
    handle: async (call) =>
      answerWith(call, await updateQrLink(call.db, call.row, call.body, call.context.clock())),
  })
  mount(contract.deleteQrLink, {
    find: findLink,
    etag: rowEtag,
    handle: async (call) => {
      await trashQrLink(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
  mount(contract.restoreQrLink, {
    find: ({ db, params, identity, context }) =>
      anyQrLinkRow(db, params.id, identity.businessId, context.hidden),
    handle: async (call) => answerWith(call, await restoreQrLinkRow(call.db, call.row, call.context.clock())),
  })
}

type ImageQuery = QueryOf<typeof contract.showQrLinkImage>

const imageFields = new Set(['format', 'size', 'preset_id', 'logo', ...Object.keys(QrStyle.properties)])

function askedOf({ format: _format, size: _size, preset_id, logo, ...rest }: ImageQuery): AskedLook {
  const style = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return { preset_id, logo, style }
}

function serveImages(mount: Mount, lists: QrLinkLists, source: LookSource): void {
  mount(contract.showQrLinkImage, {
    find: findLink,
    handle: async ({ db, row, query }) => {
      const domains = await shortDomainsOf(db)
      const looks = await LinkLooks.of(db, source, [row.business_id], askedOf(query))
      const link = presentQrLink(row, domains.get(row.business_id) ?? null)
      const { type, body } = await drawImage(link, query, looks)
      return new RawReply(type, body, {
        'Content-Disposition': `inline; filename="${row.slug}.${query.format ?? 'svg'}"`,
      })
    },
  })
  mount(contract.downloadQrLinkImages, {
    handle: async ({ db, query, identity, context }) => {
      const entries = Object.entries(query).filter(([, value]) => value !== undefined)
      const image: ImageQuery = Object.fromEntries(entries.filter(([name]) => imageFields.has(name)))
      const filter = Object.fromEntries(entries.filter(([name]) => !imageFields.has(name)))
      const domains = await shortDomainsOf(db)
      const selection = selectionOf(filter, identity, context)
      const businessIds = selection.businessId === undefined ? [...domains.keys()] : [selection.businessId]
      const looks = await LinkLooks.of(db, source, businessIds, askedOf(image))
      async function* links(): AsyncGenerator<QrLink[]> {
        for await (const rows of lists.all(selection)) {
          yield rows.map((row) => presentQrLink(row, domains.get(row.business_id) ?? null))
        }
      }
      return new RawReply('application/zip', zipOfImages(links(), image, looks), {
        'Content-Disposition': 'attachment; filename="qr-codes.zip"',
      })
    },
  })
}

/** The thing after a change, with its ETag; open windows are told once the change is durable. */
async function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: QrLinkRow,
  changed = true,
): Promise<{ qr_link: QrLink }> {
  const domains = await shortDomainsOf(call.db)
  call.reply.header('ETag', rowEtag(row))
  if (changed) announce(call, row.business_id)
  return { qr_link: presentQrLink(row, domains.get(row.business_id) ?? null) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  businessId: string,
): void {
  afterCommit(() => context.events.emit({ type: 'qr_links.changed', business_id: businessId }))
}

/** A business that does not exist is a wrong input; one that the token may not touch is 403. */
async function refuseOtherBusiness(
  { db, identity }: Call<typeof contract.createQrLink>,
  businessId: string,
): Promise<void> {
  if (identity.businessId !== null && identity.businessId !== businessId) {
    throw new Forbidden()
  }
  const known = await db.selectFrom('businesses').select('id').where('id', '=', businessId).executeTakeFirst()
  if (known) return
  const message = 'The selected business id is invalid.'
  throw new ValidationFailed({ business_id: [message] })
}
