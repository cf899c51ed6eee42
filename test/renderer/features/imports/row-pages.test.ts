import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportRow } from '#contract/imports.ts'
import { RowPages, rowsInPage, type LoadedPage } from '#renderer/features/imports/row-pages.ts'

function rowNumber(row: number): ImportRow {
  return { row, line: row + 1, cells: [`slug-${row}`], edited: [], action: 'create', findings: [] }
}

/** A view of `total` rows whose pages come when they are let go. */
function view(total: number) {
  const asked: number[] = []
  const aborted: number[] = []
  const waiting: (() => void)[] = []
  const pages = new RowPages((page, signal) => {
    asked.push(page)
    signal.addEventListener('abort', () => aborted.push(page))
    const rows = Array.from({ length: rowsInPage }, (_, index) =>
      rowNumber((page - 1) * rowsInPage + index + 1),
    )
    return new Promise<LoadedPage>((resolve) => waiting.push(() => resolve({ rows, total })))
  })
  pages.subscribe(() => undefined)
  const arrive = async (): Promise<void> => {
    for (const go of waiting.splice(0)) go()
    await vi.advanceTimersByTimeAsync(0)
  }
  return { pages, asked, aborted, arrive }
}

describe('the pages of rows', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('are asked for only where somebody looks', async () => {
    const { pages, asked, arrive } = view(1_000_000)
    pages.want(0, 30)
    await vi.advanceTimersByTimeAsync(0)
    await arrive()
    expect(asked).toEqual([1])
    expect(pages.at(7)?.row).toBe(8)
    expect(pages.at(100)).toBeUndefined()
    expect(pages.total).toBe(1_000_000)
    pages.want(190, 230)
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toEqual([1, 2, 3])
  })

  it('are not asked for while the bar is dragged past them', async () => {
    const { pages, asked, arrive } = view(1_000_000)
    pages.want(0, 30)
    await vi.advanceTimersByTimeAsync(0)
    await arrive()
    for (let row = 0; row < 900_000; row += 10_000) {
      pages.want(row, row + 30)
      await vi.advanceTimersByTimeAsync(16)
    }
    await vi.advanceTimersByTimeAsync(200)
    expect(asked).toEqual([1, 8901])
  })

  it('are cancelled when they are scrolled past before they came', async () => {
    const { pages, aborted, arrive } = view(1_000_000)
    pages.want(0, 30)
    await vi.advanceTimersByTimeAsync(0)
    pages.want(50_000, 50_030)
    expect(aborted).toEqual([1])
    await vi.advanceTimersByTimeAsync(200)
    await arrive()
    expect(pages.at(0)).toBeUndefined()
    expect(pages.at(50_000)?.row).toBe(50_001)
  })

  it('stay in sight while they are asked for again', async () => {
    const { pages, asked, arrive } = view(300)
    pages.want(0, 30)
    await vi.advanceTimersByTimeAsync(0)
    await arrive()
    pages.replace(3, { ...rowNumber(4), cells: ['mended'] })
    pages.refresh()
    expect(pages.at(3)?.cells).toEqual(['mended'])
    await arrive()
    expect(asked).toEqual([1, 1])
    expect(pages.at(3)?.cells).toEqual(['slug-4'])
  })

  it('are forgotten once many others were seen since', async () => {
    const { pages, arrive } = view(1_000_000)
    for (let page = 0; page < 120; page += 1) {
      pages.want(page * rowsInPage, page * rowsInPage + 10)
      await vi.advanceTimersByTimeAsync(60)
      await arrive()
    }
    expect(pages.at(0)).toBeUndefined()
    expect(pages.at(119 * rowsInPage)).toBeDefined()
  })

  it('keep what kept them from coming', async () => {
    const pages = new RowPages(() => Promise.reject(new Error('gone')))
    pages.subscribe(() => undefined)
    pages.want(0, 10)
    await vi.advanceTimersByTimeAsync(10)
    expect(pages.error).toEqual(new Error('gone'))
  })
})
