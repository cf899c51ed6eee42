import type { Selectable } from 'kysely'

export interface QrLinksTable {
  seq: number
  id: string
  business_id: string
  slug: string
  destination_url: string
  title: string | null
  campaign: string | null
  /** JSON array of strings. */
  tags: string
  notes: string | null
  is_active: number
  starts_at: string | null
  expires_at: string | null
  /** JSON object, see `QrStyle`. */
  style: string
  scan_count: number
  last_scanned_at: string | null
  import_id: string | null
  /** Counts changes by people; scans do not change it. */
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}

export type QrLinkRow = Selectable<QrLinksTable>

export interface QrLinkTagsTable {
  tag: string
  link_seq: number
}

export interface QrScansTable {
  seq: number
  link_seq: number
  scanned_at: string
  device: string
  language: string | null
  referrer_host: string | null
}

/** Scans that are safe but not yet in the history: JSON, a hundred in a row. */
export interface QrScanBatchesTable {
  seq: number
  scans: string
}
