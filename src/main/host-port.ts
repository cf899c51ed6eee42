import type { Host, HostCall, HostMethod, HostReply } from '#contract/host.ts'

/** The little of MessagePortMain that is needed here. */
export interface LentPort {
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown
  postMessage(message: HostReply): void
  start(): void
}

const methods: Record<
  HostMethod,
  (host: Host, args: readonly string[]) => Promise<string | undefined | void>
> = {
  getSecret: (host, [name = '']) => host.getSecret(name),
  setSecret: (host, [name = '', value = '']) => host.setSecret(name, value),
  deleteSecret: (host, [name = '']) => host.deleteSecret(name),
  openExternal: (host, [url = '']) => host.openExternal(url),
  notify: (host, [title = '', body = '']) => host.notify(title, body),
  printDocument: (host, [html = '']) => host.printDocument(html),
}

/**
 * Answers the server's calls of the host. What is not a call is passed over: the other end is our own process.
 * `settled` tells when it is known where secrets are kept, since a keychain may take its time.
 */
export function lendHost(port: LentPort, host: Host, settled: Promise<unknown>): void {
  const greet = (): void => port.postMessage({ type: 'hello', secretsKeptIn: host.secretsKeptIn })
  async function reply(call: HostCall): Promise<void> {
    port.postMessage(await answer(host, call))
    // The first secret may have made the person choose where secrets are kept.
    if (call.method === 'setSecret') greet()
  }
  port.on('message', ({ data }) => {
    if (isCall(data)) void reply(data)
  })
  port.start()
  greet()
  void settled.then(greet, greet)
}

async function answer(host: Host, { id, method, args }: HostCall): Promise<HostReply> {
  try {
    const value = await methods[method](host, args)
    return { type: 'answer', id, ...(typeof value === 'string' ? { value } : {}) }
  } catch (error) {
    return { type: 'refusal', id, message: error instanceof Error ? error.message : String(error) }
  }
}

function isCall(data: unknown): data is HostCall {
  if (typeof data !== 'object' || data === null) return false
  const { type, id, method, args } = data as Partial<HostCall>
  return (
    type === 'call' &&
    Number.isSafeInteger(id) &&
    typeof method === 'string' &&
    Object.hasOwn(methods, method) &&
    Array.isArray(args) &&
    args.every((one) => typeof one === 'string')
  )
}
