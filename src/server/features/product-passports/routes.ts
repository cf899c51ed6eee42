import { Forbidden, NotFound } from '#contract/errors.ts'
import * as contract from '#contract/product-passports.ts'
import type { ProductPassport } from '#contract/product-passports.ts'
import type { Db } from '../../db/schema.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf, windowOf } from '../../http/page.ts'
import { serveExports } from './export-routes.ts'
import { findPassport } from './find-passport.ts'
import { listPassports } from './list-passports.ts'
import { overridePassport } from './override.ts'
import { serveAnalytics } from './analytics-routes.ts'
import { contentOfChange, contentOfNew } from './passport-input.ts'
import type { PassportParts } from './passport-parts.ts'
import { presentPassport } from './present.ts'
import { insertPassport, revisePassport, rowOfRevision } from './store.ts'
import type { ProductPassportRow } from './table.ts'

export function serveProductPassports(mount: Mount, parts: PassportParts): void {
  serveReading(mount)
  serveRevisions(mount)
  serveChanges(mount, parts)
  serveOverride(mount, parts)
  serveExports(mount, parts)
  serveAnalytics(mount, parts)
}

function serveReading(mount: Mount): void {
  mount(contract.listProductPassports, {
    handle: async (call) => {
      const { query, identity, context } = call
      const limit = identity.businessId
      if (limit !== null && query.business_id !== undefined && query.business_id !== limit) {
        throw new Forbidden()
      }
      const { readers } = context.database
      const { total, rows } = await listPassports(readers, limit ?? query.business_id, query, windowOf(query))
      const domains = await shortDomainsOf(readers)
      const product_passports = await pageOf(call, total, async () =>
        rows.map((row) => presentPassport(row, domains.get(row.business_id) ?? null)),
      )
      return { product_passports }
    },
  })
  mount(contract.findProductPassport, {
    find: findPassport,
    etag: rowEtag,
    handle: async (call) => {
      const { revision } = call.query
      if (!revision) return answerWith(call, call.row)
      const row = await rowOfRevision(call.db, call.row, revision)
      if (!row) throw new NotFound()
      return { product_passport: await passportOf(call.db, row) }
    },
  })
}

function serveRevisions(mount: Mount): void {
  mount(contract.listPassportRevisions, {
    find: findPassport,
    handle: async (call) => {
      const kept = call.context.database.readers
        .selectFrom('passport_revisions')
        .where('product_passport_id', '=', call.row.id)
      // Each change raises it by one, and none is ever lost.
      const revisions = await pageOf(call, call.row.revision, async ({ limit, offset }) => {
        const rows = await kept.selectAll().orderBy('revision', 'desc').limit(limit).offset(offset).execute()
        return rows.map(({ revision, content, by, created_at }) => {
          const { name, status } = JSON.parse(content) as Pick<ProductPassport, 'name' | 'status'>
          return { revision, name, status, by, created_at }
        })
      })
      return { revisions }
    },
  })
}

function serveChanges(mount: Mount, parts: PassportParts): void {
  mount(contract.createProductPassport, {
    handle: async (call) => {
      const { id } = await parts.businessOfCall(call, call.body.business_id)
      const content = contentOfNew(parts.validate, call.body)
      const row = await insertPassport(call.db, id, content, await whoAndWhen(call, parts))
      announce(call, row)
      return answerWith(call, row)
    },
  })
  mount(contract.changeProductPassport, {
    find: findPassport,
    etag: rowEtag,
    handle: async (call) => {
      const content = contentOfChange(parts.validate, call.row, call.body)
      const row = await revisePassport(call.db, call.row, content, await whoAndWhen(call, parts))
      announce(call, row)
      return answerWith(call, row)
    },
  })
  mount(contract.deleteProductPassport, {
    find: findPassport,
    etag: rowEtag,
    handle: async (call) => {
      const { name, gtin, granularity, lot, serial, profile, core, extension, links } = call.row
      const said = { name, gtin, granularity, lot, serial, profile, core, extension, links }
      const archived = { ...said, status: 'archived' as const }
      await revisePassport(call.db, call.row, archived, await whoAndWhen(call, parts))
      announce(call, call.row)
      return undefined
    },
  })
}

function serveOverride(mount: Mount, parts: PassportParts): void {
  mount(contract.setRecallOverride, {
    find: findPassport,
    handle: async (call) => {
      const who = await whoAndWhen(call, parts)
      const { row, recall } = await overridePassport(call.db, parts, call, who)
      announce(call, row)
      const { context } = call
      call.afterCommit(() =>
        context.events.emit({ type: 'recalls.changed', business_id: row.business_id, id: recall.id }),
      )
      return { ...(await answerWith(call, row)), recall }
    },
  })
}

async function whoAndWhen<E extends AnyEndpoint>(
  { db, identity, context }: Call<E, unknown>,
  parts: PassportParts,
): Promise<{ by: string; now: number }> {
  return { by: await parts.nameOfCaller(db, identity), now: context.clock() }
}

async function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: ProductPassportRow,
): Promise<{ product_passport: ProductPassport }> {
  call.reply.header('ETag', rowEtag(row))
  return { product_passport: await passportOf(call.db, row) }
}

/** Open windows ask again once the change is durable. */
function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  row: ProductPassportRow,
): void {
  afterCommit(() =>
    context.events.emit({ type: 'product_passports.changed', business_id: row.business_id, id: row.id }),
  )
}

async function passportOf(db: Db, row: ProductPassportRow): Promise<ProductPassport> {
  return presentPassport(row, (await shortDomainsOf(db)).get(row.business_id) ?? null)
}

/** Each business with the domain that its codes carry. */
async function shortDomainsOf(db: Db): Promise<Map<string, string | null>> {
  const rows = await db.selectFrom('businesses').select(['id', 'short_domain']).execute()
  return new Map(rows.map(({ id, short_domain }) => [id, short_domain]))
}
