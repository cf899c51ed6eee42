/**
 * The bridge between the page and Electron’s main process, as types: each side names a channel and the
 * compiler holds both to it. In a browser there is no bridge, and the page does without.
 */

/** What the page may ask of the machine. Answers come by `ipcRenderer.invoke`. */
export interface BridgeCalls {
  'get-versions': () => Versions
  /** Shows the host and asks before it hands an https address to the browser. False when the person said no. */
  'open-external': (url: string) => boolean
  notify: (notice: Notice) => void
  /** Keeps the screen on while a counter waits for orders. */
  'set-keep-awake': (on: boolean) => void
  /** Commands that came before the page listened, oldest first; from then on they are sent as they happen. */
  'take-commands': () => AppCommand[]
  'get-server-state': () => ServerState
}

/** What the machine tells the page. */
export interface BridgeEvents {
  command: AppCommand
  'server-state': ServerState
}

interface Versions {
  app: string
  electron: string
  chromium: string
  node: string
  platform: string
}

interface Notice {
  /** At most 120 characters. */
  title: string
  /** At most 400 characters. */
  body: string
}

/** Pages that a menu item or a deep link may lead to; the page's router has the same names. */
export const appPages = [
  'qr-links',
  'imports',
  'settings/appearance',
  'settings/businesses',
  'settings/tokens',
  'settings/device',
] as const
type AppPage = (typeof appPages)[number]

/** A wish that came from the menu, the tray, a `qrscan://` link or a file that was opened. None changes data. */
export type AppCommand =
  | { type: 'show-page'; page: AppPage }
  | { type: 'show-qr-link'; id: string }
  | { type: 'show-import'; id: string }
  | { type: 'create-qr-link' }
  | { type: 'import-file'; file: OpenedFile }
  | { type: 'open-command-palette' }
  | { type: 'show-shortcuts' }

/** A spreadsheet that the person opened with the app. The page reads it from `url`, once; it never sees the path. */
export interface OpenedFile {
  name: string
  /** In bytes. */
  size: number
  /** A path of the page's own origin. */
  url: string
}

/** `failed` carries the sentence the person reads; the window then shows how to recover. */
export type ServerState =
  | { state: 'starting' | 'ready' | 'restarting' | 'stopped' }
  | { state: 'failed'; message: string }

/** What the preload script puts at `window.qrscan`. `on…` calls give back how to stop listening. */
export interface Bridge {
  getVersions(): Promise<Versions>
  openExternal(url: string): Promise<boolean>
  notify(notice: Notice): Promise<void>
  setKeepAwake(on: boolean): Promise<void>
  onCommand(listener: (command: AppCommand) => void): () => void
  /** Called with the present state at once, then with each change. */
  onServerState(listener: (state: ServerState) => void): () => void
}

declare global {
  interface Window {
    /** Set in the app's own window alone. */
    readonly qrscan?: Bridge
  }
}
