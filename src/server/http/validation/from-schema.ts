import type { Static, TSchema } from 'typebox'
import { summarize } from '#contract/errors.ts'
import { castTo } from './cast.ts'
import {
  compileField,
  findErrors,
  type Check,
  type CompiledField,
  type NamedTest,
  type RuleSource,
  type Verdict,
} from './rules.ts'
import { isContainer, isNumeric } from './php-values.ts'
import { shapeOf, textOf, type JsonSchema, type Shape } from './shape.ts'

/** The checks that schemas name with `x-check`. */
export type Checks = Readonly<Record<string, Check>>

/** A schema made ready to check input. */
export interface CompiledSchema<T> {
  /**
   * The input reduced to the fields that the schema names and brought into its types (`'7'` → 7, `'1'` → true, dates
   * into the wire's form, defaults in their place), or all that is wrong with it.
   */
  check: (input: unknown, now?: number) => Verdict<T>
  /** Paths of the texts marked `x-raw`, for `cleanInput`. */
  raw: readonly string[]
}

/**
 * Turns an object schema into Laravel's rules, once, at the start. Throws for what could not be checked: an unknown
 * format, an unknown check, a kind of schema that input does not have.
 */
export function compileSchema<S extends TSchema>(schema: S, checks: Checks = {}): CompiledSchema<Static<S>> {
  const root = shapeOf(schema as JsonSchema, '')
  if (root.kind !== 'object') throw new TypeError('Input is described by an object schema')
  const plan: Plan = { checks, fields: [], raw: [], unions: new Map() }
  planParts(plan, root, [])
  const castUnion = (union: Shape, value: unknown): unknown => fitOf(plan.unions.get(union), value)?.value
  return {
    raw: plan.raw,
    check(input, now = Date.now()) {
      const errors = findErrors(plan.fields, { input, now })
      if (errors) return { ok: false, message: summarize(errors), errors }
      return { ok: true, value: castTo(root, input ?? {}, castUnion) as Static<S> }
    },
  }
}

interface Plan {
  checks: Checks
  fields: CompiledField[]
  raw: string[]
  /** The branches of each union, each as an object whose `value` is the branch. */
  unions: Map<Shape, CompiledSchema<{ value: unknown }>[]>
}

function planField(plan: Plan, shape: Shape, path: readonly string[], required: boolean): void {
  const sources = [...presenceOf(shape, required), ...rulesOf(plan, shape, path)]
  plan.fields.push(compileField(path, sources, { inside: path.length > 1, literal: true }))
  if (shape.raw) plan.raw.push(path.join('.'))
  // A list among the branches is as raw as a text.
  if (shape.raw && shape.kind === 'any-of') plan.raw.push([...path, '*'].join('.'))
  planParts(plan, shape, path)
}

function planParts(plan: Plan, shape: Shape, path: readonly string[]): void {
  if (shape.kind === 'object') {
    for (const { name, shape: part, required } of shape.parts)
      planField(plan, part, [...path, name], required)
  }
  if (shape.kind === 'list' || shape.kind === 'record') planField(plan, shape.item, [...path, '*'], true)
}

/** An empty text has become null by now, so what must hold something is `required`, also where it may be left out. */
function presenceOf(shape: Shape, required: boolean): string[] {
  if (shape.nullable) return required ? ['present', 'nullable'] : ['nullable']
  if (!required)
    return shape.kind === 'text' && !shape.raw && (shape.schema.minLength ?? 0) > 0
      ? ['sometimes', 'required']
      : []
  return mayBeEmpty(shape) ? ['present'] : ['required']
}

function mayBeEmpty(shape: Shape): boolean {
  if (shape.raw) return true
  if (shape.kind === 'list') return (shape.schema.minItems ?? 0) === 0
  if (shape.kind === 'record') return (shape.schema.minProperties ?? 0) === 0
  if (shape.kind === 'object') return shape.parts.every((part) => !part.required)
  return shape.kind === 'anything'
}

function rulesOf(plan: Plan, shape: Shape, path: readonly string[]): RuleSource[] {
  const { schema } = shape
  const own = schema['x-check'] === undefined ? [] : [namedCheck(plan, schema['x-check'], path)]
  const distinct = shape.distinct ? ['distinct'] : []
  return [...rulesOfKind(plan, shape, path), ...distinct, ...own]
}

