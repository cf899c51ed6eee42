import { app, session } from 'electron'
import { recover, setupBridge } from './answer-page.ts'
import { arrivalsOf } from './arrivals.ts'
import { makeDesktop, type Desktop } from './desktop.ts'
import { setupDownloads } from './downloads.ts'
import { setupMenuAndTray } from './menu-and-tray.ts'
import { setupNavigation, setupPermissions } from './navigation.ts'
import { prepareApp } from './prepare.ts'
import { setupQuitting } from './quit.ts'
import { setupPage } from './serve-page.ts'
import { claimSingleInstance } from './single-instance.ts'
import { setupUpdates } from './updates.ts'

// Electron sends `ready` only when this module is done, so nothing at its top level may wait for it.
prepareApp()
const desktop = makeDesktop(import.meta.dirname)
if (claimSingleInstance(arrivalsOf(desktop), () => desktop.window.show())) {
  void app.whenReady().then(() => boot(desktop))
} else {
  app.quit()
}

function boot(desktop: Desktop): void {
  const { server, window } = desktop
  setupNavigation({
    onExternal: (url) => void desktop.openExternal(url).catch(() => null),
    onRecovery: (action) => recover(desktop, action),
  })
  setupPermissions(session.defaultSession)
  setupDownloads(session.defaultSession)
  setupPage(desktop)
  setupBridge(desktop)
  setupMenuAndTray(desktop)
  setupQuitting(desktop)
  server.start()
  window.show()
  arrivalsOf(desktop).onWords(process.argv)
  void setupUpdates({ isPackaged: app.isPackaged, resources: process.resourcesPath, env: process.env })
}
