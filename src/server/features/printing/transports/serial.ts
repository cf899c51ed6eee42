import { NothingSent, PrinterProblem, type Line, type LineTransport } from './transport.ts'

/** A serial line and how fast it is. */
export interface SerialAddress {
  path: string
  baudRate: number
  /** Who holds the line when the printer's buffer is full. `dtr` is what most call DTR/DSR; it is wired like RTS/CTS. */
  flow: 'rtscts' | 'xonxoff' | 'none'
}

const speeds = [1200, 2400, 4800, 9600, 14_400, 19_200, 38_400, 57_600, 115_200, 230_400]

/** `/dev/ttyUSB0?baud=19200&flow=rtscts` or `COM3?baud=9600`; 19,200 baud without flow control unless said. */
export function readSerialAddress(address: string): SerialAddress | undefined {
  const [, path, query = ''] = /^(\/dev\/[\w./-]{1,200}|COM\d{1,3})(?:\?([\w=&]*))?$/i.exec(address) ?? []
  if (path === undefined || path.includes('..')) return undefined
  const options = new URLSearchParams(query)
  const baudRate = Number(options.get('baud') ?? 19_200)
  const flow = options.get('flow') ?? 'none'
  if (!speeds.includes(baudRate) || [...options.keys()].some((key) => key !== 'baud' && key !== 'flow'))
    return undefined
  return flow === 'rtscts' || flow === 'xonxoff' || flow === 'none' ? { path, baudRate, flow } : undefined
}

/** What we use of a serial port. */
interface SerialPort {
  write(bytes: Buffer, done: (error: Error | null | undefined) => void): unknown
  drain(done: (error: Error | null | undefined) => void): void
  close(done?: (error: Error | null) => void): void
  on(event: 'data', listener: (bytes: Buffer) => void): unknown
  on(event: 'error' | 'close', listener: (error?: Error | null) => void): unknown
}

export type OpenSerial = (address: SerialAddress) => Promise<SerialPort>

/** The system's own; loaded when the first serial printer is used. */
export const openSerialPort: OpenSerial = async ({ path, baudRate, flow }) => {
  const { SerialPort: Port } = await import('serialport')
  return new Promise((resolve, reject) => {
    const port = new Port({
      path,
      baudRate,
      rtscts: flow === 'rtscts',
      xon: flow === 'xonxoff',
      xoff: flow === 'xonxoff',
      autoOpen: false,
    })
    port.open((error) => (error ? reject(error) : resolve(port)))
  })
}

/** A printer on a serial cable, or one that USB or Bluetooth makes look like it. */
export function serialTransport(address: string, open: OpenSerial = openSerialPort): LineTransport {
  return {
    kind: 'line',
    async open() {
      const place = readSerialAddress(address)
      if (!place)
        throw new NothingSent(`“${address}” is no serial port. Write /dev/ttyUSB0?baud=19200.`, 'error')
      try {
        return lineOf(await open(place))
      } catch (error) {
        throw new NothingSent(
          sentenceOf(error, place.path),
          /busy|lock/i.test(String(error)) ? 'busy' : 'offline',
        )
      }
    },
  }
}

function sentenceOf(error: unknown, path: string): string {
  const text = String(error)
  if (/no such file|not found|File not found/i.test(text))
    return `There is no serial port ${path}. Is its cable in?`
  if (/permission|access denied/i.test(text))
    return `This account may not use ${path}. Add it to the group that may (dialout).`
  if (/busy|lock/i.test(text)) return `Another program has ${path}. Close it.`
  return `The serial port ${path} cannot be opened. Look at its cable and its speed.`
}

function lineOf(port: SerialPort): Line {
  let listener: (bytes: Buffer) => void = () => {}
  let isOpen = true
  const broken = new Promise<never>((_, reject) => {
    const fail = (): void => {
      isOpen = false
      reject(new PrinterProblem('Its serial line broke off. Look at its cable.'))
    }
    port.on('error', fail)
    port.on('close', fail)
  })
  broken.catch(() => {})
  port.on('data', (bytes) => listener(bytes))
  const drained = (): Promise<void> =>
    new Promise((resolve, reject) => {
      port.drain((error) => (error ? reject(new PrinterProblem('Its serial line broke off.')) : resolve()))
    })
  return {
    broken,
    onData: (next) => (listener = next),
    async write(bytes) {
      const written = new Promise<void>((resolve, reject) => {
        port.write(bytes, (error) =>
          error ? reject(new PrinterProblem('Its serial line broke off.')) : resolve(),
        )
      })
      await Promise.race([written.then(drained), broken])
    },
    /** Whether the machine could push everything onto the wire; nobody closes at the other end. */
    finish: (wait) =>
      Promise.race([
        drained().then(
          () => true,
          () => false,
        ),
        new Promise<boolean>((resolve) => setTimeout(resolve, wait, false).unref()),
      ]),
    destroy() {
      if (!isOpen) return
      isOpen = false
      port.close(() => {})
    },
  }
}
