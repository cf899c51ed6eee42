import { createContext, useContext, useSyncExternalStore } from 'react'
import { minutesSince } from './order-age.ts'

const every = 5_000

/** One clock for all cards, running while anybody looks at it. */
export class Ticker {
  readonly #listeners = new Set<() => void>()
  #timer: ReturnType<typeof setInterval> | undefined

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#timer ??= setInterval(() => this.#tick(), every)
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  #tick(): void {
    for (const listener of this.#listeners) listener()
  }
}

export const TickerContext = createContext<Ticker | undefined>(undefined)

/** Whole minutes since a time; draws again only when they change. */
export function useMinutesSince(iso: string): number {
  const ticker = useContext(TickerContext)
  if (!ticker) throw new Error('useMinutesSince outside of TickerContext')
  return useSyncExternalStore(ticker.subscribe, () => minutesSince(iso, Date.now()))
}
