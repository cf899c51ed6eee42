import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type { GuestAccess } from '#contract/guest-access.ts'
import type { Context } from '../../context.ts'
import type { GuardOptions } from '../../http/guard.ts'
import type { Mount } from '../../http/mount.ts'
import { guestOrigin, hostNames, networkAddresses } from './addresses.ts'
import { buildGuestApp } from './guest-app.ts'
import { GuestFiles } from './guest-files.ts'
import { loadDoorSettings, type DoorSettings } from './settings.ts'

export interface GuestDoorOptions {
  context: Context
  /** The built guest page; undefined serves the public endpoints alone. */
  pageDir: string | undefined
  servePublic: (mount: Mount) => void
}

/** How long addresses of the machine are taken as read; networks come and go. */
const addressesFor = 5_000

/**
 * The second listener, for guests on the same network: there only while the owner wants it, on all interfaces, with
 * the public endpoints and the guest page behind it and nothing else. A port that is taken stops nothing.
 */
export class GuestDoor {
  private readonly options: GuestDoorOptions
  /** Read when the door first opens: most starts have no use for them. */
  private files: GuestFiles | undefined
  private settings: DoorSettings | undefined
  private app: FastifyInstance | undefined
  private port = 0
  private problem: string | null = null
  private known: { at: number; addresses: string[] } | undefined
  private turn: Promise<void> = Promise.resolve()

  constructor(options: GuestDoorOptions) {
    this.options = options
  }

  /** Opens it where it was open before. Never throws: a shop works without its guests' door. */
  async start(): Promise<void> {
    try {
      await this.apply(await loadDoorSettings(this.options.context.database.db))
    } catch (error) {
      this.options.context.log.error({ err: error }, 'the guest door did not open')
    }
  }

  /** Makes it as the settings say; one change after the other. Answers when it is done. */
  apply(settings: DoorSettings): Promise<void> {
    return this.inTurn(() => this.change(settings))
  }

  close(): Promise<void> {
    return this.inTurn(() => this.shut())
  }

  /** A turn that fails is its caller's to hear of, and holds up nobody after it. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => {})
    return done
  }

  state(): GuestAccess {
    const { is_open = false, port = 0, host = null } = this.settings ?? {}
    const addresses = this.addresses()
    return { is_open, port, host, addresses, url: this.url(), problem: this.problem }
  }

  /** Where a table's code leads; null while the door is closed. */
  guestUrl(code: string): string | null {
    const url = this.url()
    return url === null ? null : `${url}/t/${encodeURIComponent(code)}`
  }

  private url(): string | null {
    const host = this.settings?.host ?? this.addresses()[0]
    return this.app === undefined || host === undefined ? null : guestOrigin(host, this.port)
  }

  private async change(settings: DoorSettings): Promise<void> {
    const before = this.settings
    this.settings = settings
    this.known = undefined
    const stays = this.app !== undefined && settings.is_open && settings.port === before?.port
    if (stays) return
    await this.shut()
    this.problem = null
    if (settings.is_open) await this.open(settings.port)
  }

  private async open(port: number): Promise<void> {
    const { context, pageDir, servePublic } = this.options
    try {
      const files = (this.files ??= new GuestFiles(pageDir))
      const build = () => buildGuestApp({ context, guard: this.guard(), files, servePublic })
      this.app = await listen(build, port)
      this.port = (this.app.server.address() as AddressInfo).port
      context.log.info({ port: this.port }, 'guests may come in')
    } catch (error) {
      this.problem = problemOf(error, port)
      context.log.warn({ err: error, port }, 'the guest door did not open')
    }
  }

  private async shut(): Promise<void> {
    const app = this.app
    this.app = undefined
    await app?.close()
  }

  /** Only names of this machine: a page elsewhere that points its own name here (DNS rebinding) gets nothing. */
  private guard(): GuardOptions {
    const names = () => [
      ...this.addresses(),
      ...(this.settings?.host ? [this.settings.host] : []),
      '127.0.0.1',
      'localhost',
    ]
    const hosts = () => hostNames(names(), this.port)
    return { hosts, origins: () => hosts().map((host) => `http://${host}`) }
  }

  private addresses(): string[] {
    const now = this.options.context.clock()
    if (this.known === undefined || Math.abs(now - this.known.at) > addressesFor) {
      this.known = { at: now, addresses: networkAddresses() }
    }
    return this.known.addresses
  }
}

/** On both IP versions where the machine has them, else on IPv4. */
async function listen(build: () => FastifyInstance, port: number): Promise<FastifyInstance> {
  try {
    return await listenOn('::', build(), port)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'EAFNOSUPPORT' && code !== 'EADDRNOTAVAIL') throw error
    return listenOn('0.0.0.0', build(), port)
  }
}

async function listenOn(host: string, app: FastifyInstance, port: number): Promise<FastifyInstance> {
  try {
    await app.listen({ host, port })
    return app
  } catch (error) {
    await app.close()
    throw error
  }
}

function problemOf(error: unknown, port: number): string {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use by another program. Choose another port, or close that program and open the guest page again.`
  }
  if (code === 'EACCES') {
    return `The system does not let this app use port ${port}. Choose one above 1024, such as 8095.`
  }
  return 'The guest page could not be opened on this network. The log says more.'
}
