import { connect, type Socket } from 'node:net'
import { PrinterProblem, type Line, type LineTransport } from './transport.ts'

const connectWithin = 3000

/** `host:9100`, `[fd00::1]:9100`; the port may be left out. */
function readTcpAddress(address: string): { host: string; port: number } | undefined {
  const [, six, plain, port] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@?#[\]]+))(?::(\d{1,5}))?$/.exec(address) ?? []
  const host = six ?? plain
  const number = port === undefined ? 9100 : Number(port)
  return host === undefined || number < 1 || number > 65_535 ? undefined : { host, port: number }
}

/** A printer on the network that takes bytes at a port (9100, as nearly all do). */
export function tcpTransport(address: string): LineTransport {
  return {
    kind: 'line',
    async open(signal) {
      const place = readTcpAddress(address)
      if (!place) throw new PrinterProblem(`“${address}” is no address of a printer. Write host:9100.`)
      return lineOf(await opened(place, signal))
    },
  }
}

function opened({ host, port }: { host: string; port: number }, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true, allowHalfOpen: true })
    const fail = (message: string, state: 'offline' | 'busy' = 'offline'): void => {
      socket.destroy()
      reject(new PrinterProblem(message, state))
    }
    const late = setTimeout(
      () => fail(`It does not answer at ${host}. Is it on, and its network cable in?`),
      connectWithin,
    )
    signal.addEventListener('abort', () => fail('Stopped.'), { once: true })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late)
      if (error.code === 'ECONNREFUSED') fail(`${host} takes no print jobs at port ${port} now.`)
      else if (error.code === 'ECONNRESET') fail('It is busy with another computer.', 'busy')
      else if (error.code === 'ENOTFOUND') fail(`There is no “${host}” on this network.`)
      else fail(`${host} cannot be reached. Is the printer on, and this computer on its network?`)
    })
    socket.once('connect', () => {
      clearTimeout(late)
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}

/**
 * Writing and then closing at once loses what the printer has not read (measured: notes of the printing decision), so
 * the socket is only half closed, and read on, until the printer closes its side.
 */
function lineOf(socket: Socket): Line {
  let listener: (bytes: Buffer) => void = () => {}
  socket.on('data', (bytes: Buffer) => listener(bytes))
  const broken = new Promise<never>((_, reject) => {
    socket.on('error', () => reject(new PrinterProblem('The connection to it broke off.')))
    socket.on('close', () => reject(new PrinterProblem('It closed the connection.')))
  })
  broken.catch(() => {})
  return {
    broken,
    onData: (next) => (listener = next),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) reject(new PrinterProblem('It closed the connection.'))
        else {
          broken.catch(reject)
          socket.write(bytes, (error) =>
            error ? reject(new PrinterProblem('The connection to it broke off.')) : resolve(),
          )
        }
      }),
    finish: (wait) =>
      new Promise((resolve) => {
        const late = setTimeout(() => resolve(false), wait)
        socket.once('end', () => {
          clearTimeout(late)
          resolve(true)
        })
        socket.once('close', (hadError) => {
          clearTimeout(late)
          resolve(!hadError)
        })
        socket.end()
      }),
    destroy: () => socket.destroy(),
  }
}
