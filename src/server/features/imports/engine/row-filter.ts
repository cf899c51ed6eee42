import type { ImportRowFilter, OnDuplicate } from '#contract/imports.ts'
import { bitOf } from './finding-codes.ts'
import { EDITED, IN_FILE, type RowTable, STORED, actionOf, hasWarning } from './row-table.ts'

/** Whether a row is shown under a filter and, where given, a finding code. An unknown code shows nothing. */
export function keepRow(
  rows: RowTable,
  filter: ImportRowFilter,
  code: string | null,
  mode: OnDuplicate,
): (flags: number, row: number) => boolean {
  const shown = Uint8Array.from({ length: 256 }, (_, flags) => (flagTests[filter](flags, mode) ? 1 : 0))
  if (code === null) return (flags) => shown[flags] === 1
  const bit = bitOf(code)
  return (flags, row) => bit !== -1 && shown[flags] === 1 && rows.hasCode(row, bit)
}

type FlagTest = (flags: number, mode: OnDuplicate) => boolean

/** Which flags of a row each filter shows. */
export const flagTests: Record<ImportRowFilter, FlagTest> = {
  all: () => true,
  errors: (flags, mode) => actionOf(flags, mode) === 'error',
  warnings: (flags, mode) => actionOf(flags, mode) !== 'error' && hasWarning(flags, mode),
  duplicates: (flags) => (flags & (IN_FILE | STORED)) !== 0,
  creates: (flags, mode) => actionOf(flags, mode) === 'create',
  updates: (flags, mode) => actionOf(flags, mode) === 'update',
  unchanged: (flags, mode) => actionOf(flags, mode) === 'unchanged',
  skipped: (flags, mode) => actionOf(flags, mode) === 'skip',
  edited: (flags) => (flags & EDITED) !== 0,
}
