import { registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import { becomeReady, control, webContents } from './fake-electron.ts'

/** Runs a built main process over the fake, and does what the test that forked it asks. */
const fake = new URL('./fake-electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron'
      ? { url: fake, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

export interface Order {
  id: number
  name: keyof typeof orders
  args: unknown[]
}

interface MenuItem {
  label?: string
  click?: () => void
  submenu?: MenuItem[]
}

const [, , script = '', ...words] = process.argv
process.argv = [process.execPath, ...words]

const orders = {
  calls: () => control.calls,
  state: () => ({ exit: control.exit, windows: control.windows, url: control.url }),
  serverPids: () =>
    control.servers
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map(({ pid }) => pid),
  async request(url: string, init: RequestInit = {}) {
    const response = await control.pages?.(new Request(url, init))
    return {
      status: response?.status,
      headers: Object.fromEntries(response?.headers ?? []),
      text: await response?.text(),
    }
  },
  /** Calls a channel as a frame of the window would, with parts of the frame or the sender replaced. */
  async invoke(channel: string, args: unknown[], frame: object | null = {}, otherSender = false) {
    const senderFrame = frame && { ...control.mainFrame, ...frame }
    const event = { sender: otherSender ? {} : webContents, senderFrame }
    return await control.handlers.get(channel)?.(event, ...args)
  },
  /** Whether the window would go there. */
  navigate(event: string, url: string, isMainFrame = true) {
    let allowed = true
    control.contents.emit(event, { url, isMainFrame, preventDefault: () => (allowed = false) })
    return allowed
  },
  attachWebview() {
    let allowed = true
    control.contents.emit('will-attach-webview', { preventDefault: () => (allowed = false) })
    return allowed
  },
  openWindow: (url: string) => control.windowOpen?.({ url }),
  mayRequest(permission: string, requestingUrl: string, isMainFrame = true, mediaTypes?: string[]) {
    let answer: boolean | undefined
    const handler = control.session['request'] as unknown as (...args: unknown[]) => void
    handler(null, permission, (allowed: boolean) => (answer = allowed), {
      requestingUrl,
      isMainFrame,
      ...(mediaTypes && { mediaTypes }),
    })
    return answer
  },
  mayCheck: (permission: string, origin: string, mediaType?: string) =>
    (control.session['check'] as unknown as (...args: unknown[]) => boolean)(null, permission, origin, {
      ...(mediaType !== undefined && { mediaType }),
    }),
  mayDownload(url: string) {
    let allowed = true
    const item = { getURL: () => url, getFilename: () => '../x.csv', setSaveDialogOptions: () => {} }
    ;(control.session['will-download'] as unknown as (...args: unknown[]) => void)(
      { preventDefault: () => (allowed = false) },
      item,
    )
    return allowed
  },
  /** Clicks the item with that label in the application's menu or the tray's. */
  click(call: 'Menu.setApplicationMenu' | 'tray.setContextMenu', label: string) {
    const menu = control.calls.find(({ name }) => name === call)?.args[0] as MenuItem[]
    const item = menu
      .flatMap((entry) => [entry, ...(entry.submenu ?? [])])
      .find((entry) => entry.label === label)
    item?.click?.()
    return item !== undefined
  },
  contentsEvent: (name: string, ...args: unknown[]) => void control.contents.emit(name, ...args),
  appEvent: (name: string, ...args: unknown[]) =>
    void control.appEvents.emit(name, { preventDefault: () => {} }, ...args),
  quit: async () => (await import('./fake-electron.ts')).app.quit(),
}

process.on('message', ({ id, name, args }: Order) => {
  const order = orders[name] as (...args: unknown[]) => unknown
  Promise.resolve()
    .then(() => order(...args))
    .then(
      (value) => process.send?.({ id, value }),
      (error: Error) => process.send?.({ id, error: error.message }),
    )
})

// As in Electron: `ready` comes when the entry is done, so an entry that waits for it would hang here as there.
await import(pathToFileURL(script).href)
becomeReady()
process.send?.({ id: 0 })
