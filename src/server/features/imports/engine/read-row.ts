import type { LinkImportField } from '#contract/import-kinds.ts'
import { readBoolean, readDate, readTags } from './cell-values.ts'
import type { RowValues } from './check-row.ts'

/**
 * What a row says that is known to be free of errors: the same values as `checkRow` gives, without its
 * checks.
 */
export function readRow(
  cells: readonly string[],
  slug: string,
  fields: Record<LinkImportField, number>,
): RowValues {
  const cell = (field: LinkImportField): string => (cells[fields[field]] ?? '').trim()
  const text = (field: LinkImportField): string | null => {
    const value = cell(field)
    return value === '' ? null : value
  }
  const date = (field: LinkImportField): string | null => {
    const value = cell(field)
    const reading = value === '' ? null : readDate(value)
    return reading !== null && 'at' in reading ? reading.at : null
  }
  const tags = readTags(cell('tags'))
  return {
    slug,
    destination_url: text('destination_url'),
    title: text('title'),
    campaign: text('campaign'),
    tags: tags.length === 0 ? null : tags,
    notes: text('notes'),
    is_active: readBoolean(cell('is_active')) ?? null,
    starts_at: date('starts_at'),
    expires_at: date('expires_at'),
  }
}
