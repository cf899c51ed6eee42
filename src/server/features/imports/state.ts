import type { Import, ImportColumn, ImportCounts, ImportFinding, OnDuplicate } from '#contract/imports.ts'
import type { ImportRecord } from './table.ts'

/** What of an import is kept as JSON beside its columns. */
export interface ImportState {
  /** What a person chose; the rest is found out anew at each scan. */
  chosen: {
    encoding?: string
    delimiter?: string
    headerRow?: number
    mapping?: Record<string, string | null>
  }
  encoding: string
  delimiter: string
  header_row: number
  on_duplicate: OnDuplicate
  columns: ImportColumn[]
  header_findings: ImportFinding[]
  counts: ImportCounts
  finding_counts: Import['finding_counts']
  undo: Import['undo']
}

const noCounts: ImportCounts = {
  rows: 0,
  valid: 0,
  warnings: 0,
  errors: 0,
  creates: 0,
  updates: 0,
  unchanged: 0,
  skipped: 0,
  duplicates: 0,
}

export const freshState: ImportState = {
  chosen: {},
  encoding: 'utf-8',
  delimiter: ',',
  header_row: 1,
  on_duplicate: 'skip',
  columns: [],
  header_findings: [],
  counts: noCounts,
  finding_counts: [],
  undo: null,
}

export function stateOf(record: ImportRecord): ImportState {
  return JSON.parse(record.state) as ImportState
}

export type Progress = Import['progress']

export const idle: Progress = { phase: 'idle', done: 0, total: 0, rows: 0 }

/** An import as the contract names it. */
export function presentImport(record: ImportRecord, progress: Progress = idle): Import {
  const state = stateOf(record)
  return {
    id: record.id,
    business_id: record.business_id,
    kind: record.kind,
    status: record.status,
    filename: record.filename,
    size: record.size,
    encoding: state.encoding,
    delimiter: state.delimiter,
    header_row: state.header_row,
    on_duplicate: state.on_duplicate,
    columns: state.columns,
    mapping: Object.fromEntries(state.columns.map(({ index, field }) => [String(index), field])),
    header_findings: state.header_findings,
    counts: state.counts,
    finding_counts: state.finding_counts,
    progress,
    undo: state.undo,
    failure: record.failure,
    created_at: record.created_at,
    updated_at: record.updated_at,
    committed_at: record.committed_at,
  }
}
