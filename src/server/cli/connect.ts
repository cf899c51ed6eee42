import { createClient, type Client } from '#contract/client.ts'
import { DataFolderInUse } from '../db/instance-lock.ts'
import { readDiscovery } from '../discovery.ts'
import { makeConfig } from '../entry-config.ts'
import { plainNodeHost } from '../host/plain-node.ts'
import { runServer } from '../run.ts'

/** How long a server that is just starting gets to say where it is. */
const patience = 5_000

/**
 * Gives the work a client that acts as the owner of a data folder: against the server that has the folder open, or
 * against one that runs for as long as the work takes. There is one code path: the API.
 */
export async function withClient<T>(
  dataDir: string | undefined,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const config = makeConfig({ dataDir })
  try {
    const server = await runServer({ config, host: plainNodeHost(config.dataDir) })
    try {
      return await work(clientOf(config.dataDir))
    } finally {
      await server.stop()
    }
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error
  }
  await waitForDiscovery(config.dataDir)
  return work(clientOf(config.dataDir))
}

/** The lock is held, so the file was written by the process that holds it, or soon will be. */
async function waitForDiscovery(dataDir: string): Promise<void> {
  const end = Date.now() + patience
  while (readDiscovery(dataDir) === undefined && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function clientOf(dataDir: string): Client {
  const discovery = readDiscovery(dataDir)
  if (!discovery)
    throw new Error('The server that has this data folder open does not answer. Stop it and try again.')
  const { port, control_secret } = discovery
  return createClient({ baseUrl: `http://127.0.0.1:${port}`, token: () => control_secret })
}
