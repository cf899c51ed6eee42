import type { Selectable } from 'kysely'
import type { ImportStatus } from '#contract/imports.ts'

export interface ImportsTable {
  id: string
  business_id: string
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

export interface ImportMappingsTable {
  business_id: string
  fingerprint: string
  mapping: string
  updated_at: string
}
