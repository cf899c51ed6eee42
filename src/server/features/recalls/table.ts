import type { Selectable } from 'kysely'
import type { Recall, RecallStatus } from '#contract/recalls.ts'

export interface RecallsTable {
  id: string
  business_id: string
  status: RecallStatus
  is_mock: number
  source: Recall['source']
  product_passport_id: string | null
  /** JSON of `RecallNotice`. */
  notice: string
  /** JSON array of `RecallLine`. */
  lines: string
  search_text: string
  revision: number
  activated_at: string | null
  closed_at: string | null
  closing_reason: string | null
  version: number
  created_at: string
  updated_at: string
}
export type RecallRow = Selectable<RecallsTable>

export interface RecallRevisionsTable {
  recall_id: string
  revision: number
  notice: string
  lines: string
  reason: string | null
  by: string
  created_at: string
}

/** One row a GTIN of a line of a recall in force. */
export interface RecallCriteriaTable {
  gtin: string
  recall_id: string
  line: number
  business_id: string
}
