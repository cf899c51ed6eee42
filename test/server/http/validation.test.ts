import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoMoment } from '#server/http/validation/dates.ts'
import { fieldRules } from '#server/http/validation/field-rules.ts'
import { validate } from '#server/http/validation/rules.ts'
import { sentenceOf } from '#server/http/validation/sentences.ts'
import { valueRules } from '#server/http/validation/value-rules.ts'
import { sharedFile } from '#test/support/shared-data.ts'

interface Case {
  rule: string
  value: unknown
  result: 'OK' | string[]
}

const measured = sharedFile('laravel-validation-rules.json')

/**
 * Where ours answers otherwise on purpose, with its own answer. Dates: ISO 8601 alone, as `11/23` means two days in
 * two countries. `integer:strict`: JSON numbers 1.0 and 1 are one number here.
 */
const onPurpose: Case[] = [
  { rule: 'date', value: '11/23/2026', result: ['The f field must be a valid date.'] },
  { rule: 'date', value: 'Nov 23 2026', result: ['The f field must be a valid date.'] },
  { rule: 'integer:strict', value: 1, result: 'OK' },
]

describe.skipIf(!measured)('answers of Laravel 13.26 (skipped where the reference data is absent)', () => {
  const cases = measured ? (JSON.parse(readFileSync(measured, 'utf8')) as Case[]) : []
  const around = {
    now: Date.parse('2026-11-23T09:30:00Z'),
    isStored: (_table: string, _column: string, value: string) => value === 'link-1',
  }
  const isSame = (one: Case, other: Case): boolean =>
    one.rule === other.rule && JSON.stringify(one.value) === JSON.stringify(other.value)

  it('gives the same sentences to each of the 281 values', () => {
    expect(cases).toHaveLength(281)
    const answers = cases.map(({ rule, value }): Case => {
      const verdict = validate({ f: value }, { f: rule }, around)
      return { rule, value, result: verdict.ok ? 'OK' : (verdict.errors['f'] ?? []) }
    })
    const expected = cases.map((one) => onPurpose.find((other) => isSame(one, other)) ?? one)
    expect(answers).toEqual(expected)
  })
})

/** The errors of an input, or undefined. */
function errorsOf(input: unknown, rules: Record<string, string>): Record<string, string[]> | undefined {
  const verdict = validate(input, rules, { now: Date.parse('2026-11-23T09:30:00Z') })
  return verdict.ok ? undefined : verdict.errors
}

