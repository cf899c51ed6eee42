import type { BundleRequest } from '#contract/export-bundles.ts'

/** Which links a bundle is about: what the address of the exports holds, as the list of links gave it. */
export interface ExportSearch {
  search?: string
  status?: string
  campaign?: string
  tag?: string
  import_id?: string
  /** Links that were ticked, by id with commas between. */
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
  return Object.fromEntries(entries.filter(([, value]) => value !== ''))
}

/** The part of a request that says which links. */
export function selectionOf({ ids, ...filter }: ExportSearch): Pick<BundleRequest, 'ids' | 'filter'> {
  return ids === undefined ? { filter } : { ids: ids.split(',') }
}
