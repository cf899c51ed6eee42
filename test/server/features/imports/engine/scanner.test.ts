import * as fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { guessNewline } from '#server/features/imports/engine/dialect.ts'
import { textOfCells } from '#server/features/imports/engine/row-reader.ts'
import {
  type Dialect,
  FINE,
  NEED_MORE,
  RecordScanner,
  UNCLOSED_QUOTE,
} from '#server/features/imports/engine/scanner.ts'

interface Scanned {
  rows: string[][]
  problems: number[]
}

function scanAll(text: string, dialect: Dialect): Scanned {
  const bytes = Buffer.from(text)
  const scanner = new RecordScanner(dialect)
  const result: Scanned = { rows: [], problems: [] }
  for (let at = 0; at < bytes.length;) {
    at = scanner.scan(bytes, at, bytes.length, true)
    expect(at).not.toBe(NEED_MORE)
    result.rows.push(textOfCells(bytes, scanner))
    result.problems.push(scanner.problem)
  }
  return result
}

/** The same bytes arriving one by one: every record is scanned again until it is whole. */
function scanDripping(text: string, dialect: Dialect): string[][] {
  const bytes = Buffer.from(text)
  const scanner = new RecordScanner(dialect)
  const rows: string[][] = []
  let at = 0
  for (let end = 0; end <= bytes.length; end++) {
    const last = end === bytes.length
    while (at < end) {
      const next = scanner.scan(bytes, at, end, last)
      if (next === NEED_MORE) break
      rows.push(textOfCells(bytes, scanner))
      at = next
    }
  }
  return rows
}

const blank = (cells: string[]): boolean => cells.every((cell) => cell.trim() === '')

function papa(text: string, { delimiter, newline }: Dialect): { rows: string[][]; unclosed: boolean } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline })
  return {
    rows: data.filter((cells) => !blank(cells)),
    unclosed: errors.some(({ code }) => code === 'MissingQuotes'),
  }
}

const pieces = [
  '"',
  '""',
  ',',
  ';',
  '\t',
  '|',
  '\n',
  '\r\n',
  '\r',
  ' ',
  'a',
  'bc',
  'ü',
  '€',
  '🍕',
  '\u00a0',
  '\u2003',
  '\ufeff',
  "'",
  '1',
  '"x"',
  ',"',
]
/** A byte order mark at the very start is taken off before either of the two sees the text. */
const nasty = fc
  .array(fc.constantFrom(...pieces), { maxLength: 40 })
  .map((parts) => parts.join('').replace(/^\ufeff+/, ''))
const dialects = fc.record({
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom<Dialect['newline']>('\n', '\r\n', '\r'),
})

describe('the byte scanner against Papa Parse', () => {
  test('cells are equal for whatever Papa reads to the end', () => {
    fc.assert(
      fc.property(nasty, dialects, (text, dialect) => {
        const expected = papa(text, dialect)
        fc.pre(!expected.unclosed)
        const { rows, problems } = scanAll(text, dialect)
        expect(rows.filter((cells) => !blank(cells))).toEqual(expected.rows)
        expect(problems.every((problem) => problem === FINE)).toBe(true)
      }),
      { numRuns: 20_000 },
    )
  })

  test('an unclosed quote is reported, unless only white space stands behind the closing one at the end', () => {
    fc.assert(
      fc.property(nasty, dialects, (text, dialect) => {
        fc.pre(papa(text, dialect).unclosed && !/"\s*$/u.test(text))
        expect(scanAll(text, dialect).problems).toContain(UNCLOSED_QUOTE)
      }),
      { numRuns: 5000 },
    )
  })

  test('where a block of bytes ends makes no difference', () => {
    fc.assert(
      fc.property(nasty, dialects, (text, dialect) => {
        expect(scanDripping(text, dialect)).toEqual(scanAll(text, dialect).rows)
      }),
      { numRuns: 10_000 },
    )
  })

  test('the line end is guessed as Papa guesses it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const feeds = text.replace(/"[^"]*"/g, '').split('\n').length - 1
        const pairs = text.replace(/"[^"]*"/g, '').split('\r\n').length - 1
        fc.pre(feeds - pairs <= pairs && text !== '')
        expect(guessNewline(text)).toBe(Papa.parse(text, { delimiter: ',' }).meta.linebreak)
      }),
      { numRuns: 5000 },
    )
  })

  const comma: Dialect = { delimiter: ',', newline: '\n' }
  const cases: [string, string, string[][]][] = [
    [
      'a quote inside an unquoted cell',
      'a,b"c,d\ne,f,g',
      [
        ['a', 'b"c', 'd'],
        ['e', 'f', 'g'],
      ],
    ],
    ['two quotes inside an unquoted cell', 'a,5"" x,d\n', [['a', '5"" x', 'd']]],
    ['a delimiter in quotes', '"a,b",c', [['a,b', 'c']]],
    [
      'a line break in quotes',
      '"a\nb",c\nd,e',
      [
        ['a\nb', 'c'],
        ['d', 'e'],
      ],
    ],
    ['doubled quotes', '"say ""hi""",x', [['say "hi"', 'x']]],
    ['a cell of doubled quotes', '"""",""', [['"', '']]],
    [
      'spaces behind a closing quote',
      '"a"  ,"b" \nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['spaces before an opening quote', ' "a",b', [[' "a"', 'b']]],
    ['ragged rows', 'a\nb,c\nd,e,f', [['a'], ['b', 'c'], ['d', 'e', 'f']]],
    [
      'an empty last cell',
      'a,\nb,',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    [
      'CRLF under an LF dialect',
      '"a","b"\r\n"c","d"\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'thirteen characters that end uDSV',
      ',a,\n,b,\n,c,\nd',
      [['', 'a', ''], ['', 'b', ''], ['', 'c', ''], ['d']],
    ],
    ['NUL bytes', 'a\0b,c', [['a\0b', 'c']]],
  ]
  test.each(cases)('%s', (_title, text, rows) => {
    expect(scanAll(text, comma).rows).toEqual(rows)
  })

  test('a quote that never closes costs its own line, not the rest of the file', () => {
    const { rows, problems } = scanAll('a,b\n"c,d\ne,f\ng,h\n', comma)
    expect(rows).toEqual([
      ['a', 'b'],
      ['"c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ])
    expect(problems).toEqual([FINE, UNCLOSED_QUOTE, FINE, FINE])
  })

  test('a megabyte of opening quotes is not read again for each of them', () => {
    const started = performance.now()
    const { rows } = scanAll('"a\n'.repeat(300_000), comma)
    expect(rows.length).toBeGreaterThan(0)
    // A second or two; reading on to the end from every quote takes minutes.
    expect(performance.now() - started).toBeLessThan(25_000)
  })
})
