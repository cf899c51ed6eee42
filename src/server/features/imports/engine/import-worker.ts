import { Worker } from 'node:worker_threads'
import type { OnDuplicate } from '#contract/imports.ts'
import type { StagedAt } from '../../../db/staged-links.ts'
import { CancelledError, ImportFailure } from './cancel.ts'
import type { CardChunk } from './cards/card-session.ts'
import { type GoodChunk, type PackedChunk, unpackChunk } from './good-rows.ts'
import type { EditResult, QuestionName, Questions, Report, ScanResult } from './messages.ts'
import type { Tally } from './session.ts'
import type { PageRequest, Progress, ScanRequest, SheetDescription } from './request.ts'

export interface ImportWorkerOptions {
  /** Where `worker.ts`, or what it was bundled into, lies. */
  workerUrl: URL | string
  /** Heap of the worker in megabytes; a file that needs more is refused, the process lives on. */
  memoryLimitMb?: number
}

export interface ScanListeners {
  /** Headers and the first rows, long before the whole file is checked. */
  opened?: (sheet: SheetDescription) => void
  progress?: (progress: Progress) => void
}

/** A chunk, and where its rows to be created are if not in it. */
export type StagedChunk = GoodChunk & { path?: string }

interface Waiting {
  resolve: (answer: never) => void
  reject: (reason: Error) => void
  listeners: ScanListeners
}

/** Two by turns: one is written while the other is taken over. */
export function stagingPaths(path: string): [string, string] {
  return [`${path}.staged-0`, `${path}.staged-1`]
}

/** A worker that has not stopped after this time never will. */
const HANG_MS = 5000

/**
 * The main thread's hold on the worker of one import. Every method rejects with an `ImportFailure` whose
 * message is meant for people, with a `CancelledError` after `cancel`, and never ends the process, whatever
 * the file.
 */
export class ImportWorker {
  readonly #worker: Worker
  readonly #flag: Int32Array
  readonly #waiting = new Map<number, Waiting>()
  /** Cancelled questions that the worker has not let go of yet. */
  readonly #stopping = new Set<number>()
  #next = 1
  #gone: Error | null = null

