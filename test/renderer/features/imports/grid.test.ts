import { describe, expect, it } from 'vitest'
import type { ImportColumn, ImportFinding, ImportRow } from '#contract/imports.ts'
import { findingsOfCell, worstOf } from '#renderer/features/imports/cell-findings.ts'
import { moveCursor } from '#renderer/features/imports/grid-cursor.ts'
import { remap } from '#renderer/features/imports/grid-head.tsx'
import { readImportSearch } from '#renderer/features/imports/import-search.ts'

const size = { rows: 1_000_000, columns: 8, page: 20 }

function press(key: string, from = { row: 500, column: 3 }, ctrlKey = false) {
  return moveCursor(from, { key, ctrlKey, metaKey: false }, size)
}

describe('the cursor of the grid', () => {
  it('moves by cells, pages and to the ends', () => {
    expect(press('ArrowDown')).toEqual({ row: 501, column: 3 })
    expect(press('PageUp')).toEqual({ row: 480, column: 3 })
    expect(press('Home')).toEqual({ row: 500, column: 0 })
    expect(press('End', undefined, true)).toEqual({ row: 999_999, column: 7 })
    expect(press('ArrowUp', undefined, true)).toEqual({ row: 0, column: 3 })
  })

  it('stays inside at every edge', () => {
    expect(press('ArrowUp', { row: 0, column: 0 })).toEqual({ row: 0, column: 0 })
    expect(press('PageDown', { row: 999_990, column: 7 })).toEqual({ row: 999_999, column: 7 })
    expect(press('ArrowRight', { row: 0, column: 7 })).toEqual({ row: 0, column: 7 })
  })

  it('does not take keys that mean something else', () => {
    expect(press('a')).toBeUndefined()
    expect(press('Tab')).toBeUndefined()
  })
})

const columns: ImportColumn[] = [
  { index: 0, name: 'Link', field: 'slug', matched_by: 'alias' },
  { index: 1, name: 'URL', field: null, matched_by: null },
  { index: 2, name: 'URL', field: 'destination_url', matched_by: 'alias' },
]

function finding(column: string | null, severity: 'error' | 'warning'): ImportFinding {
  return { row: 4, line: 5, column, code: 'code', severity, message: 'Sentence.', value: null }
}

describe('findings', () => {
  const findings = [finding('URL', 'error'), finding('Link', 'warning'), finding(null, 'error')]
  const row: ImportRow = { row: 4, line: 5, cells: ['a', 'b', 'c'], edited: [], action: 'error', findings }

  it('stand at the column that is read, where two have one name', () => {
    expect(findingsOfCell(row, 1, columns)).toEqual([])
    expect(findingsOfCell(row, 2, columns)).toEqual([findings[0]])
  })

  it('about the whole row stand in its first cell', () => {
    expect(findingsOfCell(row, 0, columns)).toEqual([findings[1], findings[2]])
  })

  it('mark a cell by the worst of them', () => {
    expect(worstOf(findings)).toBe('error')
    expect(worstOf([finding('Link', 'warning')])).toBe('warning')
    expect(worstOf([])).toBeUndefined()
  })
})

it('a field given to another column is taken from the one that had it', () => {
  expect(remap({ kind: 'qr_links', columns }, 1, 'destination_url')).toEqual({
    '0': 'slug',
    '1': 'destination_url',
    '2': null,
  })
  expect(remap({ kind: 'qr_links', columns }, 2, 'left-out')).toEqual({ '0': 'slug', '1': null, '2': null })
})

it('an address with a filter that does not exist shows all rows', () => {
  expect(readImportSearch({ filter: 'everything', code: 7 })).toEqual({})
  expect(readImportSearch({ filter: 'errors', code: 'slug_reserved' })).toEqual({
    filter: 'errors',
    code: 'slug_reserved',
  })
})
