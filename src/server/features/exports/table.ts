import type { Selectable } from 'kysely'
import type { BundleKind, BundleStatus } from '#contract/export-bundles.ts'

export interface ExportBundlesTable {
  id: string
  business_id: string
  kind: BundleKind
  status: BundleStatus
  /** JSON: the request as it came, with how far its filter reached when it was made (`StoredRequest`). */
  request: string
  done: number
  total: number
  verified: number
  refused: number
  bytes: number | null
  sha256: string | null
  filename: string | null
  reason: string | null
  expires_at: string | null
  created_at: string
  updated_at: string
}

export type ExportBundleRow = Selectable<ExportBundlesTable>
