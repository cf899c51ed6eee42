import type { Logger } from 'pino'
import { timestamp } from '../../clock.ts'
import type { Database } from '../../db/open.ts'
import { newId } from '../../db/id.ts'
import type { Db } from '../../db/schema.ts'

/** What is kept of a scan: nothing that tells one person from another. */
export interface PassportScan {
  passportId: string
  /** Milliseconds. */
  at: number
  lot: string | null
  serial: string | null
  /** `gs1:instructions`, `linkset`; null for whatever the code leads to. */
  linkType: string | null
  /** How it stood to the recall in force; null where there was none. */
  verdict: 'recalled' | 'possible' | 'not_listed' | null
  device: string
  language: string | null
}

/** How long a scan may wait in memory, in milliseconds: what a kill can cost. */
const flushEvery = 100
const retryAfter = 5_000
/** Rows in one statement: databases limit how many values one may have. */
const mostRows = 200
/** While the database cannot be written, memory is not filled without end. */
const mostWaiting = 100_000

/** Writes scans off the hot path: answering a code only adds to a list. */
export class PassportScanRecorder {
  private readonly db: Db
  private readonly log: Logger
  private waiting: PassportScan[] = []
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor({ db }: Pick<Database, 'db'>, log: Logger) {
    this.db = db
    this.log = log
  }

  record(scan: PassportScan): void {
    if (this.waiting.length < mostWaiting) this.waiting.push(scan)
    this.plan(flushEvery)
  }

  /** Writes what waits; done when it is durable. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    this.writing = this.writing.then(() => this.write())
    await this.writing
  }

  private plan(delay: number): void {
    if (this.closed) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      this.writing = this.writing.then(() => this.write())
    }, delay)
  }

  /** A write that fails is tried again a little later. */
  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const scans = this.waiting.splice(0, mostRows)
      try {
        await this.db.transaction().execute((trx) => insertScans(trx, scans))
      } catch (error) {
        this.waiting = [...scans, ...this.waiting]
        this.log.error({ err: error }, 'scans of passports could not be written and wait')
        this.plan(retryAfter)
        return
      }
    }
  }
}

async function insertScans(trx: Db, scans: readonly PassportScan[]): Promise<void> {
  const rows = scans.map(({ passportId, at, linkType, ...scan }) => ({
    ...scan,
    id: newId(at),
    product_passport_id: passportId,
    scanned_at: timestamp(at),
    link_type: linkType,
  }))
  await trx.insertInto('passport_scans').values(rows).execute()
  const counts = Map.groupBy(scans, ({ passportId }) => passportId)
  for (const [id, ofOne] of counts) {
    await trx
      .updateTable('product_passports')
      .set((e) => ({ scan_count: e('scan_count', '+', ofOne.length) }))
      .where('id', '=', id)
      .execute()
  }
}
