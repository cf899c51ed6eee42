import type { Host, HostCall, HostMethod, HostReply } from '#contract/host.ts'

/** The little of Electron's MessagePortMain that we use. */
export interface HostPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  postMessage(message: HostCall): void
  start(): void
}

interface Waiting {
  resolve(value: string | undefined): void
  reject(error: Error): void
}

/**
 * The machine as Electron's main process lends it, asked over a port. Calls reject with the sentence main gives, and
 * when the port closes, so that nothing waits for a main process that is gone.
 */
export function hostOverPort(port: HostPort): Host {
  const waiting = new Map<number, Waiting>()
  let keptIn = 'The system’s keychain.'
  let lastId = 0
  let closed = false

  function call(method: HostMethod, ...args: string[]): Promise<string | undefined> {
    if (closed) return Promise.reject(new Error('The app is closing.'))
    const id = (lastId += 1)
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject })
      port.postMessage({ type: 'call', id, method, args })
    })
  }

  port.on('message', ({ data }) => {
    const reply = data as HostReply
    if (reply.type === 'hello') {
      keptIn = reply.secretsKeptIn
      return
    }
    const one = waiting.get(reply.id)
    waiting.delete(reply.id)
    if (reply.type === 'answer') one?.resolve(reply.value)
    else one?.reject(new Error(reply.message))
  })
  port.on('close', () => {
    closed = true
    for (const one of waiting.values()) one.reject(new Error('The app is closing.'))
    waiting.clear()
  })
  port.start()

  return {
    get secretsKeptIn() {
      return keptIn
    },
    getSecret: (name) => call('getSecret', name),
    setSecret: async (name, value) => void (await call('setSecret', name, value)),
    deleteSecret: async (name) => void (await call('deleteSecret', name)),
    openExternal: async (url) => void (await call('openExternal', url)),
    notify: async (title, body) => void (await call('notify', title, body)),
    printDocument: async (html) => void (await call('printDocument', html)),
  }
}
