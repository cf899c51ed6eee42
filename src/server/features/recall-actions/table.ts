import type { Selectable } from 'kysely'
import type { RecallActionKind } from '#contract/recall-actions.ts'

/** Only ever inserted: triggers refuse everything else. */
export interface RecallActionsTable {
  id: string
  recall_id: string
  business_id: string
  sequence: number
  action: RecallActionKind
  quantity: number
  /** Canonical JSON, in the very bytes that were hashed. */
  entry: string
  supersedes_id: string | null
  gtin: string | null
  serial: string | null
  place: string | null
  done_at: string
  previous_hash: string
  hash: string
  created_at: string
}
export type RecallActionRow = Selectable<RecallActionsTable>

export interface RecallPhotosTable {
  id: string
  recall_id: string
  sha256: string
  type: string
  size: number
  created_at: string
}
export type RecallPhotoRow = Selectable<RecallPhotosTable>
