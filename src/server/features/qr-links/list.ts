import type { QrLinkFilter } from '#contract/qr-links.ts'
import type { Database } from '../../db/open.ts'
import type { HiddenRanges } from '../../db/hidden-ranges.ts'
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

/**
 * Pages through a million links: totals are kept until a link changes, a page in the second half is read from the
 * end, and only the rows of the page itself are fetched whole.
 */
export class QrLinkLists {
  private readonly database: Database
  private readonly hidden: HiddenRanges
  private readonly counts = new Map<string, number>()

  constructor(database: Database, hidden: HiddenRanges) {
    this.database = database
    this.hidden = hidden
  }

  /** Forgets the totals; to be called when links were added, changed or removed. */
  forget(): void {
    this.counts.clear()
  }

  async count(selection: LinkSelection): Promise<number> {
    const key = JSON.stringify([selection.businessId, selection.filter, this.hidden.changes])
    // What is active changes with time alone, and on a hub another process may have written.
    const keep = !selection.filter.status && this.database.kind === 'sqlite'
    const kept = keep ? this.counts.get(key) : undefined
    if (kept !== undefined) return kept
    const { total } = await this.database.readers
      .selectFrom('qr_links')
      .select((e) => e.fn.countAll<number>().as('total'))
      .where(linksIn(selection, this.hidden))
      .executeTakeFirstOrThrow()
    if (keep) this.remember(key, Number(total))
    return Number(total)
  }

  private remember(key: string, total: number): void {
    if (this.counts.size >= keptCounts) this.counts.clear()
    this.counts.set(key, total)
  }

  /** Rows `offset` to `offset + limit` of a selection whose total is known. */
  async page(
    selection: LinkSelection,
    sort: Sort,
    window: { limit: number; offset: number; total: number },
  ): Promise<QrLinkRow[]> {
    const limit = Math.min(window.limit, window.total - window.offset)
    const fromEnd = window.total - window.offset - limit
    const backwards = fromEnd < window.offset
    const seqs = await this.seqs(selection, sort, backwards, limit, backwards ? fromEnd : window.offset)
    if (backwards) seqs.reverse()
    const rows = await this.rowsBySeq(seqs)
    return seqs.flatMap((seq) => rows.get(seq) ?? [])
  }

  private async seqs(
    selection: LinkSelection,
    sort: Sort,
    backwards: boolean,
    limit: number,
    offset: number,
  ): Promise<number[]> {
    const descending = sort.startsWith('-') !== backwards
    const direction = descending ? ('desc' as const) : ('asc' as const)
    const column = sortColumns[sort.replace('-', '')] ?? 'seq'
    let query = this.database.readers
      .selectFrom('qr_links')
      .select('seq')
      .where(linksIn(selection, this.hidden))
    if (column !== 'seq') {
      // PostgreSQL and SQLite put nulls at different ends unless told.
      query = query.orderBy(column, (o) => (descending ? o.desc().nullsLast() : o.asc().nullsFirst()))
    }
    const rows = await query.orderBy('seq', direction).limit(limit).offset(offset).execute()
    return rows.map(({ seq }) => seq)
  }

  private async rowsBySeq(seqs: number[]): Promise<Map<number, QrLinkRow>> {
    if (seqs.length === 0) return new Map()
    const rows = await this.database.readers
      .selectFrom('qr_links')
      .selectAll()
      .where('seq', 'in', seqs)
      .execute()
    return new Map(rows.map((row) => [row.seq, row]))
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
