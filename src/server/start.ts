import { plainNodeHost } from './host/plain-node.ts'
import { hostOverPort } from './host/message-port.ts'
import { makeConfig } from './entry-config.ts'
import { runServer, type RunningServer } from './run.ts'

/** What Electron's main process sends, once, right after it forked us. Secrets never come over argv or env. */
interface StartMessage {
  type: 'start'
  config: { dataDir: string; port?: number; windowSecret: string; pageOrigin: string; version?: string }
}

interface ParentPort {
  on(event: 'message', listener: (message: { data: unknown; ports: unknown[] }) => void): void
  postMessage(message: unknown): void
}

/**
 * The process entry. Forked by Electron it waits for its start message and answers `ready` or `failed`; under plain
 * Node it runs on the default data folder until it is told to stop. The command line has its own entry.
 */
const parent = (process as { parentPort?: ParentPort }).parentPort
if (parent) serveParent(parent)
else await serveAlone()

function serveParent(port: ParentPort): void {
  let server: RunningServer | undefined
  port.on('message', ({ data, ports }) => {
    const message = data as StartMessage | { type: 'stop' }
    if (message.type === 'stop') void stop(server)
    else void start(message, ports[0]).then((started) => (server = started))
  })

  async function start({ config }: StartMessage, hostPort: unknown): Promise<RunningServer | undefined> {
    const { dataDir, port: pinned, pageOrigin, windowSecret } = config
    try {
      const host = hostOverPort(hostPort as Parameters<typeof hostOverPort>[0])
      const started = await runServer({
        config: makeConfig({ dataDir, port: pinned, pageOrigin }),
        host,
        windowSecret,
      })
      port.postMessage({ type: 'ready', port: started.port, url: started.url })
      return started
    } catch (error) {
      port.postMessage({ type: 'failed', message: (error as Error).message })
      return undefined
    }
  }
}

async function serveAlone(): Promise<void> {
  const config = makeConfig({ databaseUrl: process.env['DATABASE_URL'] })
  const server = await runServer({ config, host: plainNodeHost(config.dataDir) })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(server))
  process.stdout.write(`${JSON.stringify({ event: 'ready', url: server.url, pid: process.pid })}\n`)
}

async function stop(server: RunningServer | undefined): Promise<void> {
  await server?.stop()
  process.exit(0)
}
