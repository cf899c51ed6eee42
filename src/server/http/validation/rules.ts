import { summarize, type FieldErrors } from '#contract/errors.ts'
import type { Field, RuleCheck, Surroundings } from './field.ts'
import { fieldRules, occurrenceKey, spoken } from './field-rules.ts'
import { isContainer, lookUp } from './php-values.ts'
import { displayName, sentenceOf } from './sentences.ts'
import { valueRules } from './value-rules.ts'

/**
 * A check of our own beside Laravel's rules: gives the sentence for the caller, with `:attribute` for the field's
 * name, or undefined when all is well. It sees only values that kept the rules before it.
 */
export type Check = (value: unknown) => string | undefined

/** A test of our own that speaks with the sentence of Laravel's rule of that name. */
export interface NamedTest {
  name: string
  keeps: (value: unknown) => boolean
}

/** `max:5`, or a check. The parameter of `regex` is the whole rest, those of other rules end at commas. */
export type RuleSource = string | Check | NamedTest

export type Verdict<T> = { ok: true; value: T } | { ok: false; message: string; errors: FieldErrors }

interface Rule {
  name: string
  parameters: readonly string[]
  check: RuleCheck | Check
}

/** The rules of one path, which may hold `*`; made once by `compileField`. */
export interface CompiledField {
  path: readonly string[]
  rules: readonly Rule[]
  names: ReadonlySet<string>
  options: FieldOptions
}

export interface FieldOptions {
  /**
   * Hold the rules back unless what the field lies in is a list or an object with nothing wrong in itself: part of
   * something optional, or of a list far too long, whose items need no sentence each.
   */
  inside?: boolean
  /** A blank text is a value like any other. Laravel skips it, counting on the trimming before. */
  literal?: boolean
}

/** Rules that run on a missing or empty field too, and whose failure ends the field. */
const implicitRules = /^(?:required|filled|present|missing|accepted|declined)/
/** Words among the rules that are no checks. */
const flags = new Set(['nullable', 'sometimes', 'bail'])
const check = 'check'

/** Reads the rules of one dotted path. Throws for a rule that is none, so that a slip shows at the start. */
export function compileField(
  path: string | readonly string[],
  sources: string | readonly RuleSource[],
  options: FieldOptions = {},
): CompiledField {
  const list = typeof sources === 'string' ? splitRules(sources) : sources
  const parsed = list.map(parseRule)
  return {
    path: typeof path === 'string' ? path.split('.') : path,
    rules: parsed.filter((rule) => !flags.has(rule.name)),
    names: new Set(parsed.map((rule) => rule.name)),
    options,
  }
}

/** `a|b:1,2`; a pattern takes the rest of the text, as it may hold `|` itself. */
function splitRules(text: string): string[] {
  const pattern = /(?:^|\|)((?:not_)?regex:.*)$/s.exec(text)
  const before = pattern ? text.slice(0, pattern.index) : text
  return [...before.split('|'), ...(pattern?.[1] === undefined ? [] : [pattern[1]])].filter(
    (rule) => rule !== '',
  )
}

function parseRule(source: RuleSource): Rule {
  if (typeof source === 'function') return { name: check, parameters: [], check: source }
  if (typeof source === 'object') {
    return { name: source.name, parameters: [], check: ({ value }: Field) => source.keeps(value) }
  }
  const colon = source.indexOf(':')
  const name = colon < 0 ? source : source.slice(0, colon)
  const rest = source.slice(colon + 1)
  const parameters =
    colon < 0 ? [] : name.endsWith('regex') || name === 'date_format' ? [rest] : rest.split(',')
  const found = valueRules[name] ?? fieldRules[name]
  if (!found && !flags.has(name)) throw new RangeError(`There is no validation rule ${name}`)
  return { name, parameters, check: found ?? (() => true) }
}

/** Laravel's `Validator::validate` over rules by dotted path. `value` of the verdict is the input itself. */
export function validate(
  input: unknown,
  rules: Readonly<Record<string, string | readonly RuleSource[]>>,
  around: Partial<Omit<Surroundings, 'input'>> = {},
): Verdict<unknown> {
  const fields = Object.entries(rules).map(([path, sources]) => compileField(path, sources))
  const errors = findErrors(fields, { now: Date.now(), ...around, input })
  return errors ? { ok: false, message: summarize(errors), errors } : { ok: true, value: input }
}

