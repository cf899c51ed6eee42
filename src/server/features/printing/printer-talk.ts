import type { Line, PrinterStatus } from './transports/transport.ts'

const answerWithin = 1200
/** DLE EOT 1, 2, 4: printer, why offline, paper. Answered at once, even by a printer that is offline. */
const statusQuestion = Buffer.from([0x10, 4, 1, 0x10, 4, 2, 0x10, 4, 4])
/** GS g 2 0 178 0: how often its knife has cut, in its whole life. Answered in turn, after all that came before. */
const counterQuestion = Buffer.from([0x1d, 0x67, 0x32, 0, 178, 0])

/** What the printer said, read as it comes. Blocks and single bytes are told apart by their fixed bits. */
export class PrinterTalk {
  readonly #line: Line
  #bytes = Buffer.alloc(0)
  #changed: () => void = () => {}

  constructor(line: Line) {
    this.#line = line
    line.onData((bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes])
      this.#changed()
    })
  }

  /** How it is; undefined when it does not answer. */
  async status(): Promise<PrinterStatus | undefined> {
    await this.#line.write(statusQuestion)
    const [printer, cause, paper] = (await this.#within(answerWithin, () => this.#takeStatus(3))) ?? []
    if (printer === undefined || cause === undefined || paper === undefined) return undefined
    return statusOf(printer, cause, paper)
  }

  /** Cuts so far; undefined when it does not count. */
  async counter(): Promise<number | undefined> {
    await this.#line.write(counterQuestion)
    const text = await this.#within(answerWithin, () => this.#takeBlock(0x5f))
    const count = text === undefined ? NaN : Number(text.toString('latin1'))
    return Number.isSafeInteger(count) ? count : undefined
  }

  /** Whether it sends the process id back. */
  async provesById(): Promise<boolean> {
    await this.#line.write(proofTrailer('QRS?'))
    return (await this.#within(answerWithin, () => this.#takeProof('QRS?'))) === true
  }

  /** Whether it answers in turn (GS r 1), once it has come so far. */
  async answersInTurn(wait = answerWithin): Promise<boolean> {
    await this.#line.write(inTurnQuestion)
    return this.inTurnAnswer(wait)
  }

  async inTurnAnswer(wait: number): Promise<boolean> {
    return (await this.#within(wait, () => this.#takeInTurn())) === true
  }

  /** Whether the proof of an id has come within a time. */
  async proof(id: string, wait: number): Promise<boolean> {
    return (await this.#within(wait, () => this.#takeProof(id))) === true
  }

  async #within<T>(wait: number, take: () => T | undefined): Promise<T | undefined> {
    const end = performance.now() + wait
    for (;;) {
      const taken = take()
      if (taken !== undefined) return taken
      const left = end - performance.now()
      if (left <= 0) return undefined
      let timer: NodeJS.Timeout | undefined
      const told = new Promise<void>((resolve) => {
        this.#changed = resolve
        timer = setTimeout(resolve, left)
      })
      try {
        await Promise.race([told, this.#line.broken])
      } finally {
        clearTimeout(timer)
      }
    }
  }

  /** Answers to DLE EOT: bits 1 and 4 set, 0, 3…7 by meaning (0xx1xx10). */
  #takeStatus(count: number): number[] | undefined {
    const found: number[] = []
    for (const byte of this.#bytes) if ((byte & 0x93) === 0x12) found.push(byte)
    if (found.length < count) return undefined
    this.#bytes = Buffer.alloc(0)
    return found.slice(-count)
  }

  #takeBlock(head: number): Buffer | undefined {
    const start = this.#bytes.indexOf(head)
    const end = start < 0 ? -1 : this.#bytes.indexOf(0, start)
    if (end < 0) return undefined
    const block = this.#bytes.subarray(start + 1, end)
    this.#bytes = this.#bytes.subarray(end + 1)
    return block
  }

  #takeProof(id: string): true | undefined {
    const block = Buffer.concat([Buffer.from([0x37, 0x22]), Buffer.from(id, 'latin1'), Buffer.from([0])])
    const at = this.#bytes.indexOf(block)
    if (at < 0) return undefined
    this.#bytes = this.#bytes.subarray(at + block.length)
    return true
  }

  #takeInTurn(): true | undefined {
    const at = this.#bytes.findIndex((byte) => (byte & 0x90) === 0)
    if (at < 0) return undefined
    this.#bytes = this.#bytes.subarray(at + 1)
    return true
  }
}

export const inTurnQuestion = Buffer.from([0x1d, 0x72, 1])

/** GS ( H, function 48: the printer sends these four characters back once everything before them is on paper. */
export function proofTrailer(id: string): Buffer {
  return Buffer.concat([Buffer.from([0x1d, 0x28, 0x48, 6, 0, 0x30, 0x30]), Buffer.from(id, 'latin1')])
}

function statusOf(printer: number, cause: number, paper: number): PrinterStatus {
  if (cause & 0x04)
    return { state: 'cover_open', reason: 'Its cover is open. Close it; printing goes on by itself.' }
  if ((paper & 0x60) === 0x60 || cause & 0x20) {
    return {
      state: 'paper_out',
      reason: 'It is out of paper. Put in a new roll; printing goes on by itself.',
    }
  }
  if (cause & 0x40) {
    return {
      state: 'error',
      reason: 'It reports a fault, often a jam at the knife. Open it, clear it, switch it off and on.',
    }
  }
  if (printer & 0x08)
    return {
      state: 'offline',
      reason: 'It says that it is offline. Press its feed button, or switch it off and on.',
    }
  if (paper & 0x0c)
    return { state: 'paper_low', reason: 'Its paper is nearly used up. Have a new roll ready.' }
  return { state: 'ready', reason: null }
}

/** Whether a ticket may be sent to a printer that is so. */
export function canPrint({ state }: PrinterStatus): boolean {
  return state === 'ready' || state === 'paper_low'
}
