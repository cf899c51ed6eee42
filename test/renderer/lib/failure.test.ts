import { describe, expect, it } from 'vitest'
import { ApiError } from '#contract/errors.ts'
import { describeFailure, fieldErrorsOf, retryDelay, shouldRetry } from '#renderer/lib/failure.ts'
import { loadMessages } from '#renderer/app/messages/load-messages.ts'

const i18n = loadMessages(['en'])
const t = (id: string, values?: Record<string, unknown>): string => i18n._(id, values)

describe('a failed call', () => {
  it.each([0, 400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503])(
    'with status %i says what helps',
    (status) => {
      const { title, advice } = describeFailure(new ApiError(status, 'The reason.'), t)
      expect(title).not.toMatch(/^failure\./)
      expect(advice).toMatch(/[a-z].*\./)
    },
  )

  it('for lack of a server does not speak of the internet', () => {
    expect(describeFailure(new TypeError('Failed to fetch'), t).title).toBe('The app does not answer')
  })

  it('over a limit tells how long to wait', () => {
    const error = new ApiError(429, 'Too Many Attempts.', undefined, { 'retry-after': '1' })
    expect(describeFailure(error, t).advice).toContain('Wait a second')
  })
})

describe('asking again', () => {
  it('is never tried for a refusal', () => {
    for (const status of [401, 403, 404, 409, 412, 422]) {
      expect(shouldRetry(0, new ApiError(status, ''))).toBe(false)
    }
  })

  it('is tried thrice for faults and full windows, the latter only after their time', () => {
    expect(shouldRetry(2, new ApiError(503, ''))).toBe(true)
    expect(shouldRetry(0, new TypeError('Failed to fetch'))).toBe(true)
    expect(shouldRetry(3, new ApiError(503, ''))).toBe(false)
    expect(retryDelay(0, new ApiError(429, '', undefined, { 'retry-after': '7' }))).toBe(7_000)
  })
})

it('errors of nested fields are shown on the field that holds them', () => {
  const error = new ApiError(422, '', { 'tags.0': ['Too long.'], 'tags.3': ['Empty.'], slug: ['Taken.'] })
  expect(fieldErrorsOf(error)).toEqual({
    tags: ['Too long.', 'Empty.'],
    'tags.0': ['Too long.'],
    'tags.3': ['Empty.'],
    slug: ['Taken.'],
  })
  expect(fieldErrorsOf(new ApiError(500, ''))).toEqual({})
})
