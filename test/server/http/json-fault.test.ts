import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findJsonFault } from '#server/http/json-fault.ts'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('the place where JSON breaks', () => {
  it.each([
    ['', 1, 1],
    ['{', 1, 2],
    ['{"a":1,}', 1, 8],
    ['{"a" 1}', 1, 6],
    ['{a: 1}', 1, 2],
    ['[1,]', 1, 4],
    ['[1 2]', 1, 4],
    ['{"a": tru}', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3],
    ['{"a": "x\n"}', 1, 9],
    ['{"a": "\\q"}', 1, 8],
    ['{"a": "x', 1, 9],
    ['{} {}', 1, 4],
    ['[}', 1, 2],
    ['abc', 1, 1],
    ["{'a': 1}", 1, 2],
  ])('%j breaks at %d:%d', (text, line, column) => {
    expect(findJsonFault(text)).toEqual({ line, column })
  })

  it('is found exactly when the text does not parse', () => {
    const json = fc.json({ maxDepth: 4 })
    const noise = fc.constantFrom(
      '"',
      '\\',
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '0',
      '-',
      '.',
      'e',
      'u',
      't',
      '\n',
      ' ',
      '\u0001',
      '\uFEFF',
    )
    const damaged = fc.tuple(json, fc.nat(), fc.nat({ max: 2 }), noise).map(([text, place, cut, extra]) => {
      const at = place % (text.length + 1)
      return text.slice(0, at) + extra + text.slice(at + cut)
    })
    fc.assert(
      fc.property(fc.oneof(json, damaged, fc.string()), (text) => {
        expect(findJsonFault(text) === undefined).toBe(parses(text))
      }),
      { numRuns: 3000 },
    )
  })

  it('is found in deep and in long texts', () => {
    expect(findJsonFault('['.repeat(500_000))).toEqual({ line: 1, column: 500_001 })
    expect(findJsonFault(`"${'a'.repeat(1_000_000)}`)).toEqual({ line: 1, column: 1_000_002 })
  })
})
