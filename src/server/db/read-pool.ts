import { Worker } from 'node:worker_threads'
import {
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { ReadReply, ReadRequest } from './read-worker.ts'
import type { Db, Tables } from './schema.ts'

interface Waiting {
  resolve(rows: unknown[]): void
  reject(error: Error): void
}

/** One worker with its own connection; requests are answered in the order they came. */
export class ReadThread {
  readonly waiting = new Map<number, Waiting>()
  private worker: Worker
  private readonly script: URL
  private readonly path: string
  private next = 1
  private closing = false
  private readonly mayCheckpoint: boolean

  constructor(script: URL, path: string, mayCheckpoint = false) {
    this.script = script
    this.path = path
    this.mayCheckpoint = mayCheckpoint
    this.worker = this.start()
  }

  private start(): Worker {
    const worker = new Worker(this.script, {
      workerData: { path: this.path, mayCheckpoint: this.mayCheckpoint },
    })
    worker.on('message', (reply: ReadReply) => this.settle(reply))
    worker.on('error', (error) => this.replace(error as Error))
    // After the listeners, which would hold the process again.
    worker.unref()
    return worker
  }

  /** A read that takes its thread down fails alone; the next one gets a new thread. */
  private replace(error: Error): void {
    for (const waiting of this.waiting.values()) waiting.reject(error)
    this.waiting.clear()
    if (!this.closing) this.worker = this.start()
  }

  private settle(reply: ReadReply): void {
    const waiting = this.waiting.get(reply.id)
    this.waiting.delete(reply.id)
    // A thread that is told to end is waited for, also after a long last read.
    if (this.waiting.size === 0 && !this.closing) this.worker.unref()
    if (!waiting) return
    if ('rows' in reply) waiting.resolve(reply.rows)
    else waiting.reject(Object.assign(new Error(reply.error), { code: reply.code }))
  }

  read(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    const request: ReadRequest = { id: this.next++, sql, parameters }
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject })
      this.worker.ref()
      this.worker.postMessage(request)
    })
  }

  async close(): Promise<void> {
    this.closing = true
    this.worker.ref()
    const gone = new Promise((resolve) => this.worker.once('exit', resolve))
    this.worker.postMessage('close')
    await gone
  }
}

/** Sends every query to the thread with the least to do. Reads only: a transaction here is a mistake. */
class ReadPoolDriver implements Driver {
  private readonly open: () => ReadThread
  private readonly size: number
  private threads: ReadThread[] = []

  constructor(open: () => ReadThread, size: number) {
    this.open = open
    this.size = size
  }

  /** With the first query, so that the start does not wait for threads; Kysely destroys only what it has started. */
  async init(): Promise<void> {
    this.threads = Array.from({ length: this.size }, this.open)
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return { executeQuery: (query) => this.execute(query), streamQuery: () => refuse() }
  }

  private async execute<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const thread = this.threads.toSorted((a, b) => a.waiting.size - b.waiting.size)[0]
    if (!thread) return refuse()
    return { rows: (await thread.read(sql, parameters)) as R[] }
  }

  async beginTransaction(): Promise<void> {
    refuse()
  }

  async commitTransaction(): Promise<void> {
    refuse()
  }

  async rollbackTransaction(): Promise<void> {
    refuse()
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()))
  }
}

/** Many reads may be under way at once, unlike on SQLite's single writing connection. */
class ReadPoolAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

function refuse(): never {
  throw new Error('The read pool answers plain reads only.')
}

/**
 * A Kysely over worker threads with read-only connections, so that counting a million rows never holds up the
 * thread that answers requests.
 */
export function openReadPool(script: URL, path: string, size = 2): Db {
  const dialect: Dialect = {
    createAdapter: () => new ReadPoolAdapter(),
    createDriver: () => new ReadPoolDriver(() => new ReadThread(script, path), size),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
  return new Kysely<Tables>({ dialect })
}
