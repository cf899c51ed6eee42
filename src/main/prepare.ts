import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, crashReporter, protocol } from 'electron'
import { appScheme } from './app-origin.ts'

const appId = 'ink.qrscan.desktop'

/** What counts only before `ready`. */
export function prepareApp(): void {
  app.enableSandbox()
  // Beside the data, not among it: on Windows and macOS both would be the same folder.
  const folder = join(app.getPath('appData'), 'QRScan', 'window')
  // Electron throws for a folder that is not there.
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  app.setPath('userData', folder)
  app.setAppUserModelId(appId)
  crashReporter.start({ uploadToServer: false })
  if (app.isPackaged) app.setAsDefaultProtocolClient('qrscan')
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ])
}
