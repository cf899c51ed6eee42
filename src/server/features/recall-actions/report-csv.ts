import type { RecallAction } from '#contract/recall-actions.ts'
import { safeCsvLine } from '../../csv-line.ts'
import type { Evidence } from './report.ts'

const columns = [
  'recall_sequence',
  'id',
  'action',
  'quantity',
  'unit',
  'counts',
  'place',
  'person',
  'recorded_by',
  'witness',
  'done_at',
  'utc_offset',
  'gtin',
  'lot',
  'serial',
  'scan',
  'verdict',
  'data_version',
  'data_changed_at',
  'data_synced_at',
  'checked_at',
  'note',
  'photos',
  'recall_revision',
  'is_mock',
  'supersedes_id',
  'superseded_by_id',
  'device',
  'created_at',
  'sequence',
  'recall_previous_hash',
  'hash',
] as const

/** The record for a spreadsheet, one row an action: `counts` is no where a correction has taken its place. */
export function reportCsv({ actions }: Evidence): string {
  return [safeCsvLine(columns), ...actions.map((action) => safeCsvLine(columns.map(cellOf(action))))].join('')
}

type Column = (typeof columns)[number]

function cellOf(action: RecallAction): (column: Column) => string {
  const { answer, photos, superseded_by_id } = action
  const cells: Record<Column, string | number | boolean | null> = {
    ...action,
    counts: superseded_by_id === null ? 'yes' : 'no',
    recorded_by: action.by,
    data_changed_at: answer?.data.changed_at ?? null,
    data_synced_at: answer?.data.synced_at ?? null,
    checked_at: answer?.checked_at ?? null,
    photos: photos.map(({ sha256 }) => sha256).join(' '),
  }
  return (column) => String(cells[column] ?? '')
}
