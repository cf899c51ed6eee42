import type { ThrottleName } from '#contract/endpoint.ts'
import { ValidationFailed, type FieldErrors } from '#contract/errors.ts'

export type NamedThrottle = Exclude<ThrottleName, 'none'> | 'token-api'

/** Attempts a minute of each named throttle. */
export type ThrottleTable = Readonly<Record<NamedThrottle, number>>

export interface Throttle {
  maxPerMinute: number
  /** Who shares one window. */
  by: 'ip+email' | 'ip' | 'user' | 'token'
}

/** The named throttles of the contract's section 3. The one place where their numbers stand. */
export const throttles: Readonly<Record<NamedThrottle, Throttle>> = {
  auth: { maxPerMinute: 10, by: 'ip+email' },
  'public-forms': { maxPerMinute: 20, by: 'ip' },
  rcaptcha: { maxPerMinute: 60, by: 'ip' },
  'qr-redirects': { maxPerMinute: 600, by: 'ip' },
  'user-api': { maxPerMinute: 300, by: 'user' },
  'token-api': { maxPerMinute: 120, by: 'token' },
  mcp: { maxPerMinute: 60, by: 'token' },
  ai: { maxPerMinute: 20, by: 'token' },
  'admin-writes': { maxPerMinute: 60, by: 'user' },
  exports: { maxPerMinute: 30, by: 'user' },
  'webhook-tests': { maxPerMinute: 10, by: 'user' },
}

const most = 1_000_000

/**
 * The table in force: the contract's numbers with the operator's own in their place. Throws `ValidationFailed`
 * (422, under `throttles.<name>`) for a name that is none and for anything but an integer from 1 to 1,000,000.
 */
export function throttleTable(overrides: Readonly<Record<string, unknown>> = {}): ThrottleTable {
  const table = Object.fromEntries(
    Object.entries(throttles).map(([name, { maxPerMinute }]) => [name, maxPerMinute]),
  ) as Record<NamedThrottle, number>
  const errors: FieldErrors = {}
  for (const [name, value] of Object.entries(overrides)) {
    const path = `throttles.${name}`
    if (!isThrottle(name)) errors[path] = [`The selected ${path} is invalid.`]
    else if (!isCount(value)) errors[path] = [`The ${path} field must be between 1 and ${most}.`]
    else table[name] = value
  }
  if (Object.keys(errors).length > 0) throw new ValidationFailed(errors)
  return table
}

function isThrottle(name: string): name is NamedThrottle {
  return Object.hasOwn(throttles, name)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most
}
