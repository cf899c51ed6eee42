import { existsSync } from 'node:fs'
import { join } from 'node:path'

const checkEvery = 24 * 60 * 60_000

export interface UpdateOptions {
  isPackaged: boolean
  /** Where the packed app's resources lie. */
  resources: string
  env: NodeJS.ProcessEnv
}

/**
 * Updates are looked for only by a packed app whose build named a place to ask (`app-update.yml`), and never when
 * QRSCAN_NO_UPDATES=1. A release is taken only with the publisher's signature and SHA-512, and never an older one.
 */
export function wantsUpdates({ isPackaged, resources, env }: UpdateOptions): boolean {
  return isPackaged && env['QRSCAN_NO_UPDATES'] !== '1' && existsSync(join(resources, 'app-update.yml'))
}

/** Returns how to stop looking. */
export async function setupUpdates(options: UpdateOptions): Promise<() => void> {
  if (!wantsUpdates(options)) return () => {}
  const { autoUpdater } = (await import('electron-updater')).default
  autoUpdater.allowDowngrade = false
  autoUpdater.autoInstallOnAppQuit = true
  // A place that cannot be reached is no error of the app: it works without the network.
  const look = (): void => void autoUpdater.checkForUpdatesAndNotify().catch(() => null)
  look()
  const timer = setInterval(look, checkEvery)
  return () => clearInterval(timer)
}
