import { nextCommand, type PrinterCommand } from './printer-commands.ts'
import { noFaults, type PrinterFaults } from './printer-faults.ts'
import { automaticStatus, isOffline, orderedStatus } from './printer-status.ts'
import type { DrawerKick, Strip } from './printer-tape.ts'

/** What an engine tells the world. */
export interface EngineEvents {
  answer: (bytes: Buffer) => void
  strip: (strip: Strip) => void
  kick: (kick: DrawerKick) => void
  /** There is room in the buffer again. */
  room: () => void
}

const tickMs = 10

/** A printer behind its socket: a receive buffer, a head that works it off in order, and a memory of its cuts. */
export class PrinterEngine {
  faults: PrinterFaults = { ...noFaults }
  /** Cuts since it was made; survives loss of power as the makers' cumulative counters do. */
  counter = 0
  readonly #events: EngineEvents
  readonly #bufferBytes: number
  #buffer = Buffer.alloc(0)
  #isStarved = false
  /** Bytes of the picture in hand that have not come yet: whatever comes next is taken for dots. */
  #dotsToCome = 0
  #line = ''
  #parts: string[] = ['']
  #strip: Buffer[] = []
  #dots = 0
  #hasAsb = false
  #pause: NodeJS.Timeout | undefined
  #proof: NodeJS.Timeout | undefined

  constructor(events: EngineEvents, bufferBytes: number) {
    this.#events = events
    this.#bufferBytes = bufferBytes
  }

  /** How many bytes may come now. A command longer than the buffer is let in, for it could never be worked off. */
  get room(): number {
    if (this.faults.stalled) return 0
    return this.#isStarved ? 65_536 : Math.max(0, this.#bufferBytes - this.#buffer.length)
  }

