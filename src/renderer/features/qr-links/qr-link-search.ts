/** What the address of the list holds: a saved view. */
export interface QrLinkSearch {
  page?: number
  per_page?: number
  search?: string
  status?: LinkStatus
  campaign?: string
  tag?: string
  sort?: LinkSort
  import_id?: string
  /** Which panel is open: `new`, or the id of the link to edit. */
  panel?: string
}

export const linkStatuses = ['active', 'paused', 'scheduled', 'expired'] as const
export type LinkStatus = (typeof linkStatuses)[number]

const sorts = [
  'created_at',
  '-created_at',
  'slug',
  '-slug',
  'scan_count',
  '-scan_count',
  'last_scanned_at',
  '-last_scanned_at',
] as const
export type LinkSort = (typeof sorts)[number]

export const pageSizes = [25, 50, 100] as const

/** Reads an address; what makes no sense in it is left out, never an error. */
export function readQrLinkSearch(raw: Record<string, unknown>): QrLinkSearch {
  const page = Number(raw['page'])
  const search: Record<string, unknown> = {
    page: Number.isSafeInteger(page) && page > 1 ? page : undefined,
    per_page: pageSizes.find((size) => size === Number(raw['per_page'])),
    search: textOf(raw['search']),
    status: linkStatuses.find((status) => status === raw['status']),
    campaign: textOf(raw['campaign']),
    tag: textOf(raw['tag']),
    sort: sorts.find((sort) => sort === raw['sort']),
    import_id: textOf(raw['import_id']),
    panel: textOf(raw['panel']),
  }
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
}

function textOf(value: unknown): string | undefined {
  // The router reads `?search=2026` as a number.
  const text = typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  return text === '' ? undefined : text
}

/** Whether anything narrows the list. */
export function isFiltered({ search, status, campaign, tag, import_id }: QrLinkSearch): boolean {
  return [search, status, campaign, tag, import_id].some((value) => value !== undefined)
}
