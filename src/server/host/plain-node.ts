import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host } from '#contract/host.ts'

/** The machine as plain Node sees it: no keychain, so secrets lie in a file that only its owner can read. */
export function plainNodeHost(dataDir: string): Host {
  const path = join(dataDir, 'secrets.json')
  const load = (): Record<string, string> =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {}
  const save = (secrets: Record<string, string>): void => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, JSON.stringify(secrets), { mode: 0o600 })
    chmodSync(`${path}.new`, 0o600)
    renameSync(`${path}.new`, path)
  }
  return {
    secretsKeptIn: 'A file that only your account can read. It is not protected by the system’s keychain.',
    getSecret: async (name) => load()[name],
    setSecret: async (name, value) => save({ ...load(), [name]: value }),
    deleteSecret: async (name) => {
      const { [name]: _gone, ...rest } = load()
      save(rest)
    },
    openExternal,
    notify: async () => {},
    async printDocument() {
      throw new Error(
        'There is no print dialog without the app’s window. Download the ticket as PDF and print that.',
      )
    },
  }
}

/** Only what a browser may be sent to: https, or the server on this machine. */
async function openExternal(url: string): Promise<void> {
  const parsed = URL.parse(url)
  const local = parsed?.protocol === 'http:' && parsed.hostname === '127.0.0.1'
  if (parsed === null || !(local || parsed.protocol === 'https:'))
    throw new Error('Only https addresses are opened.')
  const [command = '', ...args] = openers[process.platform] ?? ['xdg-open']
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, [...args, parsed.href], { stdio: 'ignore', detached: true })
    child.once('error', reject)
    child.once('spawn', () => {
      child.unref()
      resolve()
    })
  })
}

const openers: Partial<Record<NodeJS.Platform, string[]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
}
