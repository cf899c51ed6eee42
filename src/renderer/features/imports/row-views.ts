import type { Import, ImportCounts, ImportRowFilter } from '#contract/imports.ts'
import type { ImportSearch } from './import-search.ts'

/** Views that a figure of the summary opens; `edited` is counted by its rows alone. */
const countOfFilter: Partial<Record<ImportRowFilter, keyof ImportCounts>> = {
  all: 'rows',
  errors: 'errors',
  warnings: 'warnings',
  duplicates: 'duplicates',
  creates: 'creates',
  updates: 'updates',
  unchanged: 'unchanged',
  skipped: 'skipped',
}

/** How many rows a view will have, as far as the figures tell. */
export function expectedRows({ counts, finding_counts }: Import, { filter, code }: ImportSearch): number {
  if (code !== undefined) return finding_counts.find((one) => one.code === code)?.rows ?? 0
  const count = countOfFilter[filter ?? 'all']
  return count === undefined ? 0 : counts[count]
}
