import type { Logger } from 'pino'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './db/open.ts'
import type { HiddenRanges } from './db/hidden-ranges.ts'
import type { Host } from '#contract/host.ts'
import type { EventHub } from './http/event-hub.ts'
import type { Limiter } from './http/limiter.ts'
import type { Sessions } from './http/sessions.ts'
import type { ThrottleTable } from './http/throttles.ts'

/** What the server works with, made once at the start and handed down; there is no other shared state. */
export interface Context {
  config: Config
  clock: Clock
  log: Logger
  host: Host
  database: Database
  sessions: Sessions
  events: EventHub
  limiter: Limiter
  /** The named throttles in force, the operator's changes applied. */
  throttles: { current: ThrottleTable }
  /** Idempotency keys whose first request is still being answered. */
  runningKeys: Set<string>
  /** Rows that a commit under way has written but nobody may see yet. */
  hidden: HiddenRanges
  /** The person who owns this device, there from the first start. */
  owner: { userId: string; businessId: string }
  /** The check after an unclean end: whether it is done, and what it found. */
  check: { done: boolean; problem: string | undefined }
  startedAt: number
  /** Where the server listens, once it does. */
  address: { port: number }
}
