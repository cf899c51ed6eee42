import type { ImportRow, OnDuplicate } from '#contract/imports.ts'
import type { StagedAt } from '../../../db/staged-links.ts'
import type { CardChunk } from './cards/card-session.ts'
import type { Edit } from './edit-log.ts'
import type { PackedChunk } from './good-rows.ts'
import type { Tally } from './session.ts'
import type { PageRequest, Progress, ScanRequest, SheetDescription } from './request.ts'

/** What can be asked of the worker: the argument and the answer of each question. */
export interface Questions {
  scan: { ask: ScanRequest; answer: ScanResult }
  page: { ask: PageRequest; answer: { total: number; rows: ImportRow[] } }
  edit: { ask: { row: number; cells: [column: number, value: string | null][] }; answer: EditResult }
  fix: { ask: { code: string }; answer: Tally & { fixed: number } }
  mode: { ask: { onDuplicate: OnDuplicate }; answer: Tally }
  edits: { ask: { cursor: number; limit: number }; answer: { edits: Edit[]; cursor: number } }
  errors: { ask: { path: string }; answer: { rows: number } }
  chunk: { ask: { from: number; size: number; staging?: StagedAt & { path: string } }; answer: PackedChunk }
  cards: { ask: { from: number; size: number }; answer: CardChunk }
  close: { ask: Record<string, never>; answer: null }
}

export type ScanResult = Tally & { sheet: SheetDescription }
export type EditResult = Tally & { row: ImportRow }
export type QuestionName = keyof Questions

export interface Question {
  id: number
  name: QuestionName
  ask: unknown
}

export type Report =
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'error'; id: number; name: string; message: string }
  | { kind: 'opened'; id: number; sheet: SheetDescription }
  | { kind: 'progress'; id: number; progress: Progress }

export interface WorkerStart {
  /** One 32-bit word: the number of the latest question that was cancelled, with all before it. */
  cancel: SharedArrayBuffer
}
