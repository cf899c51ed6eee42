import { ApiError } from '#contract/errors.ts'
import type { GuestApi, Menu } from './guest-api.ts'

export type MenuState =
  | { step: 'loading' }
  | { step: 'there'; menu: Menu }
  | { step: 'unknown' }
  | { step: 'failed'; isNetwork: boolean }

export interface MenuParts {
  api: Pick<GuestApi, 'menu'>
  code: string | null
  wait: (ms: number) => Promise<void>
}

const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000]

/** The menu, asked for until it is there. A menu on the screen stays there while a fresh one is asked for. */
export class MenuLoader {
  private readonly parts: MenuParts
  private readonly listeners = new Set<() => void>()
  private current: MenuState = { step: 'loading' }
  private isLoading = false

  constructor(parts: MenuParts) {
    this.parts = parts
  }

  get state(): MenuState {
    return this.current
  }

  readonly listen = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  async load(): Promise<void> {
    if (this.isLoading) return
    this.isLoading = true
    for (let attempt = 0; this.isLoading; attempt++) {
      const state = await this.ask()
      const isFinal = state.step !== 'failed'
      if (isFinal || this.current.step !== 'there') this.show(state)
      this.isLoading = !isFinal
      if (!isFinal) await this.parts.wait(waits[Math.min(attempt, waits.length - 1)] ?? 0)
    }
  }

  private async ask(): Promise<MenuState> {
    try {
      return { step: 'there', menu: await this.parts.api.menu(this.parts.code) }
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return { step: 'unknown' }
      return { step: 'failed', isNetwork: !(error instanceof ApiError) }
    }
  }

  private show(state: MenuState): void {
    this.current = state
    for (const listener of this.listeners) listener()
  }
}
