import * as contract from '#contract/menu-items.ts'
import type { AnyEndpoint, Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { businessById, businessesOfCall, businessOfCall, isWithin } from './caller-businesses.ts'
import { foldText } from './fold-text.ts'
import {
  insertMenuItem,
  itemsById,
  matchesMenu,
  menuOf,
  presentMenuItem,
  removeMenuItem,
  updateMenuItem,
} from './menu-items-store.ts'
import type { MenuItemRow } from './table.ts'

type OneItem = Pick<Call<typeof contract.findMenuItem>, 'db' | 'params' | 'identity'>

async function find({ db, params, identity }: OneItem): Promise<MenuItemRow | undefined> {
  const row = (await itemsById(db, [params.id])).get(params.id)
  return row && isWithin(identity, row) ? row : undefined
}

export function serveMenuItems(mount: Mount): void {
  mount(contract.listMenuItems, {
    handle: async (call) => {
      const { business_id, search, category } = call.query
      const businesses = await businessesOfCall(call, business_id)
      const currencies = new Map(businesses.map(({ id, currency }) => [id, currency]))
      const term = foldText(search ?? '')
      const all = await menuOf(call.db, [...currencies.keys()])
      const rows = all.filter((row) => matchesMenu(row, term, category ?? undefined))
      const menu_items = await pageOf(call, rows.length, async ({ limit, offset }) =>
        rows
          .slice(offset, offset + limit)
          .map((row) => presentMenuItem(row, currencies.get(row.business_id) ?? '')),
      )
      return { menu_items }
    },
  })
  mount(contract.createMenuItem, {
    handle: async (call) => {
      const { business_id, ...input } = call.body
      const business = await businessOfCall(call, business_id)
      return answerWith(call, await insertMenuItem(call.db, business.id, input, call.context.clock()))
    },
  })
  mount(contract.findMenuItem, { find, etag: rowEtag, handle: (call) => answerWith(call, call.row, false) })
  mount(contract.changeMenuItem, {
    find,
    etag: rowEtag,
    handle: async (call) =>
      answerWith(call, await updateMenuItem(call.db, call.row, call.body, call.context.clock())),
  })
  mount(contract.deleteMenuItem, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removeMenuItem(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
}

async function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: MenuItemRow,
  changed = true,
): Promise<{ menu_item: contract.MenuItem }> {
  call.reply.header('ETag', rowEtag(row))
  if (changed) announce(call, row.business_id)
  const { currency } = await businessById(call.db, row.business_id)
  return { menu_item: presentMenuItem(row, currency) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'menu.changed', business_id }))
}
