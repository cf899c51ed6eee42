import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { paginate, pageNumber, Paginated } from '#contract/pagination.ts'
import { buildQuery, type QueryValue } from '#contract/query.ts'
import { sharedFile } from '#test/support/shared-data.ts'

interface Case {
  total: number
  per_page: number
  page: number
  query: Record<string, QueryValue>
  json: string
}

const path = 'http://127.0.0.1:9000/api/qr-links'
const measured = sharedFile('laravel-paginators.json')

describe.skipIf(!measured)('pages that Laravel printed (skipped where the reference data is absent)', () => {
  const cases = measured ? (JSON.parse(readFileSync(measured, 'utf8')) as Case[]) : []

  it('builds each of the 514 byte for byte, key order included', () => {
    expect(cases).toHaveLength(514)
    for (const { total, per_page, page, query, json } of cases) {
      const theirs = JSON.parse(json) as { data: number }
      const items = Array.from({ length: theirs.data }, (_, index) => index)
      const ours = paginate({ items, total, page, perPage: per_page, path, query })
      expect(JSON.stringify({ ...ours, data: ours.data.length })).toBe(JSON.stringify(theirs))
    }
  })
})

describe('a page', () => {
  it('keeps its schema and its window for any numbers', () => {
    const Page = Paginated(Type.Integer())
    const counts = fc.record({
      total: fc.integer({ min: 0, max: 100_000 }),
      page: fc.integer({ min: 1, max: 5000 }),
      perPage: fc.integer({ min: 1, max: 100 }),
    })
    fc.assert(
      fc.property(counts, ({ total, page, perPage }) => {
        const start = (page - 1) * perPage
        const items = Array.from(
          { length: Math.max(Math.min(perPage, total - start), 0) },
          (_, i) => start + i,
        )
        const result = paginate({ items, total, page, perPage, path })
        expect(Check(Page, result)).toBe(true)
        expect(result.links.length).toBeLessThanOrEqual(15)
        expect(result.links.filter((link) => link.active)).toHaveLength(page <= result.last_page ? 1 : 0)
        expect(result.next_page_url === null).toBe(page >= result.last_page)
        expect(result.to ?? 0).toBeLessThanOrEqual(total)
      }),
    )
  })

  it('drops a trailing slash of its path and parameters that are null', () => {
    const result = paginate({
      items: [1],
      total: 1,
      page: 1,
      perPage: 25,
      path: `${path}/`,
      query: { tag: null },
    })
    expect(result.path).toBe(path)
    expect(result.first_page_url).toBe(`${path}?page=1`)
  })
})

describe('the page number', () => {
  it.each([
    ['3', 3],
    ['+2', 2],
    [' 2', 2],
    [7, 7],
    ['0', 1],
    ['-1', 1],
    ['abc', 1],
    ['2.5', 1],
    ['2abc', 1],
    ['1e1', 1],
    ['007', 1],
    ['', 1],
    ['99999999999999999999', 1],
    [['2'], 1],
    [null, 1],
    [undefined, 1],
    [Number.NaN, 1],
    [2.5, 1],
  ])('reads %j as page %d', (sent, page) => {
    expect(pageNumber(sent)).toBe(page)
  })
})

describe('a query', () => {
  it('writes lists, objects and booleans as PHP does', () => {
    expect(
      buildQuery({ ids: ['1', '2'], f: { a: { b: 'x y' } }, on: true, off: false, none: null, z: '' }),
    ).toBe('ids%5B0%5D=1&ids%5B1%5D=2&f%5Ba%5D%5Bb%5D=x%20y&on=1&off=0&z=')
  })

  it('is made of unreserved characters and escapes alone, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(buildQuery({ q: text })).toMatch(/^q=(?:[A-Za-z0-9\-._~]|%[0-9A-F]{2})*$/)
      }),
    )
  })
})
