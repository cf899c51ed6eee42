/** What the machine lends to the server. Electron's main process and plain Node each offer one. */
export interface Host {
  /** Where secrets are kept, in words for a person: the system's keychain, or a file and how it is protected. */
  readonly secretsKeptIn: string
  getSecret(name: string): Promise<string | undefined>
  setSecret(name: string, value: string): Promise<void>
  deleteSecret(name: string): Promise<void>
  /** Opens an https or loopback address in the user's browser. Rejects any other. */
  openExternal(url: string): Promise<void>
  notify(title: string, body: string): Promise<void>
  /**
   * Shows the system's print dialog for a page of HTML that needs nothing beside itself. Rejects with a sentence for a
   * person where there is no dialog or it was closed.
   */
  printDocument(html: string): Promise<void>
}

/** The calls of a `Host` that cross a MessagePort. */
export type HostMethod =
  | 'getSecret'
  | 'setSecret'
  | 'deleteSecret'
  | 'openExternal'
  | 'notify'
  | 'printDocument'

/** Server → main. `id` counts up from 1 and comes back with the answer. */
export interface HostCall {
  type: 'call'
  id: number
  method: HostMethod
  args: string[]
}

/** Main → server: first of all where secrets are kept (and again when that changes), then one answer a call. */
export type HostReply =
  | { type: 'hello'; secretsKeptIn: string }
  | { type: 'answer'; id: number; value?: string | undefined }
  | { type: 'refusal'; id: number; message: string }
