import { isIP, isIPv4, isIPv6 } from 'node:net'
import { isoMoment, matchesDateFormat } from './dates.ts'
import type { Field, RuleCheck } from './field.ts'
import { isEmail, isHexColor, isJson, isMacAddress, isTimezone, isUlid, isUrl, isUuid } from './formats.ts'
import {
  countOf,
  isContainer,
  isInteger,
  isList,
  isNumeric,
  isText,
  lengthOf,
  toText,
  type Container,
} from './php-values.ts'

const numericRules = ['numeric', 'integer', 'decimal']

/** What `min`, `max` and their kind measure: a number, a count, or characters. */
export function sizeOf({ value, rules }: Field): number {
  if (isNumeric(value) && isMeasuredAsNumber(rules)) return Number(toText(value).trim())
  return isContainer(value) ? countOf(value) : lengthOf(toText(value))
}

export function isMeasuredAsNumber(rules: ReadonlySet<string>): boolean {
  return numericRules.some((rule) => rules.has(rule))
}

const text =
  (test: (value: string) => boolean): RuleCheck =>
  ({ value }) =>
    typeof value === 'string' && test(value)

const container =
  (test: (value: Container, parameters: readonly string[]) => boolean): RuleCheck =>
  ({ value }, parameters) =>
    isContainer(value) && test(value, parameters)

const digits =
  (test: (count: number, first: number, second: number) => boolean): RuleCheck =>
  ({ value }, [first, second]) =>
    isText(value) && /^\d*$/.test(toText(value)) && test(toText(value).length, Number(first), Number(second))

const affix =
  (test: (value: string, affix: string) => boolean, wanted: boolean): RuleCheck =>
  ({ value }, parameters) =>
    isText(value) && parameters.some((one) => one !== '' && test(toText(value), one)) === wanted

const letters =
  (unicode: RegExp, ascii: RegExp): RuleCheck =>
  ({ value }, [charset]) =>
    isText(value) && (charset === 'ascii' ? ascii : unicode).test(toText(value))

const never: RuleCheck = () => false

/** PHP's patterns: `/…/flags`, and a `$` that also stands before a final line feed. */
function matchesPhpPattern(value: unknown, pattern: string): boolean {
  if (!isText(value)) return false
  const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(pattern) ?? [undefined, pattern]
  const expression = new RegExp(source, flags.replace(/[^imsu]/g, ''))
  const subject = toText(value)
  return (
    expression.test(subject) ||
    (source.endsWith('$') && /[^\n]\n$/.test(subject) && expression.test(subject.slice(0, -1)))
  )
}

function hasDecimals(value: unknown, least: number, most: number): boolean {
  if (!isNumeric(value)) return false
  const decimals = /^[+-]?\d*\.?(\d*)$/.exec(toText(value))?.[1]?.length
  return decimals !== undefined && decimals >= least && decimals <= most
}

function isAmong({ value, rules }: Field, parameters: readonly string[]): boolean {
  if (!isContainer(value)) return parameters.includes(toText(value))
  return (
    rules.has('array') &&
    Object.values(value).every((one) => !isContainer(one) && parameters.includes(toText(one)))
  )
}

const booleans: readonly unknown[] = [true, false, 0, 1, '0', '1']
const yes: readonly unknown[] = ['yes', 'on', '1', 1, true, 'true']
const no: readonly unknown[] = ['no', 'off', '0', 0, false, 'false']

