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

async function find({ db, params, identity }: OneTable): Promise<DiningTableRow | undefined> {
  const row = await db.selectFrom('dining_tables').selectAll().where('id', '=', params.id).executeTakeFirst()
  return row && isWithin(identity, row) ? row : undefined
}

export function serveTables(mount: Mount, parts: TableParts): void {
  const answerWith = <E extends AnyEndpoint>(call: Call<E, unknown>, row: DiningTableRow, changed = true) => {
    call.reply.header('ETag', rowEtag(row))
    if (changed) announce(call, row.business_id)
    return { table: presentTable(row, parts.guestUrl) }
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
        return (await page.execute()).map((row) => presentTable(row, parts.guestUrl))
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
      const text = await codeTextOf(db, row, parts)
      const { type, body } = parts.drawCode(text, { format: query.format ?? 'svg', size: query.size })
      return new RawReply(type, body)
    },
  })
}

/** What the table's code carries: its QR link, which works from anywhere, else the guest page of this device. */
async function codeTextOf(
  db: Call<AnyEndpoint>['db'],
  row: DiningTableRow,
  { guestUrl, linkUrl }: TableParts,
): Promise<string> {
  const link = row.qr_link_id === null ? null : await linkUrl(db, row.qr_link_id, row.business_id)
  const text = link ?? (row.is_active === 1 ? guestUrl(row.code) : null)
  if (text !== null) return text
  const sentence =
    'This table has no address to put into a code. Open the guest page, or choose a QR link for it.'
  throw new ValidationFailed({ id: [sentence] })
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'tables.changed', business_id }))
}
