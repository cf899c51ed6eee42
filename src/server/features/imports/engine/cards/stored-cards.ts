import Database from 'better-sqlite3'
import type { CardLook, ContactCard, EventCard } from '#contract/wallet-passes.ts'
import type { StoredLinksOptions } from '../stored-links.ts'
import type { ImportedCard } from '../../bulk-cards.ts'
import { cardKey } from './card-values.ts'

export interface StoredCard {
  id: string
  card: ImportedCard
}

type Row = [id: string, kind: string, ...cells: (string | null)[]]

/** The cards of a business by what tells them apart, over a read-only connection; of several alike, the newest. */
export function loadStoredCards({
  databasePath,
  businessId,
}: Pick<StoredLinksOptions, 'databasePath' | 'businessId'>): Map<string, StoredCard> {
  const db = new Database(databasePath, { readonly: true, fileMustExist: true })
  try {
    const rows = db
      .prepare<[string], Row>(
        `select id, kind, title, subtitle, contact, event, look, code_text, locale from wallet_passes
         where business_id = ? and deleted_at is null order by id`,
      )
      .raw(true)
      .iterate(businessId)
    const cards = new Map<string, StoredCard>()
    for (const [id, kind, title, subtitle, contact, event, look, codeText, locale] of rows) {
      const card: ImportedCard = {
        kind: kind === 'event' ? 'event' : 'contact',
        title: title ?? '',
        subtitle: subtitle ?? null,
        contact: contact ? (JSON.parse(contact) as ContactCard) : null,
        event: event ? (JSON.parse(event) as EventCard) : null,
        look: JSON.parse(look ?? '{}') as CardLook,
        code_text: codeText ?? null,
        locale: locale ?? 'en',
      }
      cards.set(cardKey(card), { id, card })
    }
    return cards
  } finally {
    db.close()
  }
}
