import type { FieldErrors } from '#contract/errors.ts'
import { passportProfiles, type ProfileField } from '#contract/passport-profiles.ts'
import type { PassportProfile } from '#contract/product-passports.ts'

type Extension = Record<string, unknown>

/**
 * The fields of a product group as they are kept, in the profile's own order; what is empty is left out. `errors`
 * holds a sentence for each field that its profile does not know or does not take.
 */
export function checkExtension(
  profile: PassportProfile,
  sent: Extension,
): { extension: Extension; errors: FieldErrors } {
  const fields = passportProfiles[profile]
  const errors: FieldErrors = {}
  for (const key of Object.keys(sent)) {
    if (fields.some((field) => field.key === key)) continue
    errors[`extension.${key}`] = [`The ${profile} profile has no field ${key}.`]
  }
  const kept: [string, unknown][] = []
  for (const field of fields) {
    const value = Object.hasOwn(sent, field.key) ? sent[field.key] : null
    if (value === null || value === undefined || value === '') continue
    const problem = problemOf(field, value)
    if (problem) errors[`extension.${field.key}`] = [problem]
    else kept.push([field.key, value])
  }
  return { extension: Object.fromEntries(kept), errors }
}

function problemOf(field: ProfileField, value: unknown): string | undefined {
  const { label, kind } = field
  switch (kind) {
    case 'text':
      return textProblem(field, value)
    case 'number':
    case 'integer':
      return numberProblem(field, value)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `${label} must be true or false.`
    case 'date':
      return isDay(value) ? undefined : `${label} must be a day such as 2027-02-18.`
    default:
      return field.choices?.includes(value as string)
        ? undefined
        : `${label} must be one of: ${field.choices?.join(', ')}.`
  }
}

function textProblem({ label, maxLength = Infinity }: ProfileField, value: unknown): string | undefined {
  if (typeof value !== 'string') return `${label} must be a text.`
  return value.length > maxLength ? `${label} has at most ${maxLength} characters.` : undefined
}

function numberProblem(field: ProfileField, value: unknown): string | undefined {
  const { label, kind, unit, minimum = -Infinity, maximum = Infinity } = field
  if (typeof value !== 'number' || !Number.isFinite(value)) return `${label} must be a number.`
  if (kind === 'integer' && !Number.isSafeInteger(value)) return `${label} must be a whole number.`
  const of = unit === '' ? '' : ` ${unit}`
  if (value < minimum) return `${label} must be at least ${minimum}${of}.`
  return value > maximum ? `${label} must be at most ${maximum}${of}.` : undefined
}

function isDay(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value)
}
