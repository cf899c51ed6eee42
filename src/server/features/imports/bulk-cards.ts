import type { WalletPass } from '#contract/wallet-passes.ts'
import type { Db } from '../../db/schema.ts'

/** What a file can say of a card; its pictures, its link and its translations are not among it. */
export type ImportedCard = Pick<
  WalletPass,
  'kind' | 'title' | 'subtitle' | 'contact' | 'event' | 'look' | 'code_text' | 'locale'
>

interface At {
  importId: string
  businessId: string
  now: number
}

/** What an import needs of the cards; the wallet feature does it, app.ts hands it over. */
export interface BulkCards {
  /** Inserts cards that nobody sees before `reveal`. `first` counts the cards of the import before these. */
  insertHidden(db: Db, cards: readonly ImportedCard[], at: At & { first: number }): Promise<void>
  reveal(db: Db, importId: string): Promise<void>
  /** Removes what `insertHidden` wrote and nobody revealed. */
  removeHidden(db: Db, importId: string): Promise<void>
  /** Changes a card as it is now; undefined where it is gone. `before` is understood by `putBack`. */
  change(
    db: Db,
    id: string,
    now: number,
    merge: (card: ImportedCard) => ImportedCard,
  ): Promise<{ before: string; version: number } | undefined>
  /** Puts back what `change` changed, unless somebody changed the card since: false then. */
  putBack(db: Db, change: { id: string; before: string; version: number; now: number }): Promise<boolean>
  /** Removes cards of an import after `after` that nobody changed, up to `limit`; `next` is where to go on. */
  remove(
    db: Db,
    part: { importId: string; after: string; limit: number; now: number },
  ): Promise<{ removed: number; kept: number; next: string | undefined }>
  /** Tells open windows that cards of a business changed. */
  announce(businessId: string): void
}
