import type { Selectable } from 'kysely'

export interface WalletPassesTable {
  id: string
  business_id: string
  version: number
  kind: 'contact' | 'event'
  title: string
  subtitle: string | null
  /** JSON: `ContactCard`; null on an event. */
  contact: string | null
  /** JSON: `EventCard`; null on a contact. */
  event: string | null
  /** JSON: `CardLook`. */
  look: string
  code_text: string | null
  qr_link_id: string | null
  locale: string
  /** JSON: words by language and field. */
  translations: string
  /** What a search looks through, folded. */
  search_text: string
  import_id: string | null
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export type WalletPassRow = Selectable<WalletPassesTable>
