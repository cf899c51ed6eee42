import { ApiError, type FieldErrors } from '#contract/errors.ts'
import type { Translate } from './translate.ts'

export interface Failure {
  title: string
  /** What to do next, in a sentence. */
  advice: string
}

/** Says what went wrong and what helps, for anything that a call can throw. */
export function describeFailure(error: unknown, t: Translate): Failure {
  if (!(error instanceof ApiError))
    return { title: t('failure.offline'), advice: t('failure.offline.advice') }
  const { status, message } = error
  if (status === 401) return { title: t('failure.signedOut'), advice: t('failure.signedOut.advice') }
  if (status === 403)
    return { title: t('failure.forbidden'), advice: message || t('failure.forbidden.advice') }
  if (status === 404) return { title: t('failure.notFound'), advice: t('failure.notFound.advice') }
  if (status === 409) return { title: t('failure.busy'), advice: message }
  if (status === 412) return { title: t('failure.changed'), advice: t('failure.changed.advice') }
  if (status === 413) return { title: t('failure.tooLarge'), advice: t('failure.tooLarge.advice') }
  if (status === 422) return { title: t('failure.invalid'), advice: message }
  if (status === 429) {
    const seconds = Number(error.headers['retry-after'] ?? 60)
    return { title: t('failure.tooMany'), advice: t('failure.tooMany.advice', { seconds }) }
  }
  return { title: t('failure.server'), advice: t('failure.server.advice') }
}

/** The errors of a 422 by field; those of nested paths (`tags.0`) also by their first part, for who has one field. */
export function fieldErrorsOf(error: unknown): FieldErrors {
  if (!(error instanceof ApiError) || error.status !== 422) return {}
  const fields: FieldErrors = {}
  for (const [path, sentences] of Object.entries(error.errors ?? {})) {
    const field = path.split('.', 1)[0] ?? path
    fields[field] = [...(fields[field] ?? []), ...sentences]
    const parts = path.split('.')
    for (let count = 2; count <= parts.length; count++) {
      const longer = parts.slice(0, count).join('.')
      fields[longer] = [...(fields[longer] ?? []), ...sentences]
    }
  }
  return fields
}

/** Whether asking again may help (contract, section 1), and never more than thrice. */
export function shouldRetry(failures: number, error: unknown): boolean {
  if (failures >= 3) return false
  return !(error instanceof ApiError) || error.status === 429 || error.status >= 500
}

/** Milliseconds until the next try: the window that a 429 names, else 0.5 s doubling. */
export function retryDelay(failures: number, error: unknown): number {
  const wait = error instanceof ApiError && error.status === 429 ? Number(error.headers['retry-after']) : NaN
  return Number.isFinite(wait) ? wait * 1000 : Math.min(500 * 2 ** failures, 8_000)
}
