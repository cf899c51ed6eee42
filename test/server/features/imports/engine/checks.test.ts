import * as fc from 'fast-check'
import Papa from 'papaparse'
import { afterAll, describe, expect, test } from 'vitest'
import { checkDestination } from '#contract/destinations.ts'
import { makeReservedMatcher } from '#contract/reserved-slugs.ts'
import { readBoolean, readDate, readTags } from '#server/features/imports/engine/cell-values.ts'
import { checkRow } from '#server/features/imports/engine/check-row.ts'
import {
  isPlainBoolean,
  isPlainFutureDate,
  markOwnHosts,
  pathBytes,
  plainDestinationEnd,
} from '#server/features/imports/engine/fast-cells.ts'
import { NOW, Workshop } from './import-fixture.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

describe('the quick checks never pass what the full check would report', () => {
  const parts = [
    'https://',
    'http://',
    'HTTPS://',
    'example',
    'xn--bcher-kva',
    'a--b',
    'ab--c',
    '.com',
    '.local',
    '.lan',
    '.co',
    '.1',
    '.c0m',
    '127',
    '0x7f',
    '.',
    '-',
    ':8080',
    ':',
    '@',
    '/',
    '?',
    '#',
    '%',
    '%zz',
    ' ',
    'ü',
    '\\',
    '"',
    '[',
    ']',
    '{',
    'go.example.com',
    '.arpa',
    '.onion',
    '_',
    'A',
    '\t',
    '\u0000',
    'x'.repeat(64),
  ]
  const links = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((words) => words.join(''))

  test('of destinations', () => {
    const ownHosts = ['go.example.com']
    const own = markOwnHosts(ownHosts)
    const path = pathBytes(',')
    fc.assert(
      fc.property(
        fc.oneof(
          links,
          links.map((rest) => `https://example.com${rest}`),
          links.map((rest) => `https://${rest}`),
        ),
        (text) => {
          const bytes = Buffer.from(text)
          if (plainDestinationEnd(bytes, 0, bytes.length, path, own) !== bytes.length) return
          expect(checkDestination(text, { ownHosts })).toEqual([])
        },
      ),
      { numRuns: 30_000 },
    )
    const good = Buffer.from('https://www.example.com/menu?x=1')
    expect(plainDestinationEnd(good, 0, good.length, path, own)).toBe(good.length)
  })

  test('of dates and words for yes and no', () => {
    const dates = fc
      .tuple(
        fc.constantFrom('2026', '2027', '2028', '0000', '20a7'),
        fc.constantFrom('00', '01', '02', '04', '12', '13'),
        fc.constantFrom('00', '01', '28', '29', '30', '31', '32'),
        fc.constantFrom('', 'T00:00:00Z', 'T24:00:00Z', 'T23:59:59Z', 'T23:60:00Z', ' 00:00:00Z'),
      )
      .map(([year, month, day, time]) => `${year}-${month}-${day}${time}`)
    fc.assert(
      fc.property(dates, (text) => {
        const bytes = Buffer.from(text)
        if (!isPlainFutureDate(bytes, 0, bytes.length, 20261123)) return
        const reading = readDate(text)
        expect('at' in reading && reading.at > NOW).toBe(true)
      }),
    )
    for (const text of ['1', '0', 'true', 'No', 'maybe', '2', 'paused!']) {
      expect(isPlainBoolean(Buffer.from(text), 0, text.length)).toBe(readBoolean(text) !== undefined)
    }
  })

  test('over whole files: every row carries what a plain reading of it gives', async () => {
    const cell = fc.oneof(
      fc.constantFrom(
        '',
        'menu',
        'Menu',
        'menu-2',
        'login',
        'l0gin',
        'spring sale',
        'm3nu',
        'a',
        'b',
        'c-d',
        'Ü',
        ' x ',
      ),
      fc.constantFrom(
        'https://example.com',
        'http://example.com',
        'https://10.0.0.1',
        'https://example.com/?a,b',
        'nonsense',
      ),
      fc.constantFrom(
        '2027-01-31',
        '2020-01-01',
        '31/12/2027',
        'yes',
        'no',
        'x'.repeat(201),
        'a,b;c',
        '"quoted"',
        'two\nlines',
      ),
    )
    const rows = fc.array(fc.array(cell, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(rows, async (data) => {
        const header = ['slug', 'destination_url', 'title', 'is_active', 'expires_at']
        const text = Papa.unparse([header, ...data])
        const session = await workshop.scan(text, { delimiter: ',', headerRow: 1 })
        const seen = new Map<string, number>()
        const kept = data.filter((cells) => cells.some((value) => value.trim() !== ''))
        for (const [k, cells] of kept.entries()) {
          const fields = {
            slug: 0,
            destination_url: 1,
            title: 2,
            campaign: -1,
            tags: -1,
            notes: -1,
            is_active: 3,
            starts_at: -1,
            expires_at: 4,
          }
          const options = { fields, reserved: makeReservedMatcher(), ownHosts: [], now: NOW }
          const { values, findings } = checkRow(cells, options)
          const expected = findings.map(({ code }) => code as string)
          if (cells[0]?.trim() === '') expected.push('slug_missing')
          if (values.slug !== null && seen.has(values.slug)) expected.push('slug_duplicate')
          else if (values.slug !== null) seen.set(values.slug, k + 1)
          const row = session.rowOf(k)
          expect(row.cells).toEqual(cells)
          expect(
            row.findings
              .map(({ code }) => code)
              .filter((code) => code !== 'slug_lookalike')
              .toSorted(),
          ).toEqual(expected.toSorted())
          const failing = row.findings.some(({ severity }) => severity === 'error')
          expect(row.action).toBe(failing ? 'error' : 'create')
        }
        expect(session.tally().counts.rows).toBe(kept.length)
      }),
      { numRuns: 150 },
    )
  })
})

describe('cells', () => {
  test.each([
    ['2026-12-31', '2026-12-31T00:00:00.000000Z'],
    ['2026-12-31T10:20', '2026-12-31T10:20:00.000000Z'],
    ['2026-12-31 10:20:30', '2026-12-31T10:20:30.000000Z'],
    ['2026-12-31T10:20:30.5Z', '2026-12-31T10:20:30.500000Z'],
    ['2026-12-31T23:30:00-02:00', '2027-01-01T01:30:00.000000Z'],
    ['2026-12-31T01:00:00+0200', '2026-12-30T23:00:00.000000Z'],
    ['2028-02-29', '2028-02-29T00:00:00.000000Z'],
  ])('the date %s means %s', (text, at) => {
    expect(readDate(text)).toEqual({ at })
  })

  test.each([
    ['2026-02-29', 'date_invalid', undefined],
    ['2026-13-01', 'date_invalid', undefined],
    ['soon', 'date_invalid', undefined],
    ['31/12/2026', 'date_ambiguous', '2026-12-31'],
    ['12/31/2026', 'date_ambiguous', '2026-12-31'],
    ['31.12.26', 'date_ambiguous', '2026-12-31'],
    ['2026/12/31', 'date_ambiguous', '2026-12-31'],
    ['01/02/2026', 'date_ambiguous', undefined],
  ])('the date %s is %s, %s is proposed', (text, code, suggestion) => {
    expect(readDate(text)).toEqual(suggestion === undefined ? { code } : { code, suggestion })
  })

  test('tags are parted by comma, semicolon or bar, and kept once', () => {
    expect(readTags(' a, b;c|a ,,')).toEqual(['a', 'b', 'c'])
  })
})
