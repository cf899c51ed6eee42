import { parentPort, workerData } from 'node:worker_threads'
import { openCheckpointer, openReader, withStatementCache } from './sqlite.ts'

/** What the pool sends: one statement with its values. */
export interface ReadRequest {
  id: number
  sql: string
  parameters: readonly unknown[]
}

/** What comes back: the rows, or the message of what went wrong. */
export type ReadReply =
  | { id: number; rows: unknown[] }
  | { id: number; error: string; code: string | undefined }

const port = parentPort
if (!port) throw new Error('The read worker runs in a worker thread only.')

const { path, mayCheckpoint } = workerData as { path: string; mayCheckpoint: boolean }
const sqlite = mayCheckpoint ? openCheckpointer(path) : openReader(path)
// Counting a million rows is mostly reading pages; mapped, that is half the time. Short-lived readers of an import
// keep to a bounded cache instead.
if (!mayCheckpoint) sqlite.pragma('mmap_size = 17179869184')
const statements = withStatementCache(sqlite)

port.on('message', (request: ReadRequest | 'close') => {
  if (request === 'close') {
    sqlite.close()
    port.close()
    return
  }
  port.postMessage(answer(request))
})

function answer({ id, sql, parameters }: ReadRequest): ReadReply {
  try {
    return { id, rows: statements.prepare(sql).all(parameters as unknown[]) }
  } catch (error) {
    const problem = error as Error & { code?: string }
    return { id, error: problem.message, code: problem.code }
  }
}