/** The rules that look at the value alone, and at the names of its other rules. */
export const valueRules: Readonly<Record<string, RuleCheck>> = {
  string: text(() => true),
  integer: ({ value }, [mode]) =>
    mode === 'strict' ? Number.isInteger(value) : !isContainer(value) && isInteger(value),
  numeric: ({ value }, [mode]) => (mode === 'strict' ? typeof value === 'number' : isNumeric(value)),
  boolean: ({ value }, [mode]) => (mode === 'strict' ? typeof value === 'boolean' : booleans.includes(value)),
  accepted: ({ value }) => yes.includes(value),
  declined: ({ value }) => no.includes(value),
  array: container(
    (value, allowed) => allowed.length === 0 || Object.keys(value).every((key) => allowed.includes(key)),
  ),
  list: ({ value }) => isList(value),
  required_array_keys: container((value, keys) => keys.every((key) => Object.hasOwn(value, key))),
  contains: container((value, wanted) =>
    wanted.every((one) => Object.values(value).some((item) => toText(item) === one)),
  ),
  json: ({ value }) => !isContainer(value) && value !== null && isJson(toText(value)),
  max: (field, [most]) => sizeOf(field) <= Number(most),
  min: (field, [least]) => sizeOf(field) >= Number(least),
  size: (field, [size]) => sizeOf(field) === Number(size),
  between: (field, [least, most]) => sizeOf(field) >= Number(least) && sizeOf(field) <= Number(most),
  digits: digits((count, wanted) => count === wanted),
  digits_between: digits((count, least, most) => count >= least && count <= most),
  min_digits: digits((count, least) => count >= least),
  max_digits: digits((count, most) => count <= most),
  decimal: ({ value }, [least, most]) => hasDecimals(value, Number(least), Number(most ?? least)),
  multiple_of: ({ value }, [step]) =>
    isNumeric(value) && isMultiple(Number(toText(value).trim()), Number(step)),
  url: ({ value }, schemes) => typeof value === 'string' && isUrl(value, schemes),
  email: text(isEmail),
  uuid: text(isUuid),
  ulid: text(isUlid),
  ip: text((value) => isIP(value) !== 0),
  ipv4: text(isIPv4),
  ipv6: text(isIPv6),
  mac_address: text(isMacAddress),
  timezone: text(isTimezone),
  hex_color: text(isHexColor),
  date: text((value) => isoMoment(value) !== undefined),
  date_format: ({ value }, formats) =>
    isText(value) && formats.some((format) => matchesDateFormat(toText(value), format)),
  regex: ({ value }, [pattern = '']) => matchesPhpPattern(value, pattern),
  not_regex: ({ value }, [pattern = '']) => isText(value) && !matchesPhpPattern(value, pattern),
  starts_with: affix((value, start) => value.startsWith(start), true),
  ends_with: affix((value, end) => value.endsWith(end), true),
  doesnt_start_with: affix((value, start) => value.startsWith(start), false),
  doesnt_end_with: affix((value, end) => value.endsWith(end), false),
  alpha: (field, parameters) => typeof field.value === 'string' && alpha(field, parameters),
  alpha_num: letters(/^[\p{L}\p{M}\p{N}]+$/u, /^[a-zA-Z0-9]+$/),
  alpha_dash: letters(/^[\p{L}\p{M}\p{N}_-]+$/u, /^[a-zA-Z0-9_-]+$/),
  ascii: ({ value }) => !isContainer(value) && !/[^\0-\x7F]/.test(toText(value)),
  lowercase: ({ value }) => !isContainer(value) && toText(value).toLowerCase() === toText(value),
  uppercase: ({ value }) => !isContainer(value) && toText(value).toUpperCase() === toText(value),
  in: isAmong,
  not_in: (field, parameters) => !isAmong(field, parameters),
  // Files never arrive inside JSON or a query; uploads have routes of their own.
  file: never,
  image: never,
  mimes: never,
  mimetypes: never,
  extensions: never,
  // There are no passwords: people sign in with a code.
  current_password: never,
}

const alpha = letters(/^[\p{L}\p{M}]+$/u, /^[a-zA-Z]+$/)

/** Decimal fractions are not exact in binary, so the quotient may be off by a rounding. */
function isMultiple(value: number, step: number): boolean {
  if (step === 0) return false
  const quotient = value / step
  return Math.abs(quotient - Math.round(quotient)) < 1e-9 * Math.max(1, Math.abs(quotient))
}
