import * as fc from 'fast-check'
import { Type, type TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { endpoints } from '#contract/endpoints.ts'
import { cleanInput } from '#server/http/input.ts'
import { inputChecks } from '#server/http/validation/checks.ts'
import { compileSchema, type Checks } from '#server/http/validation/from-schema.ts'

/** What an input answers: its value, or its errors. */
function check(schema: TSchema, input: unknown, checks?: Checks): unknown {
  const { check, raw } = compileSchema(schema, checks)
  const verdict = check(cleanInput(input, raw))
  return verdict.ok ? verdict.value : verdict.errors
}

const f = (schema: TSchema) => Type.Object({ f: schema })
const maybe = (schema: TSchema) => Type.Object({ f: Type.Optional(schema) })
const nullable = (schema: TSchema) => Type.Union([schema, Type.Null()])

describe('a schema brings input into its types', () => {
  it.each<[string, TSchema, unknown, unknown]>([
    ['an integer of a query', f(Type.Integer()), '7', 7],
    ['a signed integer', f(Type.Integer()), '+7', 7],
    ['a padded integer', f(Type.Integer()), ' 7 ', 7],
    ['a number', f(Type.Number()), '1.50', 1.5],
    ['a boolean of a query', f(Type.Boolean()), '1', true],
    ['another', f(Type.Boolean()), '0', false],
    ['a boolean as a number', f(Type.Boolean()), 1, true],
    ['false itself', f(Type.Boolean()), false, false],
    ['a trimmed text', f(Type.String()), ' x ', 'x'],
    ['a text to the letter', f(Type.String({ 'x-raw': true })), ' x ', ' x '],
    [
      'a blank to the letter',
      f(Type.Union([Type.Literal('\t'), Type.Literal(',')], { 'x-raw': true })),
      '\t',
      '\t',
    ],
    ['a literal of a query', f(Type.Union([Type.Literal(58), Type.Literal(80)])), '80', 80],
    ['a text of a list', f(Type.Enum(['draft', 'live'])), 'live', 'live'],
    ['null where it may be', f(nullable(Type.String())), '', null],
    ['a list', f(Type.Array(Type.Integer())), ['1', 2], [1, 2]],
    ['an empty list', f(Type.Array(Type.Integer())), [], []],
    ["PHP's list with gaps", f(Type.Array(Type.Integer())), { 0: '1', 1: '2' }, [1, 2]],
    ["PHP's empty object", f(Type.Object({ a: Type.Optional(Type.String()) })), [], {}],
    [
      'a nested object, without what nobody named',
      f(Type.Object({ a: Type.Integer() })),
      { a: '1', b: 2 },
      { a: 1 },
    ],
    [
      'a record',
      f(Type.Record(Type.String(), nullable(Type.String()))),
      { x: ' y ', z: '' },
      { x: 'y', z: null },
    ],
    ['a day', f(Type.String({ format: 'date' })), '2026-11-23', '2026-11-23'],
    [
      'a moment',
      f(Type.String({ format: 'date-time' })),
      '2026-11-23T09:30:00Z',
      '2026-11-23T09:30:00.000000Z',
    ],
    [
      'its microseconds',
      f(Type.String({ format: 'date-time' })),
      '2026-11-23T09:30:00.123456Z',
      '2026-11-23T09:30:00.123456Z',
    ],
    [
      'its offset',
      f(Type.String({ format: 'date-time' })),
      '2026-11-23T01:30:00+05:00',
      '2026-11-22T20:30:00.000000Z',
    ],
    [
      'a day as a moment',
      f(Type.String({ format: 'date-time' })),
      '2026-11-23',
      '2026-11-23T00:00:00.000000Z',
    ],
    ['anything', f(Type.Unsafe({})), { any: [1] }, { any: [1] }],
    [
      'one of several kinds',
      f(Type.Union([Type.Integer(), Type.Object({ a: Type.Boolean() })])),
      { a: '1' },
      { a: true },
    ],
    ['a default', maybe(Type.Integer({ default: 25 })), undefined, 25],
  ])('%s', (_, schema, sent, value) => {
    expect(check(schema, sent === undefined ? {} : { f: sent })).toEqual({ f: value })
  })

  it('leaves out what was left out, and what nobody named', () => {
    expect(check(maybe(Type.String()), { g: 1 })).toEqual({})
    expect(check(maybe(Type.String()), null)).toEqual({})
    expect(check(maybe(Type.String()), ['x'])).toEqual({})
    expect(check(maybe(Type.String()), 'text')).toEqual({})
  })
})

describe('a schema says what is wrong as Laravel does', () => {
  const field = 'The f field'

  it.each<[TSchema, unknown, string[]]>([
    [f(Type.String()), {}, [`${field} is required.`]],
    [f(Type.String()), { f: ' ' }, [`${field} is required.`]],
    [
      f(Type.String({ maxLength: 2 })),
      { f: 123 },
      [`${field} must be a string.`, `${field} must not be greater than 2 characters.`],
    ],
    [f(nullable(Type.String())), {}, [`${field} must be present.`]],
    [maybe(Type.String({ minLength: 1 })), { f: '' }, [`${field} is required.`]],
    [maybe(Type.String()), { f: null }, [`${field} must be a string.`]],
    [
      maybe(Type.Integer({ minimum: 1, maximum: 100 })),
      { f: '' },
      [`${field} must be an integer.`, `${field} must be at least 1.`],
    ],
    [
      maybe(Type.Integer({ minimum: 1, maximum: 100 })),
      { f: '101' },
      [`${field} must not be greater than 100.`],
    ],
    [maybe(Type.Integer({ minimum: 1, maximum: 100 })), { f: ['5'] }, [`${field} must be an integer.`]],
    [f(Type.Integer()), { f: '9007199254740993' }, [`${field} must not be greater than 9007199254740991.`]],
    [f(Type.Number()), { f: '1e999' }, [`${field} must be a number.`]],
    [f(Type.Number({ exclusiveMinimum: 0 })), { f: 0 }, [`${field} must be greater than 0.`]],
    [f(Type.Boolean()), { f: 'true' }, [`${field} must be true or false.`]],
    [f(Type.Enum(['a', 'b'])), { f: 'c' }, ['The selected f is invalid.']],
    [f(Type.Literal('a')), { f: ['a'] }, ['The selected f is invalid.']],
    [f(Type.String({ format: 'date' })), { f: '23/11/2026' }, [`${field} must match the format Y-m-d.`]],
    [f(Type.String({ format: 'date-time' })), { f: '2026-02-30' }, [`${field} must be a valid date.`]],
    [f(Type.String({ format: 'email' })), { f: 'a' }, [`${field} must be a valid email address.`]],
    [f(Type.String({ pattern: '^[a-z]+$' })), { f: 'A' }, [`${field} format is invalid.`]],
    [f(Type.Array(Type.String(), { minItems: 1 })), { f: [] }, [`${field} is required.`]],
    [
      f(Type.Array(Type.String(), { maxItems: 1 })),
      { f: ['a', 'b'] },
      [`${field} must not have more than 1 items.`],
    ],
    [f(Type.Array(Type.String())), { f: { k: 'v' } }, [`${field} must be a list.`]],
    [f(Type.Object({ a: Type.String() })), { f: 'x' }, [`${field} must be an array.`]],
    [f(Type.Union([Type.Integer(), Type.Boolean()])), { f: 'x' }, [`${field} is invalid.`]],
  ])('%j with %j', (schema, input, sentences) => {
    expect(check(schema, input)).toEqual({ f: sentences })
  })

  it('lists plain fields first, then those of lists by their path, and counts all sentences', () => {
    const line = Type.Object({ name: Type.String(), quantity: Type.Integer({ minimum: 1 }) })
    const schema = Type.Object({ lines: Type.Array(line), contact_name: Type.String({ maxLength: 3 }) })
    const { check: run } = compileSchema(schema)
    const verdict = run({ lines: [{ quantity: 0 }, { quantity: 'x' }], contact_name: 'Anna' })
    expect(verdict).toEqual({
      ok: false,
      message: 'The contact name field must not be greater than 3 characters. (and 4 more errors)',
      errors: expect.any(Object),
    })
    expect(Object.entries(verdict.ok ? {} : verdict.errors)).toEqual([
      ['contact_name', ['The contact name field must not be greater than 3 characters.']],
      ['lines.0.name', ['The lines.0.name field is required.']],
      ['lines.1.name', ['The lines.1.name field is required.']],
      ['lines.0.quantity', ['The lines.0.quantity field must be at least 1.']],
      ['lines.1.quantity', ['The lines.1.quantity field must be an integer.']],
    ])
  })

  it('asks for the parts of something optional only where it is', () => {
    const schema = maybe(nullable(Type.Object({ a: Type.String() })))
    expect(check(schema, {})).toEqual({})
    expect(check(schema, { f: null })).toEqual({ f: null })
    expect(check(schema, { f: { b: 1 } })).toEqual({ 'f.a': ['The f.a field is required.'] })
  })

  it('finds doubles in a list whose items must differ', () => {
    expect(check(f(Type.Array(Type.String(), { uniqueItems: true })), { f: ['a', 'b', 'a'] })).toEqual({
      'f.0': ['The f.0 field has a duplicate value.'],
      'f.2': ['The f.2 field has a duplicate value.'],
    })
  })

  it('lets a check of our own speak after the rules, with the name of the field', () => {
    const checks: Checks = { even: (value) => (Number(value) % 2 ? 'The :attribute is odd.' : undefined) }
    const schema = Type.Object({ table_number: Type.Integer({ maximum: 9, 'x-check': 'even' }) })
    expect(check(schema, { table_number: 3 }, checks)).toEqual({ table_number: ['The table number is odd.'] })
    expect(check(schema, { table_number: 4 }, checks)).toEqual({ table_number: 4 })
    expect(check(schema, { table_number: 11 }, checks)).toEqual({
      table_number: ['The table number field must not be greater than 9.'],
    })
  })
})

describe('a schema that could not be checked stops the start', () => {
  it.each<[string, TSchema]>([
    ['an unknown check', f(Type.String({ 'x-check': 'nope' }))],
    ['an unknown format', f(Type.String({ format: 'nope' }))],
    ['a tuple', f(Type.Tuple([Type.String()]))],
    ['a reference', f(Type.Ref('Other'))],
    ['no object', Type.String()],
  ])('%s', (_, schema) => {
    expect(() => compileSchema(schema)).toThrow(TypeError)
  })
})

describe('the schemas of the contract', () => {
  const schemas = endpoints.flatMap(({ name, params, query, body }) =>
    Object.entries({ params, query, body }).flatMap(([part, schema]) =>
      schema ? [{ name: `${part} of ${name}`, schema: schema as TSchema }] : [],
    ),
  )

  it('can all be checked', () => {
    expect(schemas.length).toBeGreaterThan(20)
    for (const { schema } of schemas) expect(() => compileSchema(schema, inputChecks)).not.toThrow()
  })

  it('never throw at input, and what passes them has their type', () => {
    for (const { name, schema } of schemas) {
      const compiled = compileSchema(schema, inputChecks)
      const names = Object.keys((schema as { properties?: object }).properties ?? {})
      const sent = fc.oneof(
        fc.jsonValue(),
        fc.dictionary(
          fc.constantFrom('a', ...names),
          fc.oneof(fc.jsonValue(), fc.constantFrom('', '1', 'x', '2026-11-23')),
        ),
      )
      fc.assert(
        fc.property(sent, (input) => {
          const verdict = compiled.check(cleanInput(input, compiled.raw))
          const fits = verdict.ok ? Check(schema, verdict.value) : Object.keys(verdict.errors).length > 0
          expect(`${name}: ${fits}`).toBe(`${name}: true`)
        }),
        { numRuns: 60 },
      )
    }
  })
})

describe('large input', () => {
  it('is checked in time that grows with its size', () => {
    const schema = f(Type.Array(Type.Object({ a: Type.Integer(), b: Type.String({ format: 'email' }) })))
    const { check: run } = compileSchema(schema)
    const input = { f: Array.from({ length: 20_000 }, (_, a) => ({ a, b: 'a@b.test' })) }
    const started = performance.now()
    expect(run(input).ok).toBe(true)
    expect(performance.now() - started).toBeLessThan(2000)
  })

  it('has one sentence for a list that is far too long', () => {
    const schema = f(Type.Array(Type.String(), { maxItems: 50 }))
    const started = performance.now()
    expect(check(schema, { f: Array.from({ length: 500_000 }, () => 0) })).toEqual({
      f: ['The f field must not have more than 50 items.'],
    })
    expect(performance.now() - started).toBeLessThan(3000)
  })

  it.each<[string, string]>([
    ['url', `https://${'a.'.repeat(50_000)}!`],
    ['url', `https://${'a'.repeat(100_000)} `],
    ['url', `https://x.test/${'/'.repeat(100_000)} `],
    ['email', `${'a.'.repeat(150)}@`],
    ['email', `a@${'a-'.repeat(120)}.`],
    ['date-time', '1'.repeat(100_000)],
  ])('does not stall the %s format', (format, text) => {
    const { check: run } = compileSchema(f(Type.String({ format })))
    const started = performance.now()
    expect(run({ f: text }).ok).toBe(false)
    expect(performance.now() - started).toBeLessThan(500)
  })
})
