import { join } from 'node:path'
import { MessageChannelMain, utilityProcess } from 'electron'
import { serverEnvironment } from './data-folder.ts'
import type { ElectronHost } from './electron-host.ts'
import { lendHost } from './host-port.ts'
import type { ServerChild, ServerMessage } from './server-process.ts'

/** Forks the server's own bundle, which plain Node runs as well. Call it only after `ready`. */
export function forkServer(folder: string, host: ElectronHost): ServerChild {
  const child = utilityProcess.fork(join(folder, 'server.js'), [], {
    env: serverEnvironment(process.env),
    serviceName: 'QRScan server',
    stdio: 'inherit',
  })
  return {
    send(message) {
      if (message.type === 'stop') return child.postMessage(message, [])
      const { port1, port2 } = new MessageChannelMain()
      lendHost(port1, host, host.settled)
      child.postMessage(message, [port2])
    },
    onMessage: (listener) => void child.on('message', (message: ServerMessage) => listener(message)),
    onExit: (listener) => void child.on('exit', listener),
    kill: () => void child.kill(),
  }
}