function rulesOfKind(plan: Plan, shape: Shape, path: readonly string[]): RuleSource[] {
  const { schema } = shape
  switch (shape.kind) {
    case 'text':
      return [
        'string',
        ...bounds(schema.minLength, schema.maxLength),
        ...formatRule(schema, path),
        ...patternRule(schema),
      ]
    case 'integer':
      return [
        'integer',
        ...numberBounds({ minimum: -Number.MAX_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...schema }),
      ]
    case 'number':
      return [finiteNumber, ...numberBounds(schema)]
    case 'boolean':
      return ['boolean']
    case 'choice':
      return [isAmong(shape.choices)]
    case 'list':
      return ['list', ...bounds(schema.minItems, schema.maxItems)]
    case 'record':
      return ['array', ...bounds(schema.minProperties, schema.maxProperties)]
    case 'object':
      return ['array']
    case 'any-of':
      return [fitsOne(plan, shape, shape.branches)]
    default:
      return []
  }
}

function bounds(least: number | undefined, most: number | undefined): string[] {
  return [...(least === undefined ? [] : [`min:${least}`]), ...(most === undefined ? [] : [`max:${most}`])]
}

function numberBounds(schema: JsonSchema): string[] {
  const { exclusiveMinimum: above, exclusiveMaximum: below, multipleOf: step } = schema
  return [
    ...bounds(schema.minimum, schema.maximum),
    ...(above === undefined ? [] : [`gt:${above}`]),
    ...(below === undefined ? [] : [`lt:${below}`]),
    ...(step === undefined ? [] : [`multiple_of:${step}`]),
  ]
}

const rulesByFormat: Readonly<Record<string, string>> = {
  url: 'url',
  uri: 'url',
  email: 'email',
  uuid: 'uuid',
  date: 'date_format:Y-m-d',
  'date-time': 'date',
  ipv4: 'ipv4',
  ipv6: 'ipv6',
}

function formatRule({ format }: JsonSchema, path: readonly string[]): string[] {
  if (format === undefined) return []
  const rule = rulesByFormat[format]
  if (rule === undefined)
    throw new TypeError(`${path.join('.')} has the format ${format}, which nothing checks`)
  return [rule]
}

/** A JSON schema's pattern as it stands: unlike Laravel's `regex`, `$` is the very end. */
function patternRule({ pattern }: JsonSchema): NamedTest[] {
  if (pattern === undefined) return []
  const expression = new RegExp(pattern, 'u')
  return [{ name: 'regex', keeps: (value) => typeof value === 'string' && expression.test(value) }]
}

const finiteNumber: NamedTest = {
  name: 'numeric',
  keeps: (value) => isNumeric(value) && Number.isFinite(Number(value)),
}

function isAmong(choices: ReadonlyMap<string, unknown>): NamedTest {
  return { name: 'in', keeps: (value) => !isContainer(value) && choices.has(textOf(value)) }
}

function fitsOne({ unions, checks }: Plan, union: Shape, branches: readonly JsonSchema[]): NamedTest {
  const compiled = branches.map(
    (branch) => compileSchema(wrap(branch), checks) as CompiledSchema<{ value: unknown }>,
  )
  unions.set(union, compiled)
  return { name: 'any_of', keeps: (value) => fitOf(compiled, value) !== undefined }
}

/** What the first branch that takes the value makes of it. */
function fitOf(
  branches: CompiledSchema<{ value: unknown }>[] = [],
  value: unknown,
): { value: unknown } | undefined {
  for (const branch of branches) {
    const verdict = branch.check({ value })
    if (verdict.ok) return verdict.value
  }
  return undefined
}

function wrap(branch: JsonSchema): TSchema {
  return { type: 'object', required: ['value'], properties: { value: branch } } as never
}

function namedCheck({ checks }: Plan, name: string, path: readonly string[]): Check {
  const found = checks[name]
  if (!found) throw new TypeError(`${path.join('.')} asks for the check ${name}, which is not there`)
  return found
}
