import { isDeepStrictEqual } from 'node:util'
import { momentOf } from './dates.ts'
import type { Field, RuleCheck } from './field.ts'
import { countOf, isContainer, isEmpty, isNumeric, lookUp, toText } from './php-values.ts'
import { sizeOf } from './value-rules.ts'

/** Another field, by its dotted path from the root of the input. */
function other(field: Field, path: string | undefined): unknown {
  return lookUp(field.around.input, (path ?? '').split('.')).value
}

const isFilled = (field: Field): boolean => !isEmpty(field.value)

const requiredWhen =
  (applies: (field: Field, parameters: readonly string[]) => boolean): RuleCheck =>
  (field, parameters) =>
    !applies(field, parameters) || isFilled(field)

/** Values in a rule are texts; `true`, `false` and `null` stand for themselves where the other field is one. */
function otherIsAmong(field: Field, [path, ...values]: readonly string[]): boolean {
  const value = other(field, path)
  if (typeof value === 'boolean') return values.includes(String(value)) || values.includes(value ? '1' : '0')
  if (value === null || value === undefined) return values.includes('null')
  return !isContainer(value) && values.includes(toText(value))
}

const hasOther = (field: Field, path: string | undefined): boolean =>
  lookUp(field.around.input, (path ?? '').split('.')).present

const someFilled = (field: Field, paths: readonly string[]): boolean =>
  paths.some((path) => !isEmpty(other(field, path)))

const everyFilled = (field: Field, paths: readonly string[]): boolean =>
  paths.every((path) => !isEmpty(other(field, path)))

const compared =
  (test: (value: number, bound: number) => boolean): RuleCheck =>
  (field, [bound = '']) => {
    const against = other(field, bound)
    if (against === undefined || against === null) {
      return isNumeric(field.value) && isNumeric(bound) && test(Number(toText(field.value)), Number(bound))
    }
    const sameKind =
      (isNumeric(field.value) && isNumeric(against)) ||
      (typeof field.value === typeof against && isContainer(field.value) === isContainer(against))
    return sameKind && test(sizeOf(field), sizeOf({ ...field, value: against }))
  }

const dated =
  (test: (value: number, bound: number) => boolean): RuleCheck =>
  (field, [bound = '']) => {
    const { now } = field.around
    const value = momentOf(field.value, now)
    const against = momentOf(bound, now) ?? momentOf(other(field, bound), now)
    return value !== undefined && against !== undefined && test(value, against)
  }

const stored = ({ around, path, value }: Field, [table = '', column]: readonly string[]): boolean =>
  !isContainer(value) && (around.isStored?.(table, column ?? path.at(-1) ?? '', toText(value)) ?? false)

/** The rules that look at other fields, at the time or at what is stored. */
export const fieldRules: Readonly<Record<string, RuleCheck>> = {
  required: isFilled,
  filled: (field) => !field.present || isFilled(field),
  present: (field) => field.present,
  missing: (field) => !field.present,
  prohibited: (field) => !isFilled(field),
  required_if: requiredWhen(
    (field, parameters) => hasOther(field, parameters[0]) && otherIsAmong(field, parameters),
  ),
  required_unless: requiredWhen((field, parameters) => !otherIsAmong(field, parameters)),
  required_with: requiredWhen(someFilled),
  required_with_all: requiredWhen(everyFilled),
  required_without: requiredWhen((field, paths) => !everyFilled(field, paths)),
  required_without_all: requiredWhen((field, paths) => !someFilled(field, paths)),
  confirmed: (field) => isDeepStrictEqual(field.value, other(field, `${field.path.join('.')}_confirmation`)),
  same: (field, [path]) => isDeepStrictEqual(field.value, other(field, path)),
  different: (field, paths) => paths.every((path) => !isDeepStrictEqual(field.value, other(field, path))),
  distinct: (field) => (field.occurrences().get(occurrenceKey(field.value)) ?? 0) <= 1,
  gt: compared((value, bound) => value > bound),
  gte: compared((value, bound) => value >= bound),
  lt: compared((value, bound) => value < bound),
  lte: compared((value, bound) => value <= bound),
  after: dated((value, bound) => value > bound),
  after_or_equal: dated((value, bound) => value >= bound),
  before: dated((value, bound) => value < bound),
  before_or_equal: dated((value, bound) => value <= bound),
  date_equals: dated((value, bound) => value === bound),
  exists: stored,
  unique: (field, parameters) => !stored(field, parameters),
}

/** The parameters as the sentence tells them: a comparison with another field names that field's size. */
export function spoken(rule: string, parameters: readonly string[], field: Field): readonly string[] {
  if (!/^[gl]te?$/.test(rule)) return parameters
  const value = other(field, parameters[0])
  return value === undefined || value === null ? parameters : [String(sizeOf({ ...field, value }))]
}

/** Under what `distinct` counts a value: equal texts are equal values, as PHP compares loosely. */
export function occurrenceKey(value: unknown): string {
  return isContainer(value) ? `${countOf(value)}:${JSON.stringify(value)}` : toText(value)
}
