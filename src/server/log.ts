import { chmodSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import pino, { type Logger } from 'pino'

const largestLog = 5 * 1024 * 1024

/**
 * The log file of a data folder. What a request carries never gets in: only the names listed here are written, so
 * that a secret has no way into it (not the URL's query, no header, no body).
 */
export function openLog(dataDir: string, level = 'info'): Logger {
  const folder = join(dataDir, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, 'server.log')
  if (existsSync(path) && statSync(path).size > largestLog) renameSync(path, join(folder, 'server.1.log'))
  const file = openSync(path, 'a', 0o600)
  chmodSync(path, 0o600)
  return pino({ level, base: null, serializers }, { write: (line) => writeQuietly(file, line) })
}

/** A full disk costs lines of the log, not the answer that was being given. */
function writeQuietly(file: number, line: string): void {
  try {
    writeSync(file, line)
  } catch {
    // There is nowhere to say so.
  }
}

/** Only what these return is ever written of a request, an answer and an error. */
const serializers = {
  req: (request: { id?: unknown; method?: string; routeOptions?: { url?: string } }) => ({
    id: request.id,
    method: request.method,
    // The pattern, not the address: ids and slugs may belong to a customer, a query may hold anything.
    route: request.routeOptions?.url ?? 'unknown',
  }),
  res: (reply: { statusCode?: number }) => ({ status: reply.statusCode }),
  err: (error: Error & { code?: unknown }) => ({
    type: error.name,
    code: typeof error.code === 'string' ? error.code : undefined,
    message: withoutSecrets(error.message ?? ''),
    stack: withoutSecrets(error.stack ?? ''),
  }),
}

/** Whatever looks like a token, a launch code or a bearer header is cut out. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\bqr[sw]_[A-Za-z0-9_-]{8,}/g, '[secret]')
    .replace(/\bbearer\s+\S+/gi, 'Bearer [secret]')
    .replace(/#t=[A-Za-z0-9_-]+/g, '#t=[secret]')
    .replace(/\b(postgres(?:ql)?:\/\/[^:/\s]+):[^@\s]+@/g, '$1:[secret]@')
}
