import type { SelectQueryBuilder } from 'kysely'
import type { QrLinkFilter } from '#contract/qr-links.ts'
import type { Database } from '../../db/open.ts'
import type { HiddenRanges } from '../../db/hidden-ranges.ts'
import type { Tables } from '../../db/schema.ts'
import { linksIn, type LinkSelection } from './filter.ts'
import type { QrLinkRow } from './table.ts'

const keptCounts = 200

type Sort = NonNullable<QrLinkFilter['sort']>

/** What each sort orders by; `seq` settles ties and is the order of making. */
const sortColumns: Record<string, 'seq' | 'slug' | 'scan_count' | 'last_scanned_at'> = {
  created_at: 'seq',
  slug: 'slug',
  scan_count: 'scan_count',
  last_scanned_at: 'last_scanned_at',
}

/** Up to this offset a page is read beside the count, before it is known whether it is nearer to the end. */
const nearStart = 1000
/** Up to so many links a selection is read where the request is answered: a hop to a worker would take longer. */
const fewLinks = 2000
/** More than there can be links: a page beyond needs no look, and SQLite takes no larger numbers than 64 bits hold. */
const farthest = 1e9

interface Window {
  limit: number
  offset: number
}

/**
 * Pages through a million links: totals are kept until a link changes, a page in the second half is read from the
 * end, and only the rows of the page itself are fetched whole. Measured in bench/links-page.ts.
 */
export class QrLinkLists {
  private readonly database: Database
  private readonly hidden: HiddenRanges
  private readonly counts = new Map<string, Promise<number>>()
  /** The largest total so far: about how many links there are. */
  private largest = 0
  /** Counts the calls of `forget`: what was read before one is not kept after it. */
  private changes = 0

  constructor(database: Database, hidden: HiddenRanges) {
    this.database = database
    this.hidden = hidden
  }

  /** Forgets the totals; to be called when links were added, changed or removed. */
  forget(): void {
    this.counts.clear()
    this.changes++
  }

  /** The rows of a window, and how many there are in all. */
  async page(
    selection: LinkSelection,
    sort: Sort,
    window: Window,
  ): Promise<{ total: number; rows: QrLinkRow[] }> {
    const known = (await this.counts.get(this.keyOf(selection))) ?? (await this.fewOf(selection, sort))
    if (known !== undefined) return { total: known, rows: await this.rows(selection, sort, window, known) }
    if (window.offset < farthest && isNarrow(selection, sort)) return this.narrowPage(selection, sort, window)
    if (window.offset > nearStart) {
      const total = await this.count(selection)
      return { total, rows: await this.rows(selection, sort, window, total) }
    }
    const rows = this.walk(selection, sort, window)
    const [total, first] = await Promise.all([this.count(selection), rows])
    return { total, rows: first }
  }

  /** How many links a selection has. Those who ask at the same time wait for one count. */
  async count(selection: LinkSelection): Promise<number> {
    const key = this.keyOf(selection)
    const kept = this.counts.get(key)
    if (kept) return kept
    const counting = this.database.readers
      .selectFrom('qr_links')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where(linksIn(selection, this.hidden))
      .executeTakeFirstOrThrow()
      .then(({ total }) => Number(total))
    this.keep(selection, key, counting)
    const total = await counting
    this.largest = Math.max(this.largest, total)
    return total
  }

  /** The total of a selection that its index shows to be small; what it costs elsewhere is a look at 2,000 entries. */
  private async fewOf(selection: LinkSelection, sort: Sort): Promise<number | undefined> {
    if (!hasOwnIndex(selection, sort)) return undefined
    const { changes } = this
    const { total } = await this.database.near
      .selectFrom((e) =>
        e
          .selectFrom('qr_links')
          .select('seq')
          .where(linksIn(selection, this.hidden))
          .limit(fewLinks + 1)
          .as('some'),
      )
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    if (Number(total) > fewLinks) return undefined
    if (changes === this.changes) this.keep(selection, this.keyOf(selection), Promise.resolve(Number(total)))
    return Number(total)
  }

  private keyOf({ businessId, filter }: LinkSelection): string {
    return JSON.stringify([businessId, filter, this.hidden.changes])
  }

  /** What is active changes with time alone, and on a hub another process may have written: neither is kept. */
  private keep({ filter }: LinkSelection, key: string, total: Promise<number>): void {
    const lasts = !filter.status || filter.status === 'paused'
    if (!lasts || this.database.kind !== 'sqlite') return
    if (this.counts.size >= keptCounts) this.counts.clear()
    this.counts.set(key, total)
    total.catch(() => this.counts.delete(key))
  }

  private async rows(
    selection: LinkSelection,
    sort: Sort,
    window: Window,
    total: number,
  ): Promise<QrLinkRow[]> {
    const limit = Math.min(window.limit, total - window.offset)
    if (limit <= 0) return []
    const fromEnd = total - window.offset - limit
    const backwards = fromEnd < window.offset
    const offset = backwards ? fromEnd : window.offset
    // Rows that a walk in the order of the sort looks at, against those that match.
    const walked = ((offset + limit) * this.largest) / total
    if (walked > total && isNarrow(selection, sort)) {
      return (await this.narrowPage(selection, sort, window)).rows
    }
    const isNear = total <= fewLinks && hasOwnIndex(selection, sort)
    return this.walk(selection, sort, { limit, offset }, { backwards, isNear })
  }

