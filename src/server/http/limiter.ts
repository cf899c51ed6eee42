import type { Clock } from '../clock.ts'

/** A window to count in: `max` calls per `decaySeconds`, counted under `key`. */
export interface Limit {
  key: string
  max: number
  decaySeconds: number
}

/** What the rate headers say. `retryAfter` (seconds) and `reset` (unix seconds) are there on a refusal alone. */
export type Verdict =
  | { allowed: true; limit: number; remaining: number }
  | { allowed: false; limit: number; remaining: 0; retryAfter: number; reset: number }

interface Window {
  hits: number
  /** Unix seconds, told to the caller. */
  reset: number
  /** Milliseconds; from here on the window is gone. */
  end: number
}

/**
 * Laravel 13's limiter: fixed windows from the first hit. A refused call is not counted and does not extend its
 * window; with several limits none is counted unless all have room. Measured: 1,750 steps of Laravel 13.26.
 */
export class Limiter {
  readonly #clock: Clock
  readonly #mostKeys: number
  readonly #windows = new Map<string, Window>()
  #nextSweep = 0

  /** `mostKeys` bounds the memory; past it the oldest windows are forgotten. */
  constructor(clock: Clock, mostKeys = 100_000) {
    this.#clock = clock
    this.#mostKeys = mostKeys
  }

  /** Counts one call against all the limits, or against none when one is full: the first full one answers. Of no limits, the room is infinite. */
  attempt(limits: readonly Limit[]): Verdict {
    const now = this.#clock()
    for (const limit of limits) {
      const window = this.#live(limit.key, now)
      if (window && window.hits >= limit.max) return refusal(limit, window, now)
    }
    let tightest: Verdict = { allowed: true, limit: Infinity, remaining: Infinity }
    for (const limit of limits) {
      const remaining = Math.max(limit.max - this.#hit(limit, now), 0)
      if (remaining < tightest.remaining) tightest = { allowed: true, limit: limit.max, remaining }
    }
    return tightest
  }

  /** How many keys are held; for tests and diagnostics. */
  get size(): number {
    return this.#windows.size
  }

  #live(key: string, now: number): Window | undefined {
    const window = this.#windows.get(key)
    return window && now < window.end ? window : undefined
  }

  #hit({ key, decaySeconds }: Limit, now: number): number {
    const window = this.#live(key, now)
    if (window) {
      window.hits += 1
      return window.hits
    }
    this.#windows.delete(key)
    this.#makeRoom(now)
    this.#windows.set(key, {
      hits: 1,
      reset: Math.floor(now / 1000) + decaySeconds,
      end: now + decaySeconds * 1000,
    })
    return 1
  }

  /** Ended windows go once a minute, or at once when there is no room; then the ones that began first. */
  #makeRoom(now: number): void {
    const full = this.#windows.size >= this.#mostKeys
    if (now >= this.#nextSweep || full) {
      this.#nextSweep = now + 60_000
      for (const [key, window] of this.#windows) if (now >= window.end) this.#windows.delete(key)
    }
    // A tenth at a time, so that a flood of new keys does not sweep at each call.
    if (this.#windows.size < this.#mostKeys) return
    let surplus = Math.ceil(this.#mostKeys / 10)
    for (const key of this.#windows.keys()) {
      if (surplus === 0) return
      this.#windows.delete(key)
      surplus -= 1
    }
  }
}

function refusal(limit: Limit, window: Window, now: number): Verdict {
  const retryAfter = Math.max(window.reset - Math.floor(now / 1000), 0)
  return { allowed: false, limit: limit.max, remaining: 0, retryAfter, reset: window.reset }
}