  constructor({ workerUrl, memoryLimitMb = 1024 }: ImportWorkerOptions) {
    const cancel = new SharedArrayBuffer(4)
    this.#flag = new Int32Array(cancel)
    this.#worker = new Worker(workerUrl, {
      workerData: { cancel },
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    })
    this.#worker.on('message', (report: Report) => this.#take(report))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('The worker has ended.')))
  }

  /** Reads and checks a file; may be asked again with another mapping, delimiter or encoding. */
  scan(request: ScanRequest, listeners: ScanListeners = {}): Promise<ScanResult> {
    return this.#ask('scan', request, listeners)
  }

  /** Rows under a filter; answers while a scan runs, with what is known by then. */
  page(request: PageRequest): Promise<Questions['page']['answer']> {
    return this.#ask('page', request)
  }

  /** Changes cells of a row (1-based) by column index; null takes an edit back. */
  edit(row: number, cells: Record<string, string | null>): Promise<EditResult> {
    const pairs = Object.entries(cells).map(([column, value]): [number, string | null] => [
      Number(column),
      value,
    ])
    return this.#ask('edit', { row, cells: pairs })
  }

  /** Takes the suggestion of one finding code for all rows. */
  fix(code: string, progress?: (progress: Progress) => void): Promise<Tally & { fixed: number }> {
    return this.#ask('fix', { code }, progress === undefined ? {} : { progress })
  }

  setOnDuplicate(onDuplicate: OnDuplicate): Promise<Tally> {
    return this.#ask('mode', { onDuplicate })
  }

  /** Edits since a cursor (0 for all), to be kept by the caller. */
  edits(cursor: number, limit = 5000): Promise<Questions['edits']['answer']> {
    return this.#ask('edits', { cursor, limit })
  }

  /** Writes the rows with errors to a file; see `writeErrorsCsv`. */
  writeErrors(path: string): Promise<{ rows: number }> {
    return this.#ask('errors', { path })
  }

  /**
   * The good rows in order. The next chunk is made while one is being written, and no more than that. With `staging`
   * the rows to be created lie in files beside its path, from its `seq` on; each is there until the chunk after the
   * next is asked for.
   */
  async *chunks(size = 2000, staging?: StagedAt & { path: string }): AsyncGenerator<StagedChunk> {
    let seq = staging?.seq ?? 0
    let turn = 0
    const ask = (from: number) => {
      const path = staging && stagingPaths(staging.path)[turn++ % 2]
      const at = staging && path !== undefined && { staging: { path, seq, now: staging.now } }
      return { path, answer: this.#ask('chunk', { from, size, ...at }) }
    }
    let coming: ReturnType<typeof ask> | null = ask(1)
    while (coming !== null) {
      const { path } = coming
      const chunk: PackedChunk = await coming.answer
      seq += chunk.staged
      coming = chunk.next === null ? null : ask(chunk.next)
      // Whoever stops early must not leave a rejection that nobody hears.
      coming?.answer.catch(() => undefined)
      yield { ...unpackChunk(chunk), ...(path !== undefined && { path }) }
    }
  }

  /** The good cards of a file of cards, in order. */
  async *cards(size = 500): AsyncGenerator<CardChunk> {
    for (let from: number | null = 1; from !== null;) {
      const chunk: CardChunk = await this.#ask('cards', { from, size })
      from = chunk.next
      yield chunk
    }
  }

  /**
   * Stops whatever runs: all that was asked rejects at once, and the worker stops within milliseconds. It can
   * be asked again, a file whose scan was cancelled from the beginning. One that does not stop is ended.
   */
  cancel(): void {
    if (this.#waiting.size === 0) return
    Atomics.store(this.#flag, 0, this.#next - 1)
    for (const [id, { reject }] of this.#waiting) {
      this.#stopping.add(id)
      reject(new CancelledError())
    }
    this.#waiting.clear()
    const last = this.#next - 1
    setTimeout(() => {
      if ([...this.#stopping].some((id) => id <= last)) this.#end(new CancelledError())
    }, HANG_MS).unref()
  }

  /** Ends the worker and removes its temporary files. */
  async close(): Promise<void> {
    this.cancel()
    const closed = this.#ask('close', {}).catch(() => undefined)
    const late = setTimeout(() => this.#end(new CancelledError()), HANG_MS).unref()
    await closed
    clearTimeout(late)
    this.#fail(new CancelledError())
    await this.#worker.terminate()
  }

  #end(cause: Error): void {
    this.#fail(cause)
    void this.#worker.terminate()
  }

  #ask<Name extends QuestionName>(
    name: Name,
    ask: Questions[Name]['ask'],
    listeners: ScanListeners = {},
  ): Promise<Questions[Name]['answer']> {
    if (this.#gone !== null) return Promise.reject(this.#gone)
    const id = this.#next++
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, listeners })
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
      this.#worker.postMessage({ id, name, ask })
    })
  }

  #take(report: Report): void {
    const waiting = this.#waiting.get(report.id)
    if (report.kind === 'answer' || report.kind === 'error') this.#stopping.delete(report.id)
    if (waiting === undefined) return
    if (report.kind === 'opened') return waiting.listeners.opened?.(report.sheet)
    if (report.kind === 'progress') return waiting.listeners.progress?.(report.progress)
    this.#waiting.delete(report.id)
    if (report.kind === 'answer') waiting.resolve(report.answer as never)
    else waiting.reject(errorOf(report.name, report.message))
  }

  #fail(cause: Error): void {
    this.#gone ??= cause instanceof CancelledError ? cause : crashed(cause)
    for (const waiting of this.#waiting.values()) waiting.reject(this.#gone)
    this.#waiting.clear()
  }
}

function errorOf(name: string, message: string): Error {
  if (name === 'CancelledError') return new CancelledError()
  return name === 'ImportFailure' ? new ImportFailure(message) : crashed(new Error(message))
}

function crashed(cause: Error): ImportFailure {
  const memory = (cause as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY'
  const message = memory
    ? 'This file needs more memory than an import may take. Split it into smaller files.'
    : 'The file could not be read: something went wrong while checking it.'
  const failure = new ImportFailure(message)
  failure.cause = cause
  return failure
}