  /** Nothing more will come of what has arrived, unless somebody mends the printer. */
  get isDone(): boolean {
    const isIdle = (this.#buffer.length === 0 || this.#isStarved) && this.#proof === undefined
    return isIdle || isOffline(this.faults)
  }

  receive(bytes: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, bytes])
    this.#isStarved = false
    this.pump()
  }

  change(faults: Partial<PrinterFaults>): void {
    const before = automaticStatus(this.faults)
    Object.assign(this.faults, faults)
    if (this.#hasAsb && !automaticStatus(this.faults).equals(before)) this.#sendStatus()
    this.pump()
  }

  /** The other side is gone: nobody is told anything until somebody asks again. */
  hangUp(): void {
    this.#hasAsb = false
  }

  /** DLE ENQ 2, DLE DC4 8: what waits is thrown away, and a process id with it. */
  clear(): void {
    this.#buffer = Buffer.alloc(0)
    this.#isStarved = false
    this.#dotsToCome = 0
    this.#line = ''
    clearTimeout(this.#proof)
    this.#proof = undefined
  }

  /** Everything but the paper and the counter is lost. */
  losePower(): void {
    this.clear()
    clearTimeout(this.#pause)
    this.#pause = undefined
    this.#hasAsb = false
    this.#tear(false)
  }

  kick(pin: number, onMs: number, offMs: number): void {
    this.#events.kick({ pin, onMs, offMs })
  }

  /** Works off what it can; goes on by itself where it is slow. */
  pump(): void {
    let budget = this.faults.bytesPerSecond > 0 ? (this.faults.bytesPerSecond * tickMs) / 1000 : Infinity
    while (this.#pause === undefined && !this.faults.stalled && !isOffline(this.faults)) {
      const before = this.#buffer.length
      const lines = this.#step()
      if (lines === undefined) break
      budget -= before - this.#buffer.length
      if (lines > 0 && this.faults.lineMs > 0) this.#rest(lines * this.faults.lineMs)
      else if (budget <= 0) this.#rest(tickMs)
    }
    this.#events.room()
  }

  #rest(ms: number): void {
    this.#pause = setTimeout(() => {
      this.#pause = undefined
      this.pump()
    }, ms)
  }

  /** One command, letter or piece of a picture; how many lines it printed, or undefined when there is nothing. */
  #step(): number | undefined {
    if (this.#buffer.length === 0) return undefined
    if (this.#dotsToCome > 0) return this.#takeDots()
    const command = nextCommand(this.#buffer)
    if (command === undefined) {
      this.#isStarved = true
      return undefined
    }
    const bytes = this.#take(command.length)
    this.#dotsToCome = command.dots
    return this.#do(command, bytes)
  }

  #take(length: number): Buffer {
    const bytes = this.#buffer.subarray(0, length)
    this.#buffer = this.#buffer.subarray(length)
    this.#strip.push(Buffer.from(bytes))
    return bytes
  }

  #takeDots(): number {
    const taken = this.#take(Math.min(this.#dotsToCome, 1024)).length
    this.#dotsToCome -= taken
    this.#dots += taken
    return 1
  }

  #do({ name }: PrinterCommand, bytes: Buffer): number {
    switch (name) {
      case 'letter':
        return this.#letter(bytes[0]!)
      case 'ESC @':
        this.#hasAsb = false
        this.#line = ''
        if (this.#parts.at(-1) !== '') this.#parts.push('')
        return 0
      case 'ESC d':
      case 'ESC J':
        return this.#endLine()
      case 'ESC p':
        this.kick(bytes[2]! % 48, bytes[3]! * 2, bytes[4]! * 2)
        return 0
      case 'GS V':
      case 'ESC i':
      case 'ESC m':
        this.#cut()
        return 1
      default:
        this.#answer(name, bytes)
        return 0
    }
  }

  #letter(byte: number): number {
    if (byte === 0x0a) return this.#endLine()
    if (byte >= 0x20 && byte !== 0x7f) this.#line += String.fromCharCode(byte)
    return 0
  }

  #endLine(): number {
    if (this.#line !== '') this.#parts[this.#parts.length - 1] += `${this.#line}\n`
    this.#line = ''
    const { linesLeft } = this.faults
    if (linesLeft === null) return 1
    if (linesLeft > 1) this.faults.linesLeft = linesLeft - 1
    else this.change({ linesLeft: null, paperOut: true })
    return 1
  }

  #cut(): void {
    this.#endLine()
    this.counter++
    this.#tear(true)
  }

  #tear(isCut: boolean): void {
    const parts = this.#parts.filter((part) => part !== '')
    const strip = { isCut, text: parts.join(''), parts, dots: this.#dots, bytes: Buffer.concat(this.#strip) }
    this.#parts = ['']
    this.#strip = []
    this.#dots = 0
    if (strip.text !== '' || strip.dots > 0) this.#events.strip(strip)
  }

  #answer(name: string, bytes: Buffer): void {
    if (name === 'GS a') {
      this.#hasAsb = bytes[2] !== 0
      if (this.#hasAsb) this.#sendStatus()
    } else if (name === 'GS r') this.#send(orderedStatus(bytes[2]!, this.faults))
    else if (name === 'GS I') this.#send(nameOf(bytes[2]!))
    else if (name === 'GS g') this.#sendCounter(bytes)
    else if (name === 'GS ( H') this.#proveLater(bytes)
  }

  /** Counter 20 (lines) and its like are not kept: 50 and 178 are the cutter's, until reset and for ever. */
  #sendCounter(bytes: Buffer): void {
    const which = bytes.readUInt16LE(4)
    if (bytes[2] !== 0x32 || this.faults.noCounter) return
    const value = which === 50 || which === 178 ? this.counter : 0
    this.#send(Buffer.from(`_${value}\0`, 'latin1'))
  }

  /** Function 48: the id is answered once all before it is on paper; of several only the latest. */
  #proveLater(bytes: Buffer): void {
    if (bytes[5] !== 48 || bytes[6] !== 48 || bytes.length < 11 || this.faults.noProof) return
    const answer = Buffer.concat([Buffer.from([0x37, 0x22]), bytes.subarray(7, 11), Buffer.from([0])])
    clearTimeout(this.#proof)
    this.#proof = setTimeout(() => {
      this.#proof = undefined
      this.#send(answer)
      this.#events.room()
    }, this.faults.proofMs)
  }

  #sendStatus(): void {
    this.#send(automaticStatus(this.faults))
  }

  #send(bytes: Buffer): void {
    if (bytes.length > 0) this.#events.answer(bytes)
  }
}

/** GS I: maker and model as text, the rest as one byte. */
function nameOf(n: number): Buffer {
  const names: Record<number, string> = { 65: '1.0', 66: 'VIRTUAL', 67: 'TM-V80', 68: '00000001' }
  return names[n] === undefined ? Buffer.from([0x20]) : Buffer.from(`_${names[n]}\0`, 'latin1')
}
