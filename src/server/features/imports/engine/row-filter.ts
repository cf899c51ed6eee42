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
  const byFlags = keepFlags(filter, mode)
  const shown = Uint8Array.from({ length: 256 }, (_, flags) => (byFlags(flags) ? 1 : 0))
  if (code === null) return (flags) => shown[flags] === 1
  const bit = bitOf(code)
  return (flags, row) => bit !== -1 && shown[flags] === 1 && rows.hasCode(row, bit)
}

function keepFlags(filter: ImportRowFilter, mode: OnDuplicate): (flags: number) => boolean {
  switch (filter) {
    case 'all':
      return () => true
    case 'errors':
      return (flags) => actionOf(flags, mode) === 'error'
    case 'warnings':
      return (flags) => actionOf(flags, mode) !== 'error' && hasWarning(flags, mode)
    case 'duplicates':
      return (flags) => (flags & (IN_FILE | STORED)) !== 0
    case 'creates':
      return (flags) => actionOf(flags, mode) === 'create'
    case 'updates':
      return (flags) => actionOf(flags, mode) === 'update'
    case 'unchanged':
      return (flags) => actionOf(flags, mode) === 'unchanged'
    case 'skipped':
      return (flags) => actionOf(flags, mode) === 'skip'
    case 'edited':
      return (flags) => (flags & EDITED) !== 0
  }
}
