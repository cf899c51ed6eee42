import { createContext, useContext, useEffect, useEffectEvent } from 'react'
import type { AppEvent } from '#contract/events.ts'

/** What the server told; `connected` after every connection, since what happened before it was not heard. */
export type Told = AppEvent | { type: 'connected' }

type Listener = (told: Told) => void

/** Hands the server's events on to screens that want more than to ask again. */
export class AppEvents {
  readonly #listeners = new Set<Listener>()

  emit(told: Told): void {
    for (const listener of this.#listeners) listener(told)
  }

  /** Returns how to stop. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

export const AppEventsContext = createContext<AppEvents | undefined>(undefined)

/** The events of this window, for those that pass them on. */
export function useAppEventSource(): AppEvents {
  const events = useContext(AppEventsContext)
  if (!events) throw new Error('useAppEventSource outside of AppEventsContext')
  return events
}

/** Listens while mounted. */
export function useAppEvents(listener: Listener): void {
  const events = useAppEventSource()
  const heard = useEffectEvent(listener)
  useEffect(() => events.subscribe((told) => heard(told)), [events])
}
