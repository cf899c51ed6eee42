import type { BundleRequest } from '#contract/export-bundles.ts'

/** Which links or cards a bundle is about: what the address of the exports holds, as their list gave it. */
export interface ExportSearch {
  /** Links where it does not say cards. */
  of?: 'cards'
  search?: string
  status?: string
  campaign?: string
  tag?: string
  import_id?: string
  kind?: 'contact' | 'event'
  /** Those that were ticked, by id with commas between. */
  ids?: string
}

const names = ['search', 'status', 'campaign', 'tag', 'import_id', 'ids'] as const

/** Reads an address; what makes no sense in it is left out, never an error. */
export function readExportSearch(raw: Record<string, unknown>): ExportSearch {
  const entries = names.map((name) => {
    const value = raw[name]
    // The router reads `?search=2026` as a number.
    return [name, typeof value === 'number' || typeof value === 'string' ? String(value) : ''] as const
  })
  const kind = raw['kind']
  return {
    ...(raw['of'] === 'cards' && { of: 'cards' }),
    ...((kind === 'contact' || kind === 'event') && { kind }),
    ...Object.fromEntries(entries.filter(([, value]) => value !== '')),
  }
}

/** The part of a request that says which links or cards. */
export function selectionOf({
  ids,
  of: _of,
  ...filter
}: ExportSearch): Pick<BundleRequest, 'ids' | 'filter'> {
  return ids === undefined ? { filter } : { ids: ids.split(',') }
}
