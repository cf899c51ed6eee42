import { sql, type SqlBool } from 'kysely'
import type { CardLook, ContactCard, EventCard, WalletPass } from '#contract/wallet-passes.ts'
import { timestamp } from '../../clock.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'
import type { WalletPassRow } from './table.ts'

/** What a person sets of a card; `checkCard` has been over it. */
export type CardFields = Pick<
  WalletPass,
  'title' | 'subtitle' | 'contact' | 'event' | 'look' | 'code_text' | 'qr_link_id' | 'locale' | 'translations'
>

export interface CardFilter {
  kind?: WalletPass['kind'] | undefined
  search?: string | null | undefined
  import_id?: string | undefined
}

export function presentCard(row: WalletPassRow): WalletPass {
  const { version: _version, deleted_at: _gone, search_text: _search, ...card } = row
  return {
    ...card,
    contact: row.contact === null ? null : (JSON.parse(row.contact) as ContactCard),
    event: row.event === null ? null : (JSON.parse(row.event) as EventCard),
    look: JSON.parse(row.look) as CardLook,
    translations: JSON.parse(row.translations) as WalletPass['translations'],
  }
}

/** The cards of businesses that are there, narrowed. */
export function cardsOf(db: Db, businessIds: readonly string[], { kind, search, import_id }: CardFilter) {
  let query = db
    .selectFrom('wallet_passes')
    .where('business_id', 'in', businessIds.length > 0 ? businessIds : [''])
    .where('deleted_at', 'is', null)
  if (kind) query = query.where('kind', '=', kind)
  if (import_id) query = query.where('import_id', '=', import_id)
  for (const word of fold(search ?? '').split(/\s+/)) {
    if (word !== '') query = query.where(sql<SqlBool>`search_text like ${likeOf(word)} escape '\\'`)
  }
  return query
}

export async function insertCard(
  db: Db,
  { businessId, kind, now }: { businessId: string; kind: WalletPass['kind']; now: number },
  fields: CardFields,
): Promise<WalletPassRow> {
  const at = timestamp(now)
  const row: WalletPassRow = {
    id: newId(now),
    business_id: businessId,
    version: 1,
    kind,
    ...columnsOf(fields),
    import_id: null,
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  await db.insertInto('wallet_passes').values(row).execute()
  return row
}

export async function updateCard(
  db: Db,
  row: WalletPassRow,
  fields: CardFields,
  now: number,
): Promise<WalletPassRow> {
  const change = { ...columnsOf(fields), version: row.version + 1, updated_at: timestamp(now) }
  await db.updateTable('wallet_passes').set(change).where('id', '=', row.id).execute()
  return { ...row, ...change }
}

export async function removeCard(db: Db, row: WalletPassRow, now: number): Promise<void> {
  const change = { deleted_at: timestamp(now), version: row.version + 1 }
  await db.updateTable('wallet_passes').set(change).where('id', '=', row.id).execute()
}

/** The columns of what a person sets. */
export function columnsOf(fields: CardFields) {
  const { contact, event, look, translations, ...plain } = fields
  return {
    ...plain,
    contact: contact && JSON.stringify(contact),
    event: event && JSON.stringify(event),
    look: JSON.stringify(look),
    translations: JSON.stringify(translations),
    search_text: searchText(fields),
  }
}

/** Names, work, numbers, addresses and places, so that whichever is remembered finds the card. */
function searchText({ title, subtitle, contact, event, code_text }: CardFields): string {
  const entries = [...(contact?.phones ?? []), ...(contact?.emails ?? [])].map(({ value }) => value)
  const texts = [contact, event].flatMap((part) => Object.values(part ?? {}))
  const places = [contact?.address, event?.address].flatMap((part) => Object.values(part ?? {}))
  const all = [title, subtitle, ...texts, ...entries, ...places, code_text]
  return fold(all.filter((text) => typeof text === 'string').join(' '))
}

/** The signs that `like` knows mean themselves. */
function likeOf(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** Case, accents and the forms of one letter do not matter. NUL is no text on PostgreSQL. */
function fold(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .replaceAll(/\p{Mark}|\0/gu, '')
    .toLowerCase()
}
