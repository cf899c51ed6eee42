import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createClient, type Client } from '#contract/client.ts'
import { changeSettings } from '#contract/device.ts'
import { openSession } from '#contract/session.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The built app as a person starts it: `qrscan serve` in a process of its own. */
export interface ServedApp extends AsyncDisposable {
  url: string
  /** Opens the page once, within a minute. */
  launchUrl: string
  pid: number
  dataDir: string
  /** Ends the process without a warning, as a power cut does. */
  kill(): Promise<void>
}

interface ServedOptions {
  /** Kept after the end; a new folder is made and removed otherwise. */
  dataDir?: string
}

/** Answers when the server listens. */
export async function startServedApp({ dataDir }: ServedOptions = {}): Promise<ServedApp> {
  const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'qrscan-served-'))
  const words = ['serve', '--data', folder, '--port', '0', '--no-open', '--json']
  const child = spawn(process.execPath, [join(root, 'bin/qrscan.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = await readyLine(child)
  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
  return {
    url: ready.url,
    launchUrl: ready.launch_url,
    pid: ready.pid,
    dataDir: folder,
    kill: () => end('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await end('SIGTERM')
      if (dataDir === undefined) rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function readyLine(child: ChildProcess): Promise<{ url: string; launch_url: string; pid: number }> {
  const lines = createInterface({ input: child.stdout! })
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`The server ended with code ${code} before it listened.`)
  })
  const [line] = (await Promise.race([once(lines, 'line'), gone])) as [string]
  gone.catch(() => {})
  return JSON.parse(line) as { url: string; launch_url: string; pid: number }
}

/** The typed client, signed in by the app's launch link, with limits that a test does not reach. */
export async function signInTo({ url, launchUrl }: ServedApp): Promise<Client> {
  const launch_code = new URL(launchUrl).hash.replace('#t=', '')
  const { session } = await createClient({ baseUrl: url }).call(openSession, { body: { launch_code } })
  const client = createClient({ baseUrl: url, token: () => session.token })
  await client.call(changeSettings, {
    body: { throttles: { 'user-api': 1_000_000, 'qr-redirects': 1_000_000 } },
  })
  return client
}
