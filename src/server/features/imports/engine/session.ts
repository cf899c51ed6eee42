import type { ImportCounts, ImportRow, OnDuplicate } from '#contract/imports.ts'
import type { Edit } from './edit-log.ts'
import type { PageRequest, Progress, SheetDescription } from './request.ts'
import type { Sheet } from './open-sheet.ts'

export interface FindingCount {
  code: string
  severity: string
  rows: number
  fixable: boolean
}

export interface Tally {
  counts: ImportCounts
  finding_counts: FindingCount[]
}

/** One import in its worker: the checked file, the edits over it, and the questions that can be asked about it. */
export interface Session {
  readonly sheet: Sheet
  readonly description: SheetDescription
  /** Checks the whole file against itself and what is stored. */
  run(progress: (progress: Progress) => void): Promise<void>
  tally(): Tally
  /** A page of rows under a filter. */
  page(request: PageRequest): { total: number; rows: ImportRow[] }
  /** Indexes of the rows under a filter, null for all. */
  listOf(filter: PageRequest['filter'], code: string | null): ArrayLike<number> | null
  /** A row (0-based). `ahead`: bytes of the file worth reading along. */
  rowOf(row: number, ahead?: number): ImportRow
  /** Changes cells of a row (0-based) and shows it as it is then. */
  edit(row: number, cells: readonly (readonly [column: number, value: string | null])[]): ImportRow
  /** Takes the suggestion of one code in every row that has one; returns how many. */
  fix(code: string, progress: (progress: Progress) => void): Promise<number>
  setMode(mode: OnDuplicate): void
  listEdits(cursor: number, limit: number): { edits: Edit[]; cursor: number }
  /** Lets go of files and the database; temporary files are removed. */
  close(): void
}
