import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seekFinding } from '#renderer/features/imports/seek-finding.ts'
import { rowsInPage } from '#renderer/features/imports/row-pages.ts'

function listOf(rows: readonly number[]) {
  let calls = 0
  const load = (page: number) => {
    calls += 1
    const slice = rows.slice((page - 1) * rowsInPage, page * rowsInPage)
    const found = slice.map((row) => ({
      row,
      line: row,
      cells: [],
      edited: [],
      action: 'error' as const,
      findings: [],
    }))
    return Promise.resolve({ rows: found, total: rows.length })
  }
  return { load, calls: () => calls }
}

describe('next and previous finding', () => {
  it('are the nearest ones, as a plain search finds them', async () => {
    const rowsWithFindings = fc.uniqueArray(fc.integer({ min: 1, max: 5_000 }), { maxLength: 900 })
    await fc.assert(
      fc.asyncProperty(rowsWithFindings, fc.integer({ min: 0, max: 5_001 }), async (unsorted, from) => {
        const rows = unsorted.toSorted((a, b) => a - b)
        expect(await seekFinding(listOf(rows).load, from, 'next')).toBe(rows.find((row) => row > from))
        expect(await seekFinding(listOf(rows).load, from, 'previous')).toBe(
          rows.findLast((row) => row < from),
        )
      }),
    )
  })

  it('take a dozen questions among a hundred thousand', async () => {
    const { load, calls } = listOf(Array.from({ length: 100_000 }, (_, index) => index * 10 + 1))
    expect(await seekFinding(load, 777_777, 'next')).toBe(777_781)
    expect(calls()).toBeLessThanOrEqual(12)
  })
})
