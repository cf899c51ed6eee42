import { checkDestination } from '#contract/destinations.ts'
import { makeReservedMatcher } from '#contract/reserved-slugs.ts'
import { canonicalSlug, slugProblem } from '#contract/slugs.ts'
import type { Checks } from './from-schema.ts'

const reserved = makeReservedMatcher()

/** What schemas name with `x-check`: each answers a sentence about a value that is wrong, or nothing. */
export const inputChecks: Checks = {
  slug(value) {
    if (typeof value !== 'string') return undefined
    const problem = slugProblem(value)
    if (problem) return problem.message
    const entry = reserved.exact(canonicalSlug(value))
    return entry && `This slug is reserved: it is ${entry.reason}. Choose another one.`
  },
  destination(value) {
    if (typeof value !== 'string') return undefined
    return checkDestination(value).find(({ severity }) => severity === 'error')?.message
  },
  domain(value) {
    const known = typeof value === 'string' && checkDestination(`https://${value}/`).every(isNoError)
    return known && !/[/?#@\s]/.test(value)
      ? undefined
      : 'The :attribute field must be a public domain such as go.example.com.'
  },
  timezone(value) {
    return isTimezone(value) ? undefined : 'The :attribute field must be a valid timezone.'
  },
  encoding(value) {
    return isEncoding(value) ? undefined : 'The selected :attribute is invalid.'
  },
}

function isNoError({ severity }: { severity: string }): boolean {
  return severity !== 'error'
}

function isTimezone(value: unknown): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: String(value) })
    return true
  } catch {
    return false
  }
}

function isEncoding(value: unknown): boolean {
  try {
    new TextDecoder(String(value))
    return true
  } catch {
    return false
  }
}
