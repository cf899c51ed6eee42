import { homedir } from 'node:os'
import { join } from 'node:path'
import { app, safeStorage, shell } from 'electron'
import { appOrigin } from './app-origin.ts'
import { AppWindow } from './app-window.ts'
import { dataFolder } from './data-folder.ts'
import { createDialogs, type Dialogs } from './dialogs.ts'
import { electronHost, type ElectronHost } from './electron-host.ts'
import { openExternalUrl } from './external-links.ts'
import { forkServer } from './fork-server.ts'
import { showNotice } from './notices.ts'
import { OpenedFiles } from './opened-files.ts'
import { printDocument } from './print-document.ts'
import { openSecrets } from './secrets.ts'
import { ServerSupervisor } from './server-process.ts'

/** The parts of the running app, made once and handed to each setup. */
export interface Desktop {
  /** Folder of the built scripts, `out/main`. */
  folder: string
  dataDir: string
  window: AppWindow
  server: ServerSupervisor
  opened: OpenedFiles
  dialogs: Dialogs
  /** Asks before it opens; false when the person said no. */
  openExternal: (url: string) => Promise<boolean>
  notify: (title: string, body: string) => void
}

/** Puts the parts together; nothing runs yet. */
export function makeDesktop(folder: string): Desktop {
  const dataDir = dataFolder({ platform: process.platform, env: process.env, home: homedir() })
  const window = new AppWindow(join(folder, '../preload/index.cjs'), () =>
    ['ready', 'failed'].includes(server.state.state),
  )
  const dialogs = createDialogs(() => window.current)
  const openExternal = (url: string): Promise<boolean> =>
    openExternalUrl(url, {
      confirm: (target) => dialogs.confirmExternal(target),
      open: (href) => shell.openExternal(href),
    })
  const notify = (title: string, body: string): void => showNotice(title, body, () => window.show())
  let host: ElectronHost | undefined
  const server = new ServerSupervisor({
    config: { dataDir, pageOrigin: appOrigin, version: app.getVersion() },
    fork: () => forkServer(folder, (host ??= makeHost({ dialogs, openExternal, notify }))),
    onState: (state) => window.showState(state),
    now: () => performance.now(),
    after(milliseconds, callback) {
      const timer = setTimeout(callback, milliseconds)
      return () => clearTimeout(timer)
    },
  })
  return { folder, dataDir, window, server, opened: new OpenedFiles(), dialogs, openExternal, notify }
}

/** Only after `ready`: the keychain is not there before. */
function makeHost({
  dialogs,
  openExternal,
  notify,
}: Pick<Desktop, 'dialogs' | 'openExternal' | 'notify'>): ElectronHost {
  const secrets = openSecrets({
    keychain: safeStorage,
    platform: process.platform,
    folder: app.getPath('userData'),
    askUnprotected: () => dialogs.askUnprotected(),
  })
  return electronHost({ secrets, openExternal, notify, printDocument })
}
