import type { ValidateGs1 } from '#contract/gs1.ts'
import type { Context } from '../../context.ts'
import type { Db } from '../../db/schema.ts'
import type { Identity } from '../../http/identity.ts'
import type { RecallData } from './data-state.ts'
import type { ActionCounts } from './present.ts'
import type { RecallLines } from './verdict.ts'

interface Caller {
  db: Db
  identity: Identity
  context: Context
}

/** What recalls take from other features, which do not know them nor they those. */
export interface RecallParts {
  validate: ValidateGs1
  /** A GTIN of 8, 12, 13 or 14 digits with a right check digit as 14. */
  normaliseGtin(digits: string): string | undefined
  /** What the record says of recalls, at most 500 at once. */
  countActions(db: Db, recallIds: readonly string[]): Promise<ReadonlyMap<string, ActionCounts>>
  /** Whom the revisions name for a call. */
  nameOfCaller(db: Db, identity: Identity): Promise<string>
  /** The business that a call is about. Throws 403 and 422 for one that it cannot be. */
  businessOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }>
  /** The businesses whose recalls a list shows. Throws 403. */
  businessesOfCall(call: Caller, sent: string | undefined): Promise<{ id: string }[]>
}

/** What the answers about recalls keep in memory: lines that were read, and how many criteria there are. */
export interface RecallMemory {
  lines: RecallLines
  data: RecallData
}
