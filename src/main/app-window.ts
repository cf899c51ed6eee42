import { app, type BrowserWindow } from 'electron'
import type { AppCommand, BridgeEvents, ServerState } from '#contract/bridge.ts'
import { CommandQueue } from './command-queue.ts'
import { bringToFront, loadPage, openWindow } from './window.ts'

/** Owner of the one window: opens it when it is wanted, and brings commands and news to its page. */
export class AppWindow {
  private readonly preload: string
  private readonly mayLoad: () => boolean
  private readonly commands = new CommandQueue((command) => this.tell('command', command))
  private readonly goneListeners: (() => void)[] = []
  private window: BrowserWindow | undefined
  private shown: ServerState['state'] | undefined

  /** `mayLoad` holds the page back until the server is ready or has given up. */
  constructor(preload: string, mayLoad: () => boolean) {
    this.preload = preload
    this.mayLoad = mayLoad
  }

  /** Undefined while there is none, or it is closed. */
  get current(): BrowserWindow | undefined {
    return this.window
  }

  show(): void {
    if (this.window !== undefined) return bringToFront(this.window)
    const window = openWindow({
      preload: this.preload,
      folder: app.getPath('userData'),
      onPageGone: () => this.pageGone(),
    })
    window.on('closed', () => (this.window = undefined))
    this.window = window
    if (this.mayLoad()) loadPage(window)
  }

  /** Brings the window to the front with a wish for its page. What comes before `ready` waits for the first window. */
  send(command: AppCommand): void {
    this.commands.send(command)
    if (app.isReady()) this.show()
  }

  takeCommands(): AppCommand[] {
    return this.commands.take()
  }

  /** Loads the page when there is something new to load; an open page that waits for a restart is only told. */
  showState(state: ServerState): void {
    const before = this.shown
    if (state.state === 'ready' || state.state === 'failed') this.shown = state.state
    if (this.window !== undefined && this.shown !== before) loadPage(this.window)
    else this.tell('server-state', state)
  }

  /** The page in the window was reloaded, replaced or lost. */
  onPageGone(listener: () => void): void {
    this.goneListeners.push(listener)
  }

  private pageGone(): void {
    this.commands.pause()
    for (const listener of this.goneListeners) listener()
  }

  private tell<E extends keyof BridgeEvents>(channel: E, payload: BridgeEvents[E]): void {
    this.window?.webContents.send(channel, payload)
  }
}
