import { setTimeout as sleep } from 'node:timers/promises'
import { NothingSent, PrinterProblem, type JobTransport, type PrinterStatus } from './transport.ts'

/** A queue of Windows as its spooler tells it; bits as in winspool.h. */
export interface SpoolerJob {
  name: string
  status: number
}

/** Windows's own error number (winerror.h), and whether bytes may have gone out before it. */
export class WinspoolError extends Error {
  readonly code: number
  readonly begun: boolean

  constructor(code: number, begun = false) {
    super(`Windows error ${code}`)
    this.code = code
    this.begun = begun
  }
}

/** What we use of winspool.drv. Calls reject with `WinspoolError`. */
export interface Winspool {
  queues(): Promise<string[]>
  /** Status bits of a queue (PRINTER_STATUS_*). */
  status(queue: string): Promise<number>
  jobs(queue: string): Promise<SpoolerJob[]>
  /** OpenPrinter, StartDocPrinter with RAW, WritePrinter, EndDocPrinter. */
  printRaw(queue: string, name: string, bytes: Buffer): Promise<void>
}

export type LoadWinspool = () => Promise<Winspool>

/** JOB_STATUS_* of winspool.h. */
const jobBits = { error: 0x2, deleted: 0x100, printed: 0x80, complete: 0x1000 }

/** PRINTER_STATUS_* of winspool.h, the worst first. */
const queueBits: readonly (readonly [bits: number, status: PrinterStatus])[] = [
  [0x40_0000, { state: 'cover_open', reason: 'Its cover is open. Close it; printing goes on by itself.' }],
  [
    0x10,
    { state: 'paper_out', reason: 'It is out of paper. Put in a new roll; printing goes on by itself.' },
  ],
  [0x8 | 0x40, { state: 'error', reason: 'Paper is jammed in it. Take it out; printing goes on by itself.' }],
  [
    0x80 | 0x1000,
    { state: 'offline', reason: 'Windows says that it is offline. Is it on, and its cable in?' },
  ],
  [0x1, { state: 'error', reason: 'Its queue is paused. Let it go on in the settings of Windows.' }],
  [0x2 | 0x10_0000, { state: 'error', reason: 'It reports a fault. Look at the printer itself.' }],
  [0x400 | 0x4000, { state: 'printing', reason: null }],
]

/** How long a job may stay in the queue before it counts as handed over and unproved. */
const leavesWithin = 60_000

/**
 * A queue of Windows, fed raw. The spooler knows of delivery alone, so a job of it is never more than `sent`.
 */
export function spoolerTransport(queue: string, load: LoadWinspool): JobTransport {
  return {
    kind: 'job',
    async print(bytes, name, signal) {
      const spooler = await load()
      await spooler.printRaw(queue, name, bytes).catch((error: unknown) => {
        const sentence = sentenceOf(error, queue)
        const begun = error instanceof WinspoolError && error.begun
        throw begun ? new PrinterProblem(sentence, 'error') : new NothingSent(sentence, 'error')
      })
      await untilGone(spooler, queue, name, signal)
      return 'sent'
    },
    async find(name) {
      try {
        const jobs = await (await load()).jobs(queue)
        return jobs.some((job) => job.name === name && !isOver(job)) ? 'waiting' : 'unknown'
      } catch {
        return 'unknown'
      }
    },
    proof: async () => 'none',
    async status() {
      const spooler = await load()
      return statusOfQueue(
        await spooler.status(queue).catch((error: unknown) => {
          throw new PrinterProblem(sentenceOf(error, queue))
        }),
      )
    },
  }
}

export function statusOfQueue(bits: number): PrinterStatus {
  return queueBits.find(([mask]) => (bits & mask) !== 0)?.[1] ?? { state: 'ready', reason: null }
}

function isOver({ status }: SpoolerJob): boolean {
  return (status & (jobBits.printed | jobBits.complete | jobBits.deleted)) !== 0
}

/** A queue that keeps its job has not delivered it; one that lost sight of it has. */
async function untilGone(spooler: Winspool, queue: string, name: string, signal: AbortSignal): Promise<void> {
  const end = performance.now() + leavesWithin
  let pause = 100
  for (;;) {
    const job = (await spooler.jobs(queue).catch(() => [])).find((one) => one.name === name)
    if (!job || isOver(job)) return
    if (performance.now() > end) {
      const sentence = 'The ticket is still in the queue of Windows. Look at the printer and at its queue.'
      throw new PrinterProblem(sentence, job.status & jobBits.error ? 'error' : 'busy')
    }
    await sleep(pause, undefined, { signal })
    pause = Math.min(pause * 1.5, 2000)
  }
}

function sentenceOf(error: unknown, queue: string): string {
  const code = error instanceof WinspoolError ? error.code : NaN
  // ERROR_INVALID_PRINTER_NAME, ERROR_ACCESS_DENIED, RPC_S_SERVER_UNAVAILABLE.
  if (code === 1801) return `Windows has no printer “${queue}”. Choose one from its list.`
  if (code === 5) return `This account may not print on “${queue}”. Allow it in the settings of Windows.`
  if (code === 1722) return 'The print spooler of Windows is not running. Start it, or restart the computer.'
  return `Windows could not print on “${queue}”${Number.isNaN(code) ? '' : ` (error ${code})`}. Look at its queue.`
}
