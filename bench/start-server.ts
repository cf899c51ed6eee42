import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A server in another process, as the benches see it. */
export interface BenchServer {
  url: string
  bearer: string
  businessId: string
  /** Starts the measurement of the event loop anew. */
  reset(): Promise<void>
  /** How long the server's event loop was held up since, in milliseconds. */
  delay(): Promise<{ p99: number; max: number }>
  /** Makes the server forget kept totals, as a change of a link does. */
  forget(): Promise<void>
  stop(): Promise<void>
}

export async function startServer(dataDir: string): Promise<BenchServer> {
  const child = fork(fileURLToPath(new URL('server-child.ts', import.meta.url)), [dataDir])
  async function ask<T>(message: string): Promise<T> {
    const answer = once(child, 'message') as Promise<[T]>
    child.send(message)
    return (await answer)[0]
  }
  const [started] = (await once(child, 'message')) as [{ url: string; bearer: string; businessId: string }]
  return {
    ...started,
    reset: () => ask('reset'),
    delay: () => ask('delay'),
    forget: () => ask('forget'),
    stop: async () => {
      const gone = once(child, 'exit')
      child.send('stop')
      await gone
    },
  }
}
