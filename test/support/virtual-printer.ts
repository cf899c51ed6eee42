import { existsSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { PrinterEngine } from './printer-engine.ts'
import type { LineFaults, PrinterFaults } from './printer-faults.ts'
import { realTimeStatus } from './printer-status.ts'
import { appendKick, appendStrip, readTape, type DrawerKick, type Strip } from './printer-tape.ts'

export interface VirtualPrinterOptions {
  /** 0 for any. */
  port?: number
  /** JSON lines, one a piece of paper or kick, written before anybody is answered; read again at a start. */
  tapeFile?: string
  /** Receive buffer; small ones push back as real ones do. */
  bufferBytes?: number
  faults?: Partial<PrinterFaults>
}

/**
 * An ESC/POS printer on the loopback interface, by the makers' documents: one connection at a time (others wait),
 * a receive buffer that pushes back, status in real time and by itself, proof by process id, a counter of cuts,
 * paper that can be read, and everything that goes wrong with printers.
 */
export async function startVirtualPrinter(options: VirtualPrinterOptions = {}): Promise<VirtualPrinter> {
  const printer = new VirtualPrinter(options)
  await printer.listen(options.port ?? 0)
  return printer
}

export class VirtualPrinter implements AsyncDisposable {
  port = 0
  /** Taken from the line since the start. */
  bytes = 0
  readonly #tapeFile: string | undefined
  readonly #engine: PrinterEngine
  readonly #strips: Strip[] = []
  readonly #kicks: DrawerKick[] = []
  readonly #waiting: Socket[] = []
  #server: Server | undefined
  #socket: Socket | undefined
  #pending = Buffer.alloc(0)
  #hasEnded = false
  #isFilling = false
  /** The last bytes in sight, so that a command in real time is seen across two packets. */
  #realTime: number[] = []
  #resetAfterBytes: number | null = null
  #resetEachAfter: number | null = null

  constructor({ tapeFile, bufferBytes = 4096, faults = {} }: VirtualPrinterOptions) {
    this.#tapeFile = tapeFile
    this.#engine = new PrinterEngine(
      {
        answer: (bytes) => this.#answer(bytes),
        strip: (strip) => this.#keepStrip(strip),
        kick: (kick) => this.#keepKick(kick),
        room: () => this.#fill(),
      },
      bufferBytes,
    )
    this.#engine.faults = { ...this.#engine.faults, ...faults }
    this.#readTape()
  }

  /** Paper that came out, oldest first; what lacks its cut is still in the printer or was torn by a power cut. */
  tickets(): readonly Strip[] {
    return this.#strips
  }

  pulses(): readonly DrawerKick[] {
    return this.#kicks
  }

  /** Cuts in all. */
  get counter(): number {
    return this.#engine.counter
  }

  /** Switches faults; resolves when the line is as told. */
  async set(changes: Partial<PrinterFaults & LineFaults>): Promise<void> {
    const { refuse, resetAfterBytes, resetEachAfter, ...faults } = changes
    if (resetEachAfter !== undefined) this.#resetEachAfter = resetEachAfter
    if (resetAfterBytes !== undefined) this.#resetAfterBytes = resetAfterBytes
    this.#engine.change(faults)
    if (refuse === true) await this.#stopListening()
    if (refuse === false && this.#server === undefined) await this.listen(this.port)
  }

  /** Resets the connection now. */
  reset(): void {
    this.#socket?.resetAndDestroy()
  }

  /** Off and on again: buffer, connections and automatic status are gone, paper and counter stay. */
  async powerCycle(offMs = 0): Promise<void> {
    this.#dropAll()
    await this.#stopListening()
    this.#engine.losePower()
    await new Promise((resolve) => setTimeout(resolve, offMs))
    await this.listen(this.port)
  }

  async close(): Promise<void> {
    this.#dropAll()
    await this.#stopListening()
    this.#engine.change({ stalled: true })
    this.#engine.losePower()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async listen(port: number): Promise<void> {
    const server = createServer({ allowHalfOpen: true }, (socket) => this.#welcome(socket))
    this.#server = server
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
    const address = server.address()
    this.port = typeof address === 'object' && address !== null ? address.port : 0
  }

  /** `close` would wait for connections; the ones that are there go on. */
  async #stopListening(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.close()
    // The handle is let go in this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve))
  }

  #dropAll(): void {
    for (const socket of this.#waiting.splice(0)) socket.resetAndDestroy()
    this.#socket?.resetAndDestroy()
  }

  #welcome(socket: Socket): void {
    socket.on('error', () => socket.destroy())
    if (this.#socket !== undefined) {
      this.#waiting.push(socket)
      return
    }
    this.#serve(socket)
  }

  #serve(socket: Socket): void {
    this.#socket = socket
    if (this.#resetEachAfter !== null) this.#resetAfterBytes = this.#resetEachAfter
    this.#pending = Buffer.alloc(0)
    this.#hasEnded = false
    this.#realTime = []
    socket.on('data', (bytes) => {
      this.#pending = Buffer.concat([this.#pending, bytes])
      this.#fill()
    })
    socket.on('end', () => {
      this.#hasEnded = true
      this.#fill()
    })
    socket.on('close', () => {
      this.#socket = undefined
      this.#engine.hangUp()
      const next = this.#waiting.shift()
      if (next?.destroyed === false) this.#serve(next)
    })
    if (socket.destroyed) socket.emit('close')
  }

  /** Lets into the buffer what it has room for, and holds the line meanwhile. */
  #fill(): void {
    const socket = this.#socket
    // Taking makes room, and room asks for more: once is enough.
    if (socket === undefined || this.#isFilling) return
    this.#isFilling = true
    while (this.#pending.length > 0 && this.#engine.room > 0 && this.#resetAfterBytes !== 0) this.#takeSome()
    this.#isFilling = false
    if (this.#resetAfterBytes === 0) {
      this.#resetAfterBytes = null
      this.#pending = Buffer.alloc(0)
      socket.resetAndDestroy()
      return
    }
    if (this.#pending.length > 0) socket.pause()
    else socket.resume()
    // Who has said goodbye is let go when all is printed, or at once when nothing can be.
    if (this.#hasEnded && this.#pending.length === 0 && this.#engine.isDone) socket.end()
  }

  #takeSome(): void {
    const most = Math.min(this.#engine.room, this.#resetAfterBytes ?? Infinity)
    const taken = this.#pending.subarray(0, most)
    this.#pending = this.#pending.subarray(taken.length)
    this.bytes += taken.length
    if (this.#resetAfterBytes !== null) this.#resetAfterBytes -= taken.length
    for (const byte of taken) this.#inRealTime(byte)
    this.#engine.receive(taken)
  }

  /** Done when they come, wherever they stand: inside a picture too. */
  #inRealTime(byte: number): void {
    this.#realTime = [...this.#realTime.slice(-9), byte]
    const [first, second, third] = this.#realTime.slice(-3)
    if (first === 0x10 && second === 0x04) this.#answer(realTimeStatus(third!, this.#engine.faults))
    if (first === 0x10 && second === 0x05 && third === 2) this.#recover()
    const kick = this.#realTime.slice(-5)
    if (kick[0] === 0x10 && kick[1] === 0x14 && kick[2] === 1) this.#engine.kick(kick[3]!, kick[4]! * 100, 0)
    const clear = [0x10, 0x14, 8, 1, 3, 20, 1, 6, 2, 8]
    if (clear.every((one, index) => this.#realTime[index] === one)) this.#engine.clear()
  }

  #recover(): void {
    this.#engine.clear()
    this.#engine.change({ cutterError: false })
  }

  #answer(bytes: Buffer): void {
    const { mute, stalled } = this.#engine.faults
    if (!mute && !stalled && this.#socket?.writable) this.#socket.write(bytes)
  }

  #keepStrip(strip: Strip): void {
    this.#strips.push(strip)
    if (this.#tapeFile !== undefined) appendStrip(this.#tapeFile, strip)
  }

  #keepKick(kick: DrawerKick): void {
    this.#kicks.push(kick)
    if (this.#tapeFile !== undefined) appendKick(this.#tapeFile, kick)
  }

  #readTape(): void {
    if (this.#tapeFile === undefined || !existsSync(this.#tapeFile)) return
    const { strips, kicks } = readTape(this.#tapeFile)
    this.#strips.push(...strips)
    this.#kicks.push(...kicks)
    this.#engine.counter = strips.filter(({ isCut }) => isCut).length
  }
}
