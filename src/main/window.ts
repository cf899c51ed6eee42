import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { appOrigin } from './app-origin.ts'
import { readState, restoreState, writeState } from './window-state.ts'

export interface WindowOptions {
  preload: string
  /** Folder that keeps the window's place. */
  folder: string
  /** The page in the window goes away: reloaded, replaced or crashed. */
  onPageGone: () => void
}

/** The page's own colours (`--paper`), so that opening does not flash. */
const background = { light: '#f6f3ec', dark: '#13161b' }
const defaultSize = { width: 1280, height: 840 }
/** A page that crashes again so soon would only go on crashing. */
const quietBeforeRevival = 10_000

/** The app's window, empty and hidden until there is something to show. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const statePath = join(options.folder, 'window.json')
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea)
  const { bounds, maximized } = restoreState(readState(statePath), screens)
  const window = new BrowserWindow({
    ...(bounds ?? defaultSize),
    minWidth: 480,
    minHeight: 400,
    show: false,
    title: 'QRScan',
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // An order must be heard also before anybody touched the screen.
      autoplayPolicy: 'no-user-gesture-required',
    },
  })
  // Maximizing shows the window, so it waits as well.
  window.once('ready-to-show', () => (maximized ? window.maximize() : window.show()))
  window.on('close', () => {
    writeState(statePath, { bounds: window.getNormalBounds(), maximized: window.isMaximized() })
  })
  watchPage(window, options.onPageGone)
  return window
}

/** While the server has given up, the page protocol answers with the recovery page instead. */
export function loadPage(window: BrowserWindow): void {
  // A load that is overtaken by another rejects; the later one counts.
  void window.loadURL(`${appOrigin}/`).catch(() => null)
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function watchPage(window: BrowserWindow, onPageGone: () => void): void {
  const { webContents } = window
  let revivedAt = -Infinity
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) onPageGone()
  })
  webContents.on('render-process-gone', (_event, { reason }) => {
    onPageGone()
    const now = performance.now()
    if (reason === 'clean-exit' || now - revivedAt < quietBeforeRevival) return
    revivedAt = now
    webContents.reload()
  })
  window.on('closed', onPageGone)
}
