import {
  readStarStatus,
  starCounterReset,
  starCounterStep,
  starStatusQuestion,
  type StarStatus,
} from './star-status.ts'
import { PrinterProblem, type JobTransport, type Line, type LineTransport } from './transport.ts'

const answerWithin = 1500
/** From the last byte, or the last sign of life, to the counter's step. */
const proofWithin = 20_000
const askEvery = 2000

/**
 * A printer that speaks Star Line, over any line. It does not know process ids; it counts ETBs when what stands before
 * them is on paper, so a job is a whole: open, count from zero, send, wait for one. Nothing of it outlives a crash.
 */
export function starTransport(line: LineTransport): JobTransport {
  const open = async <T>(work: (talk: StarTalk) => Promise<T>, signal: AbortSignal): Promise<T> => {
    const opened = await line.open(signal)
    try {
      return await work(new StarTalk(opened))
    } finally {
      opened.destroy()
    }
  }
  const now = () => open((talk) => talk.status(answerWithin), AbortSignal.timeout(10_000))
  return {
    kind: 'job',
    print: (bytes, _name, signal) => open((talk) => print(talk, bytes, signal), signal),
    find: async () => 'unknown',
    status: async () => (await now())?.status ?? { state: 'unknown', reason: null },
    proof: async () => ((await now()) === undefined ? 'none' : 'star_counter'),
  }
}

async function print(talk: StarTalk, bytes: Buffer, signal: AbortSignal): Promise<'printed' | 'sent'> {
  await talk.line.write(Buffer.concat([starCounterReset, starStatusQuestion]))
  // Some send a status by themselves when the line opens: only one that counts from zero is the answer.
  let before = await talk.next(answerWithin)
  while (before && before.counter !== 0) {
    const later = await talk.next(answerWithin)
    if (!later) break
    before = later
  }
  await talk.line.write(Buffer.concat([bytes, starCounterStep]))
  if (before === undefined) {
    if (await talk.line.finish(proofWithin)) return 'sent'
    throw new PrinterProblem('It did not take the whole ticket.')
  }
  let silentUntil = performance.now() + proofWithin
  while (performance.now() < silentUntil && !signal.aborted) {
    const seen = (await talk.next(askEvery)) ?? (await talk.status(answerWithin))
    if (!seen) continue
    if (seen.counter === (before.counter + 1) % 32) return 'printed'
    // As long as it says what it waits for, it is waited for.
    if (seen.status.state !== 'ready' && seen.status.state !== 'paper_low')
      silentUntil = performance.now() + proofWithin
  }
  throw new PrinterProblem('It took the ticket but did not confirm it.')
}

class StarTalk {
  readonly line: Line
  #bytes = Buffer.alloc(0)
  #changed: () => void = () => {}

  constructor(line: Line) {
    this.line = line
    line.onData((bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes])
      this.#changed()
    })
  }

  async status(wait: number): Promise<StarStatus | undefined> {
    await this.line.write(starStatusQuestion)
    return this.next(wait)
  }

  /** The next status that comes, or came and was not looked at. */
  async next(wait: number): Promise<StarStatus | undefined> {
    const end = performance.now() + wait
    for (;;) {
      const found = readStarStatus(this.#bytes)
      if (found) {
        this.#bytes = this.#bytes.subarray(found.end)
        return found
      }
      const left = end - performance.now()
      if (left <= 0) return undefined
      let timer: NodeJS.Timeout | undefined
      const told = new Promise<void>((resolve) => {
        this.#changed = resolve
        timer = setTimeout(resolve, left)
      })
      await Promise.race([told, this.line.broken]).finally(() => clearTimeout(timer))
    }
  }
}
