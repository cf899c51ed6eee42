import { EventEmitter } from 'node:events'

/** How the fake utility process and its parent talk: to the process itself, or over the one port it was given. */
export interface PortMessage {
  to: 'parent' | 'port'
  data: unknown
  ports?: number
}

/** Loaded before the server's entry: gives it the `process.parentPort` that Electron would. */
const parent = new EventEmitter()
const port = new EventEmitter()
const send = (to: PortMessage['to'], data: unknown): void =>
  void process.send?.({ to, data } satisfies PortMessage)
const lent = Object.assign(port, { start: () => {}, postMessage: (data: unknown) => send('port', data) })

Object.assign(process, {
  parentPort: Object.assign(parent, { postMessage: (data: unknown) => send('parent', data) }),
})
process.on('message', (message: PortMessage) => {
  if (message.to === 'port') port.emit('message', { data: message.data })
  else parent.emit('message', { data: message.data, ports: message.ports ? [lent] : [] })
})
