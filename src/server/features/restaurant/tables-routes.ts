import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/tables.ts'
import { RawReply, type AnyEndpoint, type Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { businessesOfCall, businessOfCall, isWithin } from './caller-businesses.ts'
import type { RestaurantParts } from './restaurant-parts.ts'
import { insertTable, presentTable, removeTable, tablesOf, updateTable } from './tables-store.ts'
import type { DiningTableRow } from './table.ts'

type OneTable = Pick<Call<typeof contract.findTable>, 'db' | 'params' | 'identity'>
type TableParts = Pick<RestaurantParts, 'guestUrl' | 'linkUrl' | 'drawCode'>

const noAddress =
  'This table has no address to put into a code. Open the guest page, or choose a QR link for it.'

async function find({ db, params, identity }: OneTable): Promise<DiningTableRow | undefined> {
  const row = await db.selectFrom('dining_tables').selectAll().where('id', '=', params.id).executeTakeFirst()
  return row && isWithin(identity, row) ? row : undefined
}

export function serveTables(mount: Mount, parts: TableParts): void {
  const answerWith = async <E extends AnyEndpoint>(
    call: Call<E, unknown>,
    row: DiningTableRow,
    changed = true,
  ) => {
    call.reply.header('ETag', rowEtag(row))
    if (changed) announce(call, row.business_id)
    return { table: await presentTable(call.db, row, parts) }
  }
  mount(contract.listTables, {
    handle: async (call) => {
      const ids = (await businessesOfCall(call, call.query.business_id)).map(({ id }) => id)
      const { count } = await tablesOf(call.db, ids)
        .select((e) => e.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      const tables = await pageOf(call, Number(count), async ({ limit, offset }) => {
        const page = tablesOf(call.db, ids)
          .selectAll()
          .orderBy('sort')
          .orderBy('id')
          .limit(limit)
          .offset(offset)
        const rows = await page.execute()
        return Promise.all(rows.map((row) => presentTable(call.db, row, parts)))
      })
      return { tables }
    },
  })
  mount(contract.createTable, {
    handle: async (call) => {
      const { business_id, ...input } = call.body
      const business = await businessOfCall(call, business_id)
      return answerWith(call, await insertTable(call.db, business.id, input, call.context.clock()))
    },
  })
  mount(contract.findTable, {
    find,
    etag: rowEtag,
    handle: async (call) => answerWith(call, call.row, false),
  })
  mount(contract.changeTable, {
    find,
    etag: rowEtag,
    handle: async (call) =>
      answerWith(call, await updateTable(call.db, call.row, call.body, call.context.clock())),
  })
  mount(contract.deleteTable, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removeTable(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
  mount(contract.showTableImage, {
    find,
    handle: async ({ db, row, query }) => {
      const { code_url } = await presentTable(db, row, parts)
      if (code_url === null) throw new ValidationFailed({ id: [noAddress] })
      const { type, body } = await parts.drawCode(code_url, {
        format: query.format ?? 'svg',
        size: query.size,
      })
      return new RawReply(type, body)
    },
  })
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'tables.changed', business_id }))
}
