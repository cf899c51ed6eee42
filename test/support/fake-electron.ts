import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type * as Electron from 'electron'
import type { PortMessage } from './fake-parent-port.ts'

/**
 * Stands in for the module `electron` under plain Node, so that the built main process can run and be looked at. It
 * is strict: what it does not know throws, and so does a call before or after its time. `control` is for the tests.
 */
type Members<T> = { [K in keyof T]?: unknown }

/** Only names of the real API compile, and only names written here answer. */
function strict<T extends object>(name: string, members: Members<T> & object): T {
  return new Proxy(members, {
    get(target, key) {
      if (key in target || typeof key === 'symbol' || key === 'then')
        return Reflect.get(target, key) as unknown
      throw new Error(`The fake of electron has no ${name}.${key}.`)
    },
  }) as T
}

export const control = {
  ready: false,
  calls: [] as { name: string; args: unknown[] }[],
  handlers: new Map<string, (event: unknown, ...args: unknown[]) => unknown>(),
  pages: undefined as ((request: Request) => Promise<Response>) | undefined,
  session: {} as Record<string, (...args: never[]) => unknown>,
  windowOpen: undefined as ((details: { url: string }) => unknown) | undefined,
  appEvents: new EventEmitter(),
  contents: new EventEmitter(),
  servers: [] as ChildProcess[],
  windows: 0,
  url: '',
  mainFrame: { url: '', origin: 'app://bundle', parent: null },
  /** Which backend the fake keychain has; `none` is a system without encryption. */
  backend: process.env['FAKE_KEYCHAIN'] ?? 'gnome_libsecret',
  answer: Number(process.env['FAKE_DIALOG_ANSWER'] ?? '1'),
  exit: false,
}

function record(name: string, ...args: unknown[]): void {
  control.calls.push({ name, args })
}

const past =
  (name: string, result?: unknown) =>
  (...args: unknown[]): unknown => {
    if (!control.ready) throw new Error(`${name} was called before ready.`)
    record(name, ...args)
    return result
  }

const early =
  (name: string) =>
  (...args: unknown[]): void => {
    if (control.ready) throw new Error(`${name} was called after ready.`)
    if (control.calls.some((call) => call.name === name)) throw new Error(`${name} was called twice.`)
    record(name, ...args)
  }

const readyListeners: (() => void)[] = []
export function becomeReady(): void {
  control.ready = true
  for (const listener of readyListeners) listener()
}

const paths: Record<string, string> = {
  appData: process.env['FAKE_APP_DATA'] ?? '',
  downloads: '/downloads',
}

export const app = strict<Electron.App>('app', {
  isPackaged: false,
  enableSandbox: early('app.enableSandbox'),
  setPath(name: string, path: string) {
    if (!existsSync(path)) throw new Error(`The folder ${path} is not there.`)
    paths[name] = path
  },
  getPath: (name: string) => {
    const path = paths[name]
    if (path === undefined) throw new Error(`There is no path ${name}.`)
    return path
  },
  getVersion: () => '0.0.0-test',
  setAppUserModelId: (id: string) => record('app.setAppUserModelId', id),
  requestSingleInstanceLock: () => process.env['FAKE_SECOND'] !== '1',
  isReady: () => control.ready,
  whenReady: () => new Promise<void>((resolve) => void readyListeners.push(resolve)),
  on: (event: string, listener: (...args: unknown[]) => void) => void control.appEvents.on(event, listener),
  quit() {
    record('app.quit')
    let prevented = false
    control.appEvents.emit('will-quit', { preventDefault: () => (prevented = true) })
    if (!prevented) control.exit = true
  },
})

export const crashReporter = strict<Electron.CrashReporter>('crashReporter', {
  start: (options: unknown) => record('crashReporter.start', options),
})

export const protocol = strict<Electron.Protocol>('protocol', {
  registerSchemesAsPrivileged: early('protocol.registerSchemesAsPrivileged'),
  handle(scheme: string, handler: (request: Request) => Promise<Response>) {
    past('protocol.handle')(scheme)
    control.pages = handler
  },
})

const sessionSetter = (name: string) => (handler: (...args: never[]) => unknown) =>
  void (control.session[name] = handler)
export const session = strict<typeof Electron.session>('session', {
  get defaultSession() {
    if (!control.ready) throw new Error('session.defaultSession was read before ready.')
    return strict<Electron.Session>('defaultSession', {
      setPermissionRequestHandler: sessionSetter('request'),
      setPermissionCheckHandler: sessionSetter('check'),
      setDevicePermissionHandler: sessionSetter('device'),
      on: (event: string, handler: (...args: never[]) => unknown) => sessionSetter(event)(handler),
    })
  },
})

export const ipcMain = strict<Electron.IpcMain>('ipcMain', {
  handle: (channel: string, handler: (event: unknown, ...args: unknown[]) => unknown) =>
    void control.handlers.set(channel, handler),
})

const listen = (event: string, listener: (...args: unknown[]) => void) =>
  void control.contents.on(event, listener)
export const webContents = strict<Electron.WebContents>('webContents', {
  on: listen,
  getURL: () => control.url,
  reload: () => record('webContents.reload'),
  send: (channel: string, payload: unknown) => record('webContents.send', channel, payload),
  setWindowOpenHandler: (handler: (details: { url: string }) => unknown) =>
    void (control.windowOpen = handler),
  mainFrame: control.mainFrame,
})

