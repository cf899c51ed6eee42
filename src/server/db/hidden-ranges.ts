import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import type { Tables } from './schema.ts'

/** Inclusive ends of a range of `qr_links.seq`. */
export interface SeqRange {
  first: number
  last: number
}

/**
 * The rows of imports under way. A commit writes its rows in slices, so that other requests go through, inside one
 * range of `seq` that is hidden here until its last row is there; then they show at once. Usually empty, so a list
 * pays nothing for it.
 */
export class HiddenRanges {
  private readonly ranges = new Map<string, SeqRange>()
  /** Counts shows and hides; with the links' own changes it tells whether a cached count still holds. */
  changes = 0

  hide(importId: string, range: SeqRange): void {
    this.ranges.set(importId, range)
    this.changes++
  }

  show(importId: string): void {
    this.ranges.delete(importId)
    this.changes++
  }

  list(): SeqRange[] {
    return [...this.ranges.values()]
  }

  includes(seq: number): boolean {
    return this.list().some((range) => seq >= range.first && seq <= range.last)
  }

  /** The condition that leaves hidden rows out of a query on `qr_links`. */
  visible(e: ExpressionBuilder<Tables, 'qr_links'>): Expression<SqlBool> {
    return e.and(this.list().map((range) => e.not(e.between('qr_links.seq', range.first, range.last))))
  }
}
