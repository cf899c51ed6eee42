import { Type, type TSchema } from 'typebox'
import { buildQuery } from './query.ts'

/** An entry of the page navigation. The gap between two runs of pages has no `page` key. */
interface PageLink {
  url: string | null
  label: string
  page?: number | null
  active: boolean
}

/** Laravel's LengthAwarePaginator on the wire, its 13 fields in its order. */
export interface Paginator<T> {
  current_page: number
  data: T[]
  first_page_url: string
  from: number | null
  last_page: number
  last_page_url: string
  links: PageLink[]
  next_page_url: string | null
  path: string
  per_page: number
  prev_page_url: string | null
  to: number | null
  total: number
}

const NullableText = Type.Union([Type.String(), Type.Null()])
const NullableCount = Type.Union([Type.Integer(), Type.Null()])

const PageLink = Type.Object({
  url: NullableText,
  label: Type.String(),
  page: Type.Optional(NullableCount),
  active: Type.Boolean(),
})

/** The schema of a page of `item`; stands under the plural resource key: `{"qr_links": Paginated(QrLink)}`. */
export function Paginated<T extends TSchema>(item: T) {
  return Type.Object({
    current_page: Type.Integer(),
    data: Type.Array(item),
    first_page_url: Type.String(),
    from: NullableCount,
    last_page: Type.Integer(),
    last_page_url: Type.String(),
    links: Type.Array(PageLink),
    next_page_url: NullableText,
    path: Type.String(),
    per_page: Type.Integer(),
    prev_page_url: NullableText,
    to: NullableCount,
    total: Type.Integer(),
  })
}

export interface PageOf<T> {
  /** The rows of this page, already cut out of the whole. */
  items: T[]
  /** How many rows there are on all pages. */
  total: number
  /** From 1, taken literally even beyond the last page (see `pageNumber`). */
  page: number
  perPage: number
  /** Absolute URL without query. */
  path: string
  /** The query as it was sent; its `page` is replaced, its nulls vanish. */
  query?: Readonly<Record<string, unknown>>
}

/** One page as Laravel's `paginate()->withQueryString()` answers it. Measured: 514 cases of Laravel 13.26. */
export function paginate<T>({ items, total, page, perPage, path, query = {} }: PageOf<T>): Paginator<T> {
  const base = path.replace(/\/+$/, '')
  const { page: _, ...kept } = query
  const prefix = buildQuery(kept)
  const urlOf = (number: number): string => `${base}?${prefix === '' ? '' : `${prefix}&`}page=${number}`
  const last = Math.max(Math.ceil(total / perPage), 1)
  const previous = page > 1 ? page - 1 : null
  const next = page < last ? page + 1 : null
  const from = items.length === 0 ? null : (page - 1) * perPage + 1
  const step = (label: string, number: number | null): PageLink => ({
    url: number === null ? null : urlOf(number),
    label,
    page: number,
    active: false,
  })
  return {
    current_page: page,
    data: items,
    first_page_url: urlOf(1),
    from,
    last_page: last,
    last_page_url: urlOf(last),
    links: [
      step('&laquo; Previous', previous),
      ...windowOf(page, last).map((number) => pageLink(number, page, urlOf)),
      step('Next &raquo;', next),
    ],
    next_page_url: next === null ? null : urlOf(next),
    path: base,
    per_page: perPage,
    prev_page_url: previous === null ? null : urlOf(previous),
    to: from === null ? null : from + items.length - 1,
    total,
  }
}

function pageLink(number: number | 'gap', current: number, urlOf: (number: number) => string): PageLink {
  if (number === 'gap') return { url: null, label: '...', active: false }
  return { url: urlOf(number), label: String(number), page: number, active: number === current }
}

/** Laravel's UrlWindow with three pages on each side of the current one. */
function windowOf(current: number, last: number): (number | 'gap')[] {
  const onEachSide = 3
  const edge = onEachSide + 4
  if (last < onEachSide * 2 + 8) return range(1, last)
  if (current <= edge) return [...range(1, edge + onEachSide), 'gap', last - 1, last]
  if (current > last - edge) return [1, 2, 'gap', ...range(last - edge - onEachSide + 1, last)]
  return [1, 2, 'gap', ...range(current - onEachSide, current + onEachSide), 'gap', last - 1, last]
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => from + index)
}

/** The page asked for: an integer of at least 1 as PHP reads one, and page 1 for everything else. Never an error. */
export function pageNumber(sent: unknown): number {
  const text = typeof sent === 'number' ? String(sent) : typeof sent === 'string' ? sent.trim() : ''
  const page = /^\+?[1-9]\d*$/.test(text) ? Number(text) : 1
  return Number.isSafeInteger(page) ? page : 1
}
