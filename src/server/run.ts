import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { Host } from '#contract/host.ts'
import { buildApp } from './app.ts'
import { timestamp, type Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Context } from './context.ts'
import { checkAfterUncleanEnd } from './db/check.ts'
import { HiddenRanges } from './db/hidden-ranges.ts'
import { openDatabase, type Database } from './db/open.ts'
import { removeDiscovery, writeDiscovery } from './discovery.ts'
import { ensureOwner } from './features/businesses/store.ts'
import { loadSettings } from './features/device/settings.ts'
import { EventHub } from './http/event-hub.ts'
import { Limiter } from './http/limiter.ts'
import { Sessions } from './http/sessions.ts'
import { throttleTable } from './http/throttles.ts'
import { openLog } from './log.ts'
import { calmWasmWrappers } from './host/calm-wasm.ts'

/** A server that listens. */
export interface RunningServer {
  context: Context
  app: FastifyInstance
  port: number
  /** `http://127.0.0.1:PORT` */
  url: string
  /** A link that opens the page once, within a minute. */
  makeLaunchLink(): string
  stop(): Promise<void>
}

/** The port somebody pinned is in use. We never move to another: a client would send its token to a stranger. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(
      `Port ${port} is taken by another program. Free it, or run \`qrscan serve --port 0\` and choose another port in the settings.`,
    )
    this.name = 'PortTaken'
  }
}

export interface RunOptions {
  config: Config
  host: Host
  clock?: Clock
  /** A secret that the parent made for its window (Electron's main). */
  windowSecret?: string
  /** One that is open already, closed with the server; by default that of the data folder or of `databaseUrl`. */
  database?: Database
}

/** Config → database → migrate → app → listen. Throws `DataFolderInUse` and `PortTaken`. */
export async function runServer(options: RunOptions): Promise<RunningServer> {
  calmWasmWrappers()
  const context = await makeContext(options)
  const { config, database, sessions, log } = context
  let app: FastifyInstance | undefined
  try {
    if (options.windowSecret !== undefined) sessions.admit(options.windowSecret)
    const served = await buildApp(context)
    app = served
    const port = await listen(served, await portOf(context))
    context.address.port = port
    announce(context, port)
    log.info({ port, version: config.version }, 'ready')
    if (database.unclean) void checkAfterUncleanEnd(context)
    return {
      context,
      app: served,
      port,
      url: `http://127.0.0.1:${port}`,
      makeLaunchLink: () => `http://127.0.0.1:${port}/#t=${sessions.makeLaunchCode().code}`,
      stop: () => stop(served, context),
    }
  } catch (error) {
    await app?.close()
    await database.close()
    throw error
  }
}

async function makeContext({
  config,
  host,
  clock = Date.now,
  database: given,
}: RunOptions): Promise<Context> {
  const { dataDir, workers, databaseUrl } = config
  const database = given ?? (await openDatabase({ dataDir, readWorker: workers.read, databaseUrl }))
  const { throttles = {} } = await loadSettings(database.db)
  return {
    config,
    clock,
    host,
    database,
    log: openLog(config.dataDir),
    sessions: new Sessions(clock),
    events: new EventHub(),
    limiter: new Limiter(clock),
    throttles: { current: throttleTable(throttles) },
    hidden: new HiddenRanges(),
    runningKeys: new Set(),
    owner: await ensureOwner(database.db, clock()),
    check: { done: !database.unclean, problem: undefined },
    startedAt: clock(),
    address: { port: 0 },
  }
}

/** What was asked for at the start wins over the setting. */
async function portOf({ config, database }: Context): Promise<number> {
  return config.port ?? (await loadSettings(database.db)).port ?? 0
}

async function listen(app: FastifyInstance, port: number): Promise<number> {
  try {
    await app.listen({ host: '127.0.0.1', port })
  } catch (error) {
    if ((error as { code?: string }).code === 'EADDRINUSE') throw new PortTaken(port)
    throw error
  }
  const address = app.server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

function announce({ config, sessions, clock }: Context, port: number): void {
  const controlSecret = `qrw_${randomBytes(32).toString('base64url')}`
  sessions.admit(controlSecret)
  writeDiscovery(config.dataDir, {
    port,
    pid: process.pid,
    started_at: timestamp(clock()),
    version: config.version,
    control_secret: controlSecret,
  })
}

async function stop(app: FastifyInstance, { config, database, log }: Context): Promise<void> {
  removeDiscovery(config.dataDir)
  await app.close()
  await database.close()
  log.info('stopped')
}