/** Called with `new`; what it returns is the object. */
export function BrowserWindow(options: unknown): Electron.BrowserWindow {
  past('BrowserWindow')(options)
  control.windows += 1
  control.appEvents.emit('web-contents-created', {}, webContents)
  return strict<Electron.BrowserWindow>('BrowserWindow', {
    webContents,
    once: listen,
    on: listen,
    show: () => record('window.show'),
    focus: () => record('window.focus'),
    maximize: () => record('window.maximize'),
    isMinimized: () => false,
    isMaximized: () => false,
    getNormalBounds: () => ({ x: 10, y: 20, width: 900, height: 700 }),
    async loadURL(url: string) {
      record('window.loadURL', url)
      control.url = url
      control.mainFrame.url = url
      control.contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
      control.contents.emit('ready-to-show')
    },
  })
}

export const screen = strict<Electron.Screen>('screen', {
  getAllDisplays: past('screen.getAllDisplays', [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]),
})
export const nativeTheme = strict<Electron.NativeTheme>('nativeTheme', { shouldUseDarkColors: true })
export const nativeImage = strict<typeof Electron.nativeImage>('nativeImage', {
  createFromPath: (path: string) => path,
})
export const shell = strict<Electron.Shell>('shell', {
  openExternal: async (url: string) => record('shell.openExternal', url),
  openPath: async (path: string) => record('shell.openPath', path),
})
export const dialog = strict<Electron.Dialog>('dialog', {
  async showMessageBox(...args: unknown[]) {
    record('dialog.showMessageBox', args.at(-1))
    return { response: control.answer, checkboxChecked: false }
  },
  showOpenDialog: async () => ({ canceled: false, filePaths: [process.env['FAKE_PICK'] ?? ''] }),
})
export const Menu = strict<typeof Electron.Menu>('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: past('Menu.setApplicationMenu'),
})
export const powerSaveBlocker = strict<Electron.PowerSaveBlocker>('powerSaveBlocker', {
  start: past('powerSaveBlocker.start', 7),
  stop: past('powerSaveBlocker.stop'),
})

export function Tray(icon: unknown): Electron.Tray {
  past('Tray')(icon)
  return strict<Electron.Tray>('Tray', {
    setToolTip: () => {},
    setContextMenu: (menu: unknown) => record('tray.setContextMenu', menu),
    on: () => {},
    destroy: () => record('tray.destroy'),
  })
}

class FakeNotification {
  static isSupported = (): boolean => true
  constructor(options: unknown) {
    past('Notification')(options)
    return strict<Electron.Notification>('Notification', {
      on: () => {},
      show: () => record('notification.show'),
    })
  }
}
export const Notification = FakeNotification

/** "Encrypts" visibly, so that a test can tell what went through it. */
export const safeStorage = strict<Electron.SafeStorage>('safeStorage', {
  isAsyncEncryptionAvailable: async () => past('safeStorage', control.backend !== 'none')(),
  getSelectedStorageBackend: () => control.backend,
  encryptStringAsync: async (text: string) => Buffer.from(`sealed:${text}`),
  decryptStringAsync: async (sealed: Buffer) => ({
    result: sealed.toString().replace('sealed:', ''),
    shouldReEncrypt: false,
  }),
})

interface FakePort extends EventEmitter {
  carry?: (data: unknown) => void
}

export class MessageChannelMain {
  port1
  port2
  constructor() {
    const near: FakePort = new EventEmitter()
    const queue: unknown[] = []
    this.port2 = near
    this.port1 = strict<Electron.MessagePortMain>('MessagePortMain', {
      on: (event: string, listener: (...args: unknown[]) => void) => void near.on(event, listener),
      start: () => {},
      postMessage: (data: unknown) => (near.carry ? near.carry(data) : queue.push(data)),
    })
    near.once('carried', () => queue.splice(0).forEach((data) => near.carry?.(data)))
  }
}

const parentPort = fileURLToPath(new URL('./fake-parent-port.ts', import.meta.url))
export const utilityProcess = strict<typeof Electron.utilityProcess>('utilityProcess', {
  fork(path: string, words: string[], options: { env: Record<string, string> }) {
    past('utilityProcess.fork')(path, words, options)
    const child = fork(path, words, {
      env: options.env,
      execArgv: ['--import', parentPort],
      stdio: ['ignore', 1, 2, 'ipc'],
    })
    control.servers.push(child)
    let port: FakePort | undefined
    child.on('message', (message: PortMessage) => {
      if (message.to === 'port') port?.emit('message', { data: message.data })
    })
    return strict<Electron.UtilityProcess>('UtilityProcess', {
      postMessage(data: unknown, ports: FakePort[] = []) {
        port = ports[0] ?? port
        child.send({ to: 'parent', data, ports: ports.length } satisfies PortMessage)
        if (ports[0] === undefined) return
        ports[0].carry = (out) => void child.send({ to: 'port', data: out } satisfies PortMessage)
        ports[0].emit('carried')
      },
      on(event: string, listener: (value: unknown) => void) {
        if (event === 'exit') child.on('exit', (code) => listener(code ?? 1))
        else child.on('message', (message: PortMessage) => message.to === 'parent' && listener(message.data))
      },
      kill: () => child.kill('SIGKILL'),
    })
  },
})
