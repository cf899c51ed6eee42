import type { AppCommand } from '#contract/bridge.ts'

/** Holds commands until the page listens: a deep link may start the app, long before there is a page. */
export class CommandQueue {
  private readonly deliver: (command: AppCommand) => void
  private waiting: AppCommand[] = []
  private listening = false

  constructor(deliver: (command: AppCommand) => void) {
    this.deliver = deliver
  }

  send(command: AppCommand): void {
    if (this.listening) this.deliver(command)
    else this.waiting.push(command)
  }

  /** The page listens from now on; what waited for it, oldest first. */
  take(): AppCommand[] {
    this.listening = true
    return this.waiting.splice(0)
  }

  /** The page is being replaced. */
  pause(): void {
    this.listening = false
  }
}
