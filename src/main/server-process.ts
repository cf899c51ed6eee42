import { randomBytes } from 'node:crypto'
import type { ServerState } from '#contract/bridge.ts'
import type { ServerTarget } from './page-protocol.ts'

/** What the server is told. The secret goes by this message alone, never by argv or the environment. */
export interface StartMessage {
  type: 'start'
  config: { dataDir: string; windowSecret: string; pageOrigin: string; version: string }
}

export type ServerMessage = { type: 'ready'; port: number; url: string } | { type: 'failed'; message: string }

/** The little of Electron's UtilityProcess that the supervisor needs. */
export interface ServerChild {
  send(message: StartMessage | { type: 'stop' }): void
  onMessage(listener: (message: ServerMessage) => void): void
  onExit(listener: (code: number) => void): void
  kill(): void
}

export interface SupervisorOptions {
  fork: () => ServerChild
  config: Omit<StartMessage['config'], 'windowSecret'>
  onState: (state: ServerState) => void
  now: () => number
  /** Calls back after so many milliseconds; returns how to stop it. */
  after: (milliseconds: number, callback: () => void) => () => void
}

/** A server that ends by itself this often within the window is not started again until the person asks. */
const crashesAllowed = 3
const crashWindow = 5 * 60_000
const firstDelay = 250
const stopTimeout = 5_000

/** Keeps one server process running: starts it, starts it again when it ends by itself, and stops it in order. */
export class ServerSupervisor {
  private readonly options: SupervisorOptions
  private child: ServerChild | undefined
  private crashes: number[] = []
  private current: ServerState = { state: 'stopped' }
  private address: ServerTarget | undefined
  private cancelRestart = (): void => {}
  private stopped: (() => void) | undefined

  constructor(options: SupervisorOptions) {
    this.options = options
  }

  get state(): ServerState {
    return this.current
  }

  /** Undefined unless a server is ready. Each launch of the server has its own secret. */
  get target(): ServerTarget | undefined {
    return this.address
  }

  start(): void {
    if (this.child !== undefined) return
    this.cancelRestart()
    this.become({ state: this.crashes.length === 0 ? 'starting' : 'restarting' })
    this.launch()
  }

  /** What the person asks for on the recovery page: crashes so far no longer count. */
  retry(): void {
    this.crashes = []
    this.start()
  }

  /** Asks for an orderly end and waits for it, 5 seconds at most; then the process is killed. */
  async stop(): Promise<void> {
    this.cancelRestart()
    const child = this.child
    if (child === undefined) return this.become({ state: 'stopped' })
    await new Promise<void>((resolve) => {
      const cancel = this.options.after(stopTimeout, () => child.kill())
      this.stopped = () => {
        cancel()
        resolve()
      }
      child.send({ type: 'stop' })
    })
  }

  private launch(): void {
    const child = this.options.fork()
    const secret = `qrw_${randomBytes(32).toString('base64url')}`
    let refusal: string | undefined
    this.child = child
    child.onMessage((message) => {
      if (message.type === 'failed') {
        refusal = message.message
        child.kill()
        return
      }
      this.address = { port: message.port, secret }
      this.become({ state: 'ready' })
    })
    child.onExit((code) => this.ended(code, refusal))
    child.send({ type: 'start', config: { ...this.options.config, windowSecret: secret } })
  }

  private ended(code: number, refusal: string | undefined): void {
    this.child = undefined
    this.address = undefined
    if (this.stopped !== undefined) {
      this.stopped()
      this.stopped = undefined
      return this.become({ state: 'stopped' })
    }
    // The server said why it cannot run (folder in use, port taken): asking again at once would not help.
    if (refusal !== undefined) return this.become({ state: 'failed', message: refusal })
    this.restartAfterCrash(code)
  }

  private restartAfterCrash(code: number): void {
    const now = this.options.now()
    this.crashes = [...this.crashes.filter((time) => now - time < crashWindow), now]
    if (this.crashes.length >= crashesAllowed) {
      const message = `The server ended by itself ${this.crashes.length} times within five minutes (last code ${code}).`
      return this.become({ state: 'failed', message })
    }
    this.become({ state: 'restarting' })
    const delay = firstDelay * 2 ** (this.crashes.length - 1)
    this.cancelRestart = this.options.after(delay, () => this.start())
  }

  private become(state: ServerState): void {
    this.current = state
    this.options.onState(state)
  }
}
