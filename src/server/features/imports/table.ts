import type { Selectable } from 'kysely'
import type { ImportKind } from '#contract/import-kinds.ts'
import type { ImportStatus } from '#contract/imports.ts'

export interface ImportsTable {
  id: string
  business_id: string
  kind: ImportKind
  status: ImportStatus
  filename: string
  size: number
  /** JSON: everything of the wire's import that is not a column here. */
  state: string
  /** The range of `qr_links.seq` its rows were given; hidden from every reader until the commit is done. */
  first_seq: number | null
  last_seq: number | null
  failure: string | null
  committed_at: string | null
  created_at: string
  updated_at: string
}

export type ImportRecord = Selectable<ImportsTable>

export interface ImportEditsTable {
  import_id: string
  row: number
  column: number
  value: string
}

export interface ImportUpdatesTable {
  import_id: string
  link_seq: number
  before: string
  after: string
}

/** A card that an import changes: what it shall be until the import is saved, what it was from then on. */
export interface ImportCardUpdatesTable {
  import_id: string
  card_id: string
  before: string
  after: string
  /** The card's version once it was changed; null until then. */
  version: number | null
}

export interface ImportMappingsTable {
  business_id: string
  fingerprint: string
  mapping: string
  updated_at: string
}