describe('rules over several fields', () => {
  it.each<[string, Record<string, string>, unknown, Record<string, string[]> | undefined]>([
    [
      'names snake_case in words',
      { destination_url: 'required' },
      {},
      { destination_url: ['The destination url field is required.'] },
    ],
    ['names camelCase in words', { qrCode: 'required' }, {}, { qrCode: ['The qr code field is required.'] }],
    [
      'names capitals one by one',
      { businessID: 'required' },
      {},
      { businessID: ['The business i d field is required.'] },
    ],
    [
      'keeps the dots of a path',
      { 'contact.email_address': 'required' },
      {},
      { 'contact.email_address': ['The contact.email address field is required.'] },
    ],
    ['skips plain rules for what is missing', { a: 'string|min:3', b: 'integer' }, {}, undefined],
    [
      'stops after a failed required',
      { a: 'required|array|min:1' },
      { a: [] },
      { a: ['The a field is required.'] },
    ],
    ['stops under bail', { a: 'bail|string|max:2' }, { a: 123 }, { a: ['The a field must be a string.'] }],
    [
      'goes on without it',
      { a: 'integer|min:1' },
      { a: null },
      { a: ['The a field must be an integer.', 'The a field must be at least 1.'] },
    ],
    [
      'asks for what another field calls for',
      { a: 'required_with:b' },
      { b: 1 },
      { a: ['The a field is required when b is present.'] },
    ],
    ['and not otherwise', { a: 'required_with:b' }, { b: '' }, undefined],
    [
      'asks for it at a value',
      { a: 'required_if:kind,x,y' },
      { kind: 'x' },
      { a: ['The a field is required when kind is x.'] },
    ],
    [
      'asks when all are there',
      { a: 'required_with_all:b,c' },
      { b: 1, c: 1 },
      { a: ['The a field is required when b / c are present.'] },
    ],
    [
      'compares dates of two fields',
      { to: 'after_or_equal:from_day' },
      { from_day: '2026-11-24', to: '2026-11-23' },
      { to: ['The to field must be a date after or equal to from day.'] },
    ],
    [
      'takes them when they follow',
      { to: 'after:from' },
      { from: '2026-11-22', to: '2026-11-23' },
      undefined,
    ],
    [
      'compares numbers of two fields',
      { most: 'numeric|gte:least' },
      { least: 5, most: 4 },
      { most: ['The most field must be greater than or equal to 5.'] },
    ],
    ['takes what was confirmed', { a: 'confirmed' }, { a: 'x', a_confirmation: 'x' }, undefined],
    ['takes a pattern with bars in it', { a: 'required|regex:/^(a|b)$/' }, { a: 'b' }, undefined],
    [
      'finds doubles',
      { 'a.*': 'distinct' },
      { a: ['1', 1, '2'] },
      { 'a.0': ['The a.0 field has a duplicate value.'], 'a.1': ['The a.1 field has a duplicate value.'] },
    ],
    [
      'does not mistake length for a key',
      { 'a.length': 'required' },
      { a: [1] },
      { 'a.length': ['The a.length field is required.'] },
    ],
    [
      'does not mistake inherited names for keys',
      { toString: 'required' },
      {},
      { toString: ['The to string field is required.'] },
    ],
  ])('%s', (_, rules, input, errors) => {
    expect(errorsOf(input, rules)).toEqual(errors)
  })

  it('follows stars through lists in lists and keeps the real indexes', () => {
    const input = { lines: [{ opts: [{ k: 1 }, {}] }, { opts: { x: {} } }, { opts: 'none' }, {}] }
    expect(errorsOf(input, { 'lines.*.opts.*.k': 'required|integer' })).toEqual({
      'lines.0.opts.1.k': ['The lines.0.opts.1.k field is required.'],
      'lines.1.opts.x.k': ['The lines.1.opts.x.k field is required.'],
    })
  })

  it('compares with the field of the same line', () => {
    const input = {
      lines: [
        { least: 1, most: 2 },
        { least: 5, most: 4 },
      ],
    }
    expect(errorsOf(input, { 'lines.*.most': 'integer|gte:lines.*.least' })).toEqual({
      'lines.1.most': ['The lines.1.most field must be greater than or equal to 5.'],
    })
  })

  it('refuses a rule that is none when it is written, not when it is met', () => {
    expect(() => validate({}, { a: 'requird' })).toThrow(RangeError)
  })

  it('has a sentence for every rule', () => {
    for (const rule of [...Object.keys(valueRules), ...Object.keys(fieldRules)]) {
      const sentence = sentenceOf(rule, ['1', '2'], new Set()).replace(':attribute', 'f')
      expect(sentence).toMatch(/^The .+\.$/)
      expect(sentence).not.toMatch(/:\w/)
    }
  })
})

describe('an ISO date', () => {
  it('keeps the instant of any clock time', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
        expect(isoMoment(date.toISOString())).toBe(date.toISOString().replace('Z', '000Z'))
      }),
    )
  })

  it.each([
    ['2026-11-23', '2026-11-23T00:00:00.000000Z'],
    ['2026-11-23 09:30', '2026-11-23T09:30:00.000000Z'],
    ['2026-11-23T09:30:00+02:00', '2026-11-23T07:30:00.000000Z'],
    ['2026-11-23T09:30:00-0530', '2026-11-23T15:00:00.000000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000000Z'],
    ['2026-02-29', undefined],
    ['2026-11-23T24:00:00Z', undefined],
    ['2026-11-23T09:60:00Z', undefined],
    ['2026-11-23T09:30:00+99:00', undefined],
    ['0000-01-01T00:00:00+05:00', undefined],
    ['2026-11-23T', undefined],
    ['20261123', undefined],
  ])('%s is %s', (text, moment) => {
    expect(isoMoment(text)).toBe(moment)
  })
})