/**
 * What is wrong with an input, or undefined. Fields come in the order of their rules, those with `*` last, as Laravel
 * expands them after the others.
 */
export function findErrors(fields: readonly CompiledField[], around: Surroundings): FieldErrors | undefined {
  const errors = new Map<string, string[]>()
  const isWild = (field: CompiledField): boolean => field.path.includes('*')
  for (const field of [...fields.filter((one) => !isWild(one)), ...fields.filter(isWild)]) {
    for (const one of expand(field, around)) {
      if (field.options.inside && errors.has(one.path.slice(0, -1).join('.'))) continue
      const sentences = sentencesOf(field, one)
      if (sentences.length > 0) errors.set(one.path.join('.'), sentences)
    }
  }
  return errors.size === 0 ? undefined : Object.fromEntries(errors)
}

/** The fields of an input that a path stands for: one, or one for each key where the path holds `*`. */
function expand({ path, names, options }: CompiledField, around: Surroundings): Field[] {
  let paths: string[][] = [[]]
  for (const key of path) {
    paths = paths.flatMap((before) => {
      if (key !== '*') return [[...before, key]]
      const { value } = lookUp(around.input, before)
      return isContainer(value) ? Object.keys(value).map((one) => [...before, one]) : []
    })
  }
  if (options.inside) paths = paths.filter((one) => isContainer(lookUp(around.input, one.slice(0, -1)).value))
  let counts: Map<string, number> | undefined
  const occurrences = (): Map<string, number> => (counts ??= countValues(fields))
  const fields = paths.map((one): Field => {
    return { path: one, ...lookUp(around.input, one), rules: names, around, occurrences }
  })
  return fields
}

function countValues(fields: readonly Field[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { value } of fields) {
    const key = occurrenceKey(value)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return counts
}

/** All sentences of one field: Laravel goes on after a failure, except after an implicit rule or under `bail`. */
function sentencesOf(compiled: CompiledField, field: Field): string[] {
  const sentences: string[] = []
  for (const rule of compiled.rules) {
    if (!applies(rule, compiled, field, sentences.length > 0)) continue
    const sentence = sentenceWhenBroken(rule, compiled, field)
    if (sentence === undefined) continue
    sentences.push(sentence.replaceAll(':attribute', nameOf(compiled, field)))
    if (implicitRules.test(rule.name) || compiled.names.has('bail')) break
  }
  return sentences
}

function applies(
  { name }: Rule,
  { names, options }: CompiledField,
  { present, value }: Field,
  failed: boolean,
): boolean {
  if (!present && names.has('sometimes')) return false
  if (implicitRules.test(name)) return true
  const blank = !options.literal && typeof value === 'string' && value.trim() === ''
  if (!present || blank) return false
  if (value === null && (names.has('nullable') || name === check)) return false
  return !(failed && (name === check || name === 'exists' || name === 'unique'))
}

function sentenceWhenBroken(
  { name, parameters, check: test }: Rule,
  { names }: CompiledField,
  field: Field,
): string | undefined {
  if (name === check) return (test as Check)(field.value)
  const real = fieldRules[name] ? parameters.map((one) => withRealKeys(one, field.path)) : parameters
  return (test as RuleCheck)(field, real) ? undefined : sentenceOf(name, spoken(name, real, field), names)
}

/** `lines.*.price` as a parameter means the price of the same line. */
function withRealKeys(parameter: string, path: readonly string[]): string {
  if (!/(?:^|\.)\*(?:\.|$)/.test(parameter)) return parameter
  return parameter
    .split('.')
    .map((key, index) => (key === '*' ? (path[index] ?? key) : key))
    .join('.')
}

/** Laravel leaves the paths of wildcard fields as they are. */
function nameOf({ path }: CompiledField, field: Field): string {
  const name = field.path.join('.')
  return path.includes('*') ? name : displayName(name)
}
