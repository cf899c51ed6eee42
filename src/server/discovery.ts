import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How another process of the same person finds a running server. The file is readable by its owner alone. */
export interface Discovery {
  port: number
  pid: number
  started_at: string
  version: string
  /** Lets the command line act as the owner; ends with this launch. */
  control_secret: string
}

const name = 'server.json'

export function writeDiscovery(dataDir: string, discovery: Discovery): void {
  const path = join(dataDir, name)
  // Removed first: the mode counts only for a file that is made anew.
  rmSync(path, { force: true })
  writeFileSync(path, JSON.stringify(discovery), { mode: 0o600, flag: 'wx' })
}

/** Undefined where no server says that it runs. Trust it only while the folder's lock is held. */
export function readDiscovery(dataDir: string): Discovery | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, name), 'utf8')) as Discovery
  } catch {
    return undefined
  }
}

export function removeDiscovery(dataDir: string): void {
  rmSync(join(dataDir, name), { force: true })
}
