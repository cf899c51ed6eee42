import type { Host } from '#contract/host.ts'
import type { Secrets } from './secrets.ts'

export interface ElectronHostOptions {
  /** Opened beside the start of the app; a locked keychain must not hold it up. */
  secrets: Promise<Secrets>
  openExternal: (url: string) => Promise<unknown>
  notify: (title: string, body: string) => void
  printDocument: (html: string) => Promise<void>
}

/** The machine as Electron sees it. */
export interface ElectronHost extends Host {
  /** Done when `secretsKeptIn` is the truth; before, it says that it is being found out. */
  readonly settled: Promise<unknown>
}

export function electronHost({
  secrets,
  openExternal,
  notify,
  printDocument,
}: ElectronHostOptions): ElectronHost {
  let opened: Secrets | undefined
  const settled = secrets.then((found) => (opened = found))
  return {
    settled,
    get secretsKeptIn() {
      return opened?.keptIn ?? 'The system’s keychain, once it answers.'
    },
    getSecret: async (name) => (await secrets).get(name),
    setSecret: async (name, value) => (await secrets).set(name, value),
    deleteSecret: async (name) => (await secrets).delete(name),
    openExternal: async (url) => void (await openExternal(url)),
    notify: async (title, body) => notify(title, body),
    printDocument,
  }
}
