import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import SqliteDatabase from 'better-sqlite3'
import { readTape } from './printer-tape.ts'

export type ChaosPolicy = 'spool' | 'naive-close' | 'naive-retry'

export interface ChaosOptions {
  policy: ChaosPolicy
  jobs: number
  printers: number
  /** The process is killed at least so often, as long as there is work. */
  kills: number
  /** Milliseconds that it lives after it is ready, at random between these. */
  life: readonly [number, number]
  /** Faults of printers beside the kills. */
  withFaults: boolean
  /** Printers that count their cuts, which is evidence after a crash. */
  counts: boolean
  seed: number
}

export interface ChaosResult {
  kills: number
  /** Jobs of which no whole ticket came out. */
  lost: string[]
  /** Jobs of which more than one ticket without a mark came out. */
  doubled: string[]
  /** Jobs with a marked copy. */
  marked: number
  /** The most tickets that one job had. */
  most: number
  /** Jobs of which more than one ticket came out though no attempt of theirs was left in doubt. */
  surplus: string[]
  tickets: number
}

/** Numbers that look random and are the same for a seed (mulberry32). */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** Prints through printers that fail, in a process that is killed, and counts what lies on the floor. */
export async function runPrintChaos(options: ChaosOptions): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'qrscan-chaos-'))
  const random = makeRandom(options.seed)
  const tapes = Array.from({ length: options.printers }, (_, at) => join(folder, `tape-${at}.jsonl`))
  const printers = await Promise.all(tapes.map((tape) => startPrinter(tape, options.counts)))
  const stopFaults = options.withFaults ? troublePrinters(printers, random) : async () => {}
  try {
    const kills = await workUntilDone(
      options,
      folder,
      printers.map(({ port }) => port),
      random,
      stopFaults,
    )
    return { kills, ...count(options, folder, tapes) }
  } finally {
    for (const { child } of printers) child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As slow as real ones, nearly: what came in is not out yet. */
const paperSpeed = { lineMs: 4, proofMs: 10 }

interface PrinterProcess {
  child: ChildProcess
  port: number
}

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

async function startPrinter(tape: string, counts: boolean): Promise<PrinterProcess> {
  const child = spawn(
    process.execPath,
    [here('run-virtual-printer.ts'), '--tape', tape, '--buffer', '4096'],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  )
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  child.stdin.write(`${JSON.stringify({ set: { ...paperSpeed, noCounter: !counts } })}\n`)
  return { child, port: (JSON.parse(line) as { port: number }).port }
}

/** Something goes wrong somewhere a few times a second; `stop` mends everything. */
function troublePrinters(printers: readonly PrinterProcess[], random: () => number): () => Promise<void> {
  const tell = ({ child }: PrinterProcess, order: object): void => {
    child.stdin?.write(`${JSON.stringify(order)}\n`)
  }
  const well = { paperOut: false, coverOpen: false, stalled: false, refuse: false, resetAfterBytes: null }
  const trouble = [
    { set: { resetAfterBytes: 1 + Math.floor(random() * 600) } },
    { set: { paperOut: true } },
    { set: { stalled: true } },
    { set: { refuse: true } },
    { powerCycle: 40 },
  ]
  const timer = setInterval(() => {
    const printer = printers[Math.floor(random() * printers.length)]!
    const fault = trouble[Math.floor(random() * trouble.length)]!
    tell(
      printer,
      'set' in fault && 'resetAfterBytes' in fault.set
        ? { set: { resetAfterBytes: 1 + Math.floor(random() * 600) } }
        : fault,
    )
    setTimeout(() => tell(printer, { set: well }), 100 + random() * 300)
  }, 350)
  return async () => {
    clearInterval(timer)
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const printer of printers) tell(printer, { set: well })
  }
}

async function workUntilDone(
  { policy, jobs, kills, life, counts }: ChaosOptions,
  folder: string,
  ports: readonly number[],
  random: () => number,
  stopFaults: () => Promise<void>,
): Promise<number> {
  const words = [
    '--data',
    join(folder, 'data'),
    '--ports',
    ports.join(','),
    '--jobs',
    String(jobs),
    '--policy',
    policy,
    '--counts',
    counts ? 'yes' : 'no',
  ]
  let killed = 0
  for (;;) {
    const person = ['--person', killed >= kills ? 'yes' : 'no']
    const child = spawn(process.execPath, [here('print-chaos-worker.ts'), ...words, ...person], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })
    const done = new Promise<boolean>((resolve) => {
      lines.on('line', (line) => line === 'done' && resolve(true))
      child.once('exit', () => resolve(false))
    })
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`The process ended by itself with code ${code} before it was ready.`)
    })
    await Promise.race([once(lines, 'line'), died])
    died.catch(() => {})
    // Past the kills that were asked for it may finish in peace, on printers that are well.
    if (killed === kills) await stopFaults()
    const wait = killed < kills ? life[0] + random() * (life[1] - life[0]) : 60_000
    let timer: NodeJS.Timeout | undefined
    const isDone = await Promise.race([
      done,
      new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), wait))),
    ])
    clearTimeout(timer)
    const gone = child.exitCode === null ? once(child, 'exit') : Promise.resolve()
    child.kill('SIGKILL')
    await gone
    if (isDone) {
      await stopFaults()
      return killed
    }
    if (++killed > kills + 50) throw new Error('The work does not end.')
  }
}

/** From the paper alone: whole tickets by the number on them, and whether they say what they are. */
function count({ jobs }: ChaosOptions, folder: string, tapes: readonly string[]): Omit<ChaosResult, 'kills'> {
  const tickets = new Map<string, { plain: number; marked: number }>()
  let total = 0
  for (const tape of tapes) {
    for (const { isCut, parts } of readTape(tape).strips) {
      // A job that died shares its paper with the next one, which is the ticket.
      const text = parts.at(-1) ?? ''
      const number = /J\d{5}/.exec(text)?.[0]
      if (!isCut || number === undefined) continue
      total++
      const seen = tickets.get(number) ?? { plain: 0, marked: 0 }
      if (/REPRINT|BACKUP/.test(text)) seen.marked++
      else seen.plain++
      tickets.set(number, seen)
    }
  }
  const all = Array.from({ length: jobs }, (_, at) => `J${String(at).padStart(5, '0')}`)
  const doubted = jobsInDoubt(folder)
  const of = (number: string) => tickets.get(number) ?? { plain: 0, marked: 0 }
  return {
    tickets: total,
    lost: all.filter((number) => of(number).plain + of(number).marked === 0),
    doubled: all.filter((number) => of(number).plain > 1),
    marked: all.filter((number) => of(number).marked > 0).length,
    most: Math.max(...all.map((number) => of(number).plain + of(number).marked)),
    surplus: all.filter((number) => of(number).plain + of(number).marked > 1 && !doubted.has(number)),
  }
}

/** Numbers whose evidence was lost: an attempt of theirs ended as unknown. */
function jobsInDoubt(folder: string): Set<string> {
  const db = new SqliteDatabase(join(folder, 'data', 'qrscan.sqlite'), { readonly: true })
  const rows = db
    .prepare<[], string>(
      `select distinct order_number from print_jobs join print_attempts on print_job_id = print_jobs.id
       where outcome = 'unknown'`,
    )
    .pluck()
    .all()
  db.close()
  return new Set(rows)
}
