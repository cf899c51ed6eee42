import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Limiter, type Limit } from '#server/http/limiter.ts'
import { throttles, throttleTable } from '#server/http/throttles.ts'
import { sharedFile } from '#test/support/shared-data.ts'

type Step = [
  now: number,
  status: number,
  limit: string,
  remaining: string,
  retryAfter: string | null,
  reset: string | null,
]

const measured = sharedFile('laravel-throttle-traces.json')

describe.skipIf(!measured)(
  'windows that Laravel counted (skipped where the reference data is absent)',
  () => {
    const traces = measured
      ? (JSON.parse(readFileSync(measured, 'utf8')) as { limits: [number, number][]; steps: Step[] }[])
      : []

    it('answers each of the 1,750 steps with the same headers', () => {
      expect(traces.flatMap((trace) => trace.steps)).toHaveLength(1750)
      for (const { limits, steps } of traces) {
        let now = 0
        const limiter = new Limiter(() => now)
        const windows = limits.map(([max, decaySeconds], index) => ({ key: `k${index}`, max, decaySeconds }))
        const ours = steps.map(([at]): Step => {
          now = at
          const verdict = limiter.attempt(windows)
          const { limit, remaining } = verdict
          const refused = verdict.allowed ? [null, null] : [String(verdict.retryAfter), String(verdict.reset)]
          return [at, verdict.allowed ? 200 : 429, String(limit), String(remaining), ...refused] as Step
        })
        expect(ours).toEqual(steps)
      }
    })
  },
)

const minute = (key: string, max: number): Limit => ({ key, max, decaySeconds: 60 })

describe('the limiter', () => {
  it('never lets more through in a window than it says, and never refuses for longer', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 100 })
    fc.assert(
      fc.property(waits, fc.integer({ min: 1, max: 5 }), (steps, max) => {
        let now = 1_795_392_000_000
        const limiter = new Limiter(() => now)
        const passed: number[] = []
        for (const step of steps) {
          now += step
          const verdict = limiter.attempt([minute('k', max)])
          if (verdict.allowed) passed.push(now)
          expect(verdict.allowed ? 0 : verdict.retryAfter).toBeLessThanOrEqual(60)
        }
        // A fixed window may meet the next one, so any minute holds at most two of them.
        for (const at of passed) {
          expect(passed.filter((other) => other >= at && other < at + 60_000).length).toBeLessThanOrEqual(
            2 * max,
          )
        }
      }),
    )
  })

  it('takes nothing from a wide window when a narrow one is full', () => {
    const limiter = new Limiter(() => 1_795_392_000_000)
    const limits = [{ key: 'day', max: 5, decaySeconds: 86_400 }, minute('minute', 1)]
    expect(limiter.attempt(limits)).toEqual({ allowed: true, limit: 1, remaining: 0 })
    for (let call = 0; call < 10; call++) expect(limiter.attempt(limits).limit).toBe(1)
    expect(limiter.attempt([{ key: 'day', max: 5, decaySeconds: 86_400 }]).remaining).toBe(3)
  })

  it('forgets windows that ended, and stays within its memory under a flood of new keys', () => {
    let now = 0
    const limiter = new Limiter(() => now, 1000)
    for (let key = 0; key < 5000; key++) limiter.attempt([minute(`k${key}`, 1)])
    expect(limiter.size).toBeLessThanOrEqual(1000)
    now = 120_000
    limiter.attempt([minute('late', 1)])
    expect(limiter.size).toBe(1)
  })
})

describe('the named throttles', () => {
  it('stand in one table that an operator may change', () => {
    expect(throttleTable().auth).toBe(10)
    expect(throttleTable({ auth: 3 })).toEqual({ ...throttleTable(), auth: 3 })
    expect(Object.keys(throttleTable())).toEqual(Object.keys(throttles))
    expect(throttles.auth.by).toBe('ip+email')
  })

  it.each<[string, unknown]>([
    ['nope', 1],
    ['toString', 1],
    ['auth', 0],
    ['auth', -1],
    ['auth', 1.5],
    ['auth', '9'],
    ['auth', null],
  ])('refuse %s: %j, naming the field', (name, value) => {
    expect(() => throttleTable({ [name]: value })).toThrow(
      expect.objectContaining({ status: 422, errors: { [`throttles.${name}`]: [expect.any(String)] } }),
    )
  })
})
