import { join } from 'node:path'
import { app, shell } from 'electron'
import type { Desktop } from './desktop.ts'
import { setupMenu } from './menu.ts'
import { createTray } from './tray.ts'

/** Menu and tray lead to the same few commands. */
export function setupMenuAndTray({ window, opened, dialogs, folder, dataDir }: Desktop): void {
  async function importFile(): Promise<void> {
    for (const path of await dialogs.pickSpreadsheet()) {
      const file = opened.add(path)
      if (file !== undefined) window.send({ type: 'import-file', file })
    }
  }

  setupMenu({
    isMac: process.platform === 'darwin',
    isPackaged: app.isPackaged,
    send: (command) => window.send(command),
    importFile: () => void importFile(),
    showDataFolder: () => void shell.openPath(dataDir),
  })
  const tray = createTray({
    icon: join(folder, '../../resources/tray.png'),
    show: () => window.show(),
    createLink: () => window.send({ type: 'create-qr-link' }),
    importFile: () => void importFile(),
    quit: () => app.quit(),
  })
  app.on('will-quit', () => tray.destroy())
}
