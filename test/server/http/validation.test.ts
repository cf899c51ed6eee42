import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { validate } from '#server/http/validation/rules.ts'
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
