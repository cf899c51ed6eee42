import { importRowFilters, type ImportRowFilter } from '#contract/imports.ts'

/** What the files that are dropped on the screen of imports hold; links unless it says otherwise. */
export function readKindSearch(raw: Record<string, unknown>): { kind?: 'wallet_passes' } {
  return raw['kind'] === 'wallet_passes' ? { kind: 'wallet_passes' } : {}
}

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
