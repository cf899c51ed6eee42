import { importRowFilters, type ImportRowFilter } from '#contract/imports.ts'

/** Which rows of an import are shown. */
export interface ImportSearch {
  filter?: ImportRowFilter
  code?: string
}

export function readImportSearch(raw: Record<string, unknown>): ImportSearch {
  const filter = importRowFilters.find((name) => name === raw['filter'] && name !== 'all')
  const code = typeof raw['code'] === 'string' && raw['code'] !== '' ? raw['code'] : undefined
  return { ...(filter !== undefined && { filter }), ...(code !== undefined && { code }) }
}
