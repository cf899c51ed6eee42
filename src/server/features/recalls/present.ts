import type { RecallLine } from '#contract/recall-lines.ts'
import type { Recall, RecallNotice } from '#contract/recalls.ts'
import type { RecallRow } from './table.ts'

export interface ActionCounts {
  accounted_quantity: number
  actions_count: number
}

export function presentRecall(row: RecallRow, counts: ActionCounts | undefined): Recall {
  return {
    ...row,
    is_mock: row.is_mock === 1,
    notice: JSON.parse(row.notice) as RecallNotice,
    lines: JSON.parse(row.lines) as RecallLine[],
    accounted_quantity: counts?.accounted_quantity ?? 0,
    actions_count: counts?.actions_count ?? 0,
  }
}
