import type { AppEvent } from '#contract/events.ts'

/** Hands events to whoever listens at the moment; nobody listening loses nothing that is not in the database. */
export class EventHub {
  private readonly listeners = new Set<(event: AppEvent) => void>()

  emit(event: AppEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  /** Returns how to stop listening. */
  listen(listener: (event: AppEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}
