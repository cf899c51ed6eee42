import { app, shell } from 'electron'
import type { Desktop } from './desktop.ts'
import { setupIpc } from './ipc.ts'
import { createKeepAwake } from './keep-awake.ts'
import type { RecoveryAction } from './recovery-page.ts'

/** What the page may ask through the bridge. */
export function setupBridge({ window, server, openExternal, notify }: Desktop): void {
  const handlers = {
    'get-versions': () => ({
      app: app.getVersion(),
      electron: process.versions['electron'] ?? '',
      chromium: process.versions['chrome'] ?? '',
      node: process.versions.node,
      platform: process.platform,
    }),
    'open-external': openExternal,
    notify: ({ title, body }: { title: string; body: string }) => notify(title, body),
    'set-keep-awake': createKeepAwake(),
    'take-commands': () => window.takeCommands(),
    'get-server-state': () => server.state,
  }
  setupIpc(handlers, () => window.current?.webContents)
}

/** What the links of the recovery page do. */
export function recover({ server, dataDir }: Desktop, action: RecoveryAction): void {
  if (action === 'retry') server.retry()
  else if (action === 'show-data') void shell.openPath(dataDir)
  else app.quit()
}
