import { ValidationFailed } from '#contract/errors.ts'
import * as contract from '#contract/wallet-passes.ts'
import type { Db } from '../../db/schema.ts'
import { RawReply, type AnyEndpoint, type Call } from '../../http/call.ts'
import { rowEtag } from '../../http/etag.ts'
import type { Mount } from '../../http/mount.ts'
import { pageOf } from '../../http/page.ts'
import { checkCard } from './check-card.ts'
import { exportCard } from './serve-card.ts'
import { cardsOf, insertCard, presentCard, removeCard, updateCard, type CardFields } from './store.ts'
import type { WalletPassRow } from './table.ts'
import type { WalletParts } from './wallet-parts.ts'

type OneCard = Pick<Call<typeof contract.findWalletPass>, 'db' | 'params' | 'identity'>

async function find({ db, params, identity }: OneCard): Promise<WalletPassRow | undefined> {
  const row = await db
    .selectFrom('wallet_passes')
    .selectAll()
    .where('id', '=', params.id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return identity.businessId === null || row?.business_id === identity.businessId ? row : undefined
}

/** Contact and event cards, and the files they become. */
export function serveWallet(mount: Mount, parts: WalletParts): void {
  mount(contract.listWalletPasses, { handle: (call) => list(call, parts) })
  mount(contract.createWalletPass, {
    handle: async (call) => {
      const { business_id, kind, title, ...sent } = call.body
      const business = await parts.businessOfCall(call, business_id)
      const fields = await checkCard(kind, { ...emptyCard, title, ...given(sent) })
      await refuseLink(call.db, parts, fields.qr_link_id, business.id)
      const now = call.context.clock()
      return answerWith(call, await insertCard(call.db, { businessId: business.id, kind, now }, fields))
    },
  })
  mount(contract.findWalletPass, {
    find,
    etag: rowEtag,
    handle: async (call) => answerWith(call, call.row, false),
  })
  mount(contract.changeWalletPass, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      const { id: _id, business_id, kind, import_id: _import, ...held } = presentCard(call.row)
      const { created_at: _made, updated_at: _changed, ...old } = held
      const fields = await checkCard(kind, { ...old, ...given(call.body) })
      if (fields.qr_link_id !== old.qr_link_id) {
        await refuseLink(call.db, parts, fields.qr_link_id, business_id)
      }
      return answerWith(call, await updateCard(call.db, call.row, fields, call.context.clock()))
    },
  })
  mount(contract.deleteWalletPass, {
    find,
    etag: rowEtag,
    handle: async (call) => {
      await removeCard(call.db, call.row, call.context.clock())
      announce(call, call.row.business_id)
      return undefined
    },
  })
  mount(contract.exportWalletPass, {
    find,
    handle: async (call) => {
      const { type, body, headers } = await exportCard(call.db, presentCard(call.row), call.query, parts)
      return new RawReply(type, body, headers)
    },
  })
}

const emptyCard: Omit<CardFields, 'title'> = {
  subtitle: null,
  contact: null,
  event: null,
  look: {},
  code_text: null,
  qr_link_id: null,
  locale: 'en',
  translations: {},
}

async function list(call: Call<typeof contract.listWalletPasses>, parts: WalletParts) {
  const { business_id, ...filter } = call.query
  const ids = (await parts.businessesOfCall(call, business_id)).map(({ id }) => id)
  const { count } = await cardsOf(call.db, ids, filter)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const wallet_passes = await pageOf(call, Number(count), async ({ limit, offset }) => {
    const rows = await cardsOf(call.db, ids, filter)
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .offset(offset)
      .execute()
    return rows.map(presentCard)
  })
  return { wallet_passes }
}

/** Throws 422 for a link that the business does not have. */
async function refuseLink(db: Db, parts: WalletParts, id: string | null, businessId: string): Promise<void> {
  if (id !== null && (await parts.findLink(db, id, businessId)) === undefined) {
    throw new ValidationFailed({ qr_link_id: ['There is no such link. Choose one of the list.'] })
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** What was sent: what is undefined stays as it is. */
function given<T extends object>(body: T): Given<T> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>
}

function answerWith<E extends AnyEndpoint>(
  call: Call<E, unknown>,
  row: WalletPassRow,
  changed = true,
): { wallet_pass: contract.WalletPass } {
  call.reply.header('ETag', rowEtag(row))
  if (changed) announce(call, row.business_id)
  return { wallet_pass: presentCard(row) }
}

function announce<E extends AnyEndpoint>(
  { afterCommit, context }: Call<E, unknown>,
  business_id: string,
): void {
  afterCommit(() => context.events.emit({ type: 'wallet_passes.changed', business_id }))
}
