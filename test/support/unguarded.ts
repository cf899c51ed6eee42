import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The control of the guard's tests: a door before a server that hides all that its guard looks at (name, origin,
 * fetch metadata), so that behind it the server is as good as without one. Nothing of it ships.
 */
export async function openDoorWithoutGuard(port: number): Promise<AsyncDisposable & { url: string }> {
  const door = createServer((incoming, outgoing) => {
    const { origin: _origin, referer: _referer, ...rest } = incoming.headers
    const shown = Object.entries(rest).filter(([name]) => !name.startsWith('sec-fetch-'))
    const headers = { ...Object.fromEntries(shown), host: `127.0.0.1:${port}` }
    const { method, url: path } = incoming
    const inner = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    inner.on('error', () => outgoing.destroy())
    outgoing.on('close', () => inner.destroy())
    incoming.pipe(inner)
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      door.closeAllConnections()
      await new Promise((resolve) => door.close(resolve))
    },
  }
}