  /** Goes through the links in the order of the sort until the window is full. */
  private async walk(
    selection: LinkSelection,
    sort: Sort,
    { limit, offset }: Window,
    { backwards = false, isNear = false } = {},
  ): Promise<QrLinkRow[]> {
    const order = orderOf(sort)
    const way = { ...order, descending: order.descending !== backwards }
    const rows = await (isNear ? this.database.near : this.database.readers)
      .with(
        (cte) => cte('page').materialized(),
        (db) =>
          ordered(db.selectFrom('qr_links').select(['seq', `${order.column} as key`]), way)
            .where(linksIn(selection, this.hidden))
            .limit(limit)
            .offset(offset),
      )
      .selectFrom('page')
      .innerJoin('qr_links', 'qr_links.seq', 'page.seq')
      .selectAll('qr_links')
      // By the page's columns: the table's own would tempt SQLite to walk the whole table in that order.
      .orderBy('page.key', (o) => (order.descending ? o.desc().nullsLast() : o.asc().nullsFirst()))
      .orderBy('page.seq', order.descending ? 'desc' : 'asc')
      .execute()
    return rows
  }

  /** Finds all that match once, then counts and sorts those: for filters that leave few, and for searches. */
  private async narrowPage(
    selection: LinkSelection,
    sort: Sort,
    { limit, offset }: Window,
  ): Promise<{ total: number; rows: QrLinkRow[] }> {
    const order = orderOf(sort)
    const key = this.keyOf(selection)
    const { changes } = this
    const found = await this.database.readers
      .with(
        (cte) => cte('matching').materialized(),
        (db) =>
          db
            .selectFrom('qr_links')
            .select(['seq', `${order.column} as key`])
            .where(linksIn(selection, this.hidden)),
      )
      .with(
        (cte) => cte('page').materialized(),
        (db) =>
          db
            .selectFrom('matching')
            .select([
              'seq',
              'key',
              (e) =>
                e
                  .selectFrom('matching')
                  .select((c) => c.fn.countAll<number>().as('n'))
                  .as('total'),
            ])
            .orderBy('key', (o) => (order.descending ? o.desc().nullsLast() : o.asc().nullsFirst()))
            .orderBy('seq', order.descending ? 'desc' : 'asc')
            .limit(limit)
            .offset(offset),
      )
      .selectFrom('page')
      .innerJoin('qr_links', 'qr_links.seq', 'page.seq')
      .selectAll('qr_links')
      .select('page.total')
      .orderBy('page.key', (o) => (order.descending ? o.desc().nullsLast() : o.asc().nullsFirst()))
      .orderBy('page.seq', order.descending ? 'desc' : 'asc')
      .execute()
    const total = found[0]?.total
    // A page past the end says nothing of the total.
    if (total == null) return { total: await this.count(selection), rows: [] }
    if (changes === this.changes) this.keep(selection, key, Promise.resolve(Number(total)))
    return { total: Number(total), rows: found.map(({ total: _total, ...row }) => row) }
  }

  /** All rows of a selection in the order of making, some hundred at a time, for exports. */
  async *all(selection: LinkSelection, size = 500): AsyncGenerator<QrLinkRow[]> {
    let last = 0
    for (;;) {
      const rows = await this.database.readers
        .selectFrom('qr_links')
        .selectAll()
        .where(linksIn(selection, this.hidden))
        .where('seq', '>', last)
        .orderBy('seq')
        .limit(size)
        .execute()
      if (rows.length === 0) return
      yield rows
      last = rows.at(-1)?.seq ?? last
    }
  }
}

interface Order {
  column: 'seq' | 'slug' | 'scan_count' | 'last_scanned_at'
  descending: boolean
}

function orderOf(sort: Sort): Order {
  return { column: sortColumns[sort.replace('-', '')] ?? 'seq', descending: sort.startsWith('-') }
}

function ordered<O>(query: SelectQueryBuilder<Tables, 'qr_links', O>, { column, descending }: Order) {
  const way = descending ? ('desc' as const) : ('asc' as const)
  if (column === 'seq') return query.orderBy('qr_links.seq', way)
  // PostgreSQL and SQLite put nulls at different ends unless told.
  return query
    .orderBy(`qr_links.${column}`, (o) => (descending ? o.desc().nullsLast() : o.asc().nullsFirst()))
    .orderBy('qr_links.seq', way)
}

/** Whether one index holds just this selection in this order: that of campaigns. */
function hasOwnIndex({ filter }: LinkSelection, sort: Sort): boolean {
  const isOther = filter.search ?? filter.tag ?? filter.status ?? filter.import_id
  return Boolean(filter.campaign) && !isOther && orderOf(sort).column === 'seq'
}

/** Whether to look for what matches before thinking of the order. A campaign's own index is in the order of making. */
function isNarrow({ filter }: LinkSelection, sort: Sort): boolean {
  if (filter.search || filter.tag) return true
  if (filter.status && filter.status !== 'active') return true
  return Boolean(filter.campaign ?? filter.import_id) && orderOf(sort).column !== 'seq'
}
