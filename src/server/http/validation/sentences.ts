import { isMeasuredAsNumber } from './value-rules.ts'

type Sizes = { string: string; numeric: string; array: string }

const sizes = (start: string, unit: string, array: string): Sizes => ({
  string: `${start} ${unit} characters.`,
  numeric: `${start} ${unit}.`,
  array,
})

const withAttribute = 'The :attribute field'

/** What stands after "The :attribute field" (Laravel 13.26). */
const afterAttribute: Readonly<Record<string, string | Sizes>> = {
  required: 'is required.',
  filled: 'must have a value.',
  present: 'must be present.',
  missing: 'must be missing.',
  prohibited: 'is prohibited.',
  required_if: 'is required when :other is :value.',
  required_unless: 'is required unless :other is in :values.',
  required_with: 'is required when :paths is present.',
  required_with_all: 'is required when :paths are present.',
  required_without: 'is required when :paths is not present.',
  required_without_all: 'is required when none of :paths are present.',
  string: 'must be a string.',
  integer: 'must be an integer.',
  numeric: 'must be a number.',
  boolean: 'must be true or false.',
  array: 'must be an array.',
  list: 'must be a list.',
  json: 'must be a valid JSON string.',
  max: sizes('must not be greater than', ':0', 'must not have more than :0 items.'),
  min: sizes('must be at least', ':0', 'must have at least :0 items.'),
  size: sizes('must be', ':0', 'must contain :0 items.'),
  between: sizes('must be between', ':0 and :1', 'must have between :0 and :1 items.'),
  gt: 'must be greater than :0.',
  gte: 'must be greater than or equal to :0.',
  lt: 'must be less than :0.',
  lte: 'must be less than or equal to :0.',
  digits: 'must be :0 digits.',
  digits_between: 'must be between :0 and :1 digits.',
  min_digits: 'must have at least :0 digits.',
  max_digits: 'must not have more than :0 digits.',
  decimal: 'must have :span decimal places.',
  multiple_of: 'must be a multiple of :0.',
  url: 'must be a valid URL.',
  email: 'must be a valid email address.',
  uuid: 'must be a valid UUID.',
  ulid: 'must be a valid ULID.',
  ip: 'must be a valid IP address.',
  ipv4: 'must be a valid IPv4 address.',
  ipv6: 'must be a valid IPv6 address.',
  mac_address: 'must be a valid MAC address.',
  timezone: 'must be a valid timezone.',
  hex_color: 'must be a valid hexadecimal color.',
  date: 'must be a valid date.',
  date_format: 'must match the format :0.',
  after: 'must be a date after :date.',
  after_or_equal: 'must be a date after or equal to :date.',
  before: 'must be a date before :date.',
  before_or_equal: 'must be a date before or equal to :date.',
  date_equals: 'must be a date equal to :date.',
  regex: 'format is invalid.',
  not_regex: 'format is invalid.',
  starts_with: 'must start with one of the following: :all.',
  ends_with: 'must end with one of the following: :all.',
  doesnt_start_with: 'must not start with one of the following: :all.',
  doesnt_end_with: 'must not end with one of the following: :all.',
  alpha: 'must only contain letters.',
  alpha_num: 'must only contain letters and numbers.',
  alpha_dash: 'must only contain letters, numbers, dashes, and underscores.',
  ascii: 'must only contain single-byte alphanumeric characters and symbols.',
  lowercase: 'must be lowercase.',
  uppercase: 'must be uppercase.',
  confirmed: 'confirmation does not match.',
  same: 'must match :other.',
  different: 'and :other must be different.',
  distinct: 'has a duplicate value.',
  required_array_keys: 'must contain entries for: :all.',
  contains: 'is missing a required value.',
  accepted: 'must be accepted.',
  declined: 'must be declined.',
  file: 'must be a file.',
  image: 'must be an image.',
  mimes: 'must be a file of type: :all.',
  mimetypes: 'must be a file of type: :all.',
  extensions: 'must have one of the following extensions: :all.',
  any_of: 'is invalid.',
}

const whole: Readonly<Record<string, string>> = {
  in: 'The selected :attribute is invalid.',
  not_in: 'The selected :attribute is invalid.',
  exists: 'The selected :attribute is invalid.',
  unique: 'The :attribute has already been taken.',
  current_password: 'The password is incorrect.',
}

/** What a broken rule says, `:attribute` still in it. `rules` are the names of all rules of the field. */
export function sentenceOf(rule: string, parameters: readonly string[], rules: ReadonlySet<string>): string {
  const found = afterAttribute[rule]
  const template = typeof found === 'object' ? found[kindOf(rules)] : found
  const sentence = template === undefined ? whole[rule] : `${withAttribute} ${template}`
  if (sentence === undefined) throw new RangeError(`There is no sentence for the rule ${rule}`)
  return fill(sentence, parameters)
}

function kindOf(rules: ReadonlySet<string>): keyof Sizes {
  if (isMeasuredAsNumber(rules)) return 'numeric'
  return rules.has('array') || rules.has('list') ? 'array' : 'string'
}

/** `:0` a parameter, `:all` all of them, `:paths` them as fields, `:other` the first as a field, and so on. */
function fill(sentence: string, parameters: readonly string[]): string {
  const [first = ''] = parameters
  return sentence.replace(/:(0|1|all|paths|other|values|value|span|date)\b/g, (_, name: string) => {
    if (name === 'all') return parameters.join(', ')
    if (name === 'paths') return parameters.map(displayName).join(' / ')
    if (name === 'other') return displayName(first)
    if (name === 'values') return parameters.slice(1).join(', ')
    if (name === 'value') return parameters[1] ?? ''
    if (name === 'span') return parameters.join('-')
    if (name === 'date') return /^[a-z]+_[a-z_]+$/.test(first) ? displayName(first) : first
    return parameters[Number(name)] ?? ''
  })
}

/** A field's name in a sentence: `destination_url` → `destination url`, `qrCode` → `qr code`. */
export function displayName(attribute: string): string {
  return attribute
    .replace(/(.)(?=[A-Z])/gs, '$1_')
    .toLowerCase()
    .replaceAll('_', ' ')
}
