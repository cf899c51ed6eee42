import type { Trx } from '../../db/schema.ts'
import type { ImportWorker } from './engine/import-worker.ts'
import type { ImportRecord } from './table.ts'

export interface Written {
  creates: number
  updates: number
  unchanged: number
  skipped: number
  /** Rows whose place somebody took since the preview, where duplicates shall fail. */
  conflicts: number
}

/** A commit under way. */
export interface WriteTask {
  record: ImportRecord
  worker: ImportWorker
  isCancelled: () => boolean
  progress: (rows: number) => void
}

/**
 * Where the rows of one kind of file go. What is written shows at one moment, for anyone who looks: all of it in
 * `show`'s transaction, none of it before.
 */
export interface ImportTarget {
  /** Sets aside what the rows need, in the transaction that starts the commit. */
  reserve(trx: Trx, rows: number): Promise<Pick<ImportRecord, 'first_seq' | 'last_seq'>>
  /** Writes the good rows out of sight. Throws `CancelledError`. */
  write(task: WriteTask): Promise<Written>
  /** Makes it visible; gives back what of the record changes with it. */
  show(trx: Trx, record: ImportRecord, written: Written): Promise<Partial<ImportRecord>>
  /** Removes every trace of a commit that did not come to its end. Can be run again. */
  removeHalfWritten(record: ImportRecord): Promise<void>
  /** Takes a committed import back but for what somebody changed since. Can be run again after a kill. */
  takeBack(record: ImportRecord, progress: (rows: number) => void): Promise<{ kept: number }>
  announce(businessId: string): void
}
