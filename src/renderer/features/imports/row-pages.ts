import type { ImportRow } from '#contract/imports.ts'

export const rowsInPage = 100

export interface LoadedPage {
  rows: ImportRow[]
  total: number
}

interface Kept {
  rows: ImportRow[]
  /** False once the rows may have changed: they are shown until the new ones are here. */
  fresh: boolean
}

/** How long the view has to rest before pages are asked for, in ms, so that a drag of the bar asks for none. */
const restTime = 50
const keptPages = 80

/**
 * The rows of one view of an import, by pages of 100: asks for what is looked at, drops what was scrolled past
 * before it came, and keeps the pages seen last.
 */
export class RowPages {
  private readonly load: (page: number, signal: AbortSignal) => Promise<LoadedPage>
  private readonly pages = new Map<number, Kept>()
  private readonly loading = new Map<number, AbortController>()
  private readonly listeners = new Set<() => void>()
  private wanted: readonly number[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  /** How many rows the view has, once a page has told. */
  total: number | undefined
  /** What kept the last page from coming. */
  error: unknown
  /** Counts changes, for React. */
  version = 0

  constructor(load: (page: number, signal: AbortSignal) => Promise<LoadedPage>) {
    this.load = load
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) this.stop()
    }
  }

  readonly getVersion = (): number => this.version

  /** The row at a place of the view, from 0, if it is here. */
  at(index: number): ImportRow | undefined {
    return this.pages.get(Math.floor(index / rowsInPage))?.rows[index % rowsInPage]
  }

  /** Tells which places are looked at, both ends included. */
  want(first: number, last: number): void {
    const from = Math.floor(Math.max(first, 0) / rowsInPage)
    const to = Math.floor(Math.max(last, 0) / rowsInPage)
    this.wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index)
    for (const [page, control] of this.loading) if (!this.wanted.includes(page)) control.abort()
    clearTimeout(this.timer)
    const wait = this.pages.size === 0 ? 0 : restTime
    this.timer = setTimeout(() => this.loadWanted(), wait)
  }

  /** Puts a row that was changed in its place. */
  replace(index: number, row: ImportRow): void {
    const page = this.pages.get(Math.floor(index / rowsInPage))
    if (!page) return
    page.rows[index % rowsInPage] = row
    this.changed()
  }

  /** Everything may be different now: what is looked at is asked for again. */
  refresh(): void {
    for (const control of this.loading.values()) control.abort()
    for (const page of this.pages.values()) page.fresh = false
    this.loadWanted()
  }

  private stop(): void {
    clearTimeout(this.timer)
    for (const control of this.loading.values()) control.abort()
  }

  private loadWanted(): void {
    for (const page of this.wanted) {
      if (this.pages.get(page)?.fresh !== true && !this.loading.has(page)) void this.fetchPage(page)
    }
  }

  private async fetchPage(page: number): Promise<void> {
    const control = new AbortController()
    this.loading.set(page, control)
    try {
      const { rows, total } = await this.load(page + 1, control.signal)
      if (control.signal.aborted) return
      this.keep(page, rows)
      this.total = total
      this.error = undefined
    } catch (error) {
      if (control.signal.aborted) return
      this.error = error
    } finally {
      if (this.loading.get(page) === control) this.loading.delete(page)
    }
    this.changed()
  }

  private keep(page: number, rows: ImportRow[]): void {
    // Taken out first, so that the map's order is that of use.
    this.pages.delete(page)
    this.pages.set(page, { rows, fresh: true })
    for (const old of this.pages.keys()) {
      if (this.pages.size <= keptPages) return
      if (!this.wanted.includes(old)) this.pages.delete(old)
    }
  }

  private changed(): void {
    this.version += 1
    for (const listener of this.listeners) listener()
  }
}
