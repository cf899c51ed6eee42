import type { AppEvent } from '#contract/events.ts'

/** Hands events to whoever listens at the moment; nobody listening loses nothing that is not in the database. */
export class EventHub {
  private readonly listeners = new Set<(event: AppEvent) => void>()
  private windows = 0

  /** Whether any window is open, here or in a browser. */
  get isWatched(): boolean {
    return this.windows > 0
  }

  emit(event: AppEvent): void {
    for (const listener of this.listeners) listener(event)
  }

  /** Returns how to stop listening. */
  listen(listener: (event: AppEvent) => void): () => boolean {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** `listen` for a window in which a person may look. */
  watch(listener: (event: AppEvent) => void): () => void {
    const stop = this.listen(listener)
    this.windows += 1
    return () => {
      if (stop()) this.windows -= 1
    }
  }
}
