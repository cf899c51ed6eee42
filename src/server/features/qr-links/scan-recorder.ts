import { sql } from 'kysely'
import type { Logger } from 'pino'
import { timestamp } from '../../clock.ts'
import type { Slice } from '../../db/bulk.ts'
import type { Database } from '../../db/open.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'

export interface Scan {
  linkSeq: number
  /** Milliseconds. */
  at: number
  device: string
  language: string | null
  referrerHost: string | null
}

/** How long a scan may wait in memory, in milliseconds: what a kill can cost. */
const flushEvery = 100
/** Scans in one batch, which is worked into the tables in one transaction: a few milliseconds. */
const batchSize = 100
const retryAfter = 5_000
/** From so many scans between two writes on, they only pile up as batches and are worked in afterwards. */
const busyFrom = 20

/** A scan as a batch holds it. */
type Packed = [
  linkSeq: number,
  at: number,
  device: string,
  language: string | null,
  referrerHost: string | null,
]

/**
 * Counts scans off the hot path. A redirect only adds to a list; a moment later the list is written as it is, a
 * hundred scans in a row of text, which costs next to nothing. From there they are worked into the history and the
 * counts of their links in the order they came: at once when few people scan, afterwards when very many do. What is
 * still to be worked in stands in the database, so a kill loses none of it and counts none twice.
 */
export class ScanRecorder {
  private readonly database: Pick<Database, 'db' | 'bulk'>
  private readonly log: Logger
  private waiting: Scan[] = []
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(database: Pick<Database, 'db' | 'bulk'>, log: Logger) {
    this.database = database
    this.log = log
    // What a kill left to be worked in.
    this.plan(flushEvery)
  }

  record(scan: Scan): void {
    this.waiting.push(scan)
    this.plan(flushEvery)
  }

  /** Writes what waits; done when it is durable. Batches that are left go on at the next start. */
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
    const { db, bulk } = this.database
    const plain: Slice = (work) => db.transaction().execute(work)
    try {
      if (this.waiting.length >= busyFrom && !this.closed) await bulk((slice) => this.workWhileBusy(slice))
      await this.store(plain)
      if (!this.closed && (await plain(workIn))) this.plan(flushEvery / 10)
    } catch (error) {
      this.log.error({ err: error }, 'scans could not be written and wait')
      this.plan(retryAfter)
    }
  }

  /** Stays with the cheaper way of writing until everything is worked in, and leaves half of the time to others. */
  private async workWhileBusy(slice: Slice): Promise<void> {
    for (let isMore = true; isMore && !this.closed;) {
      const isBusy = this.waiting.length >= busyFrom
      await this.store(slice)
      const start = performance.now()
      isMore = await slice(workIn)
      const rest = isBusy ? flushEvery : performance.now() - start
      await new Promise((resolve) => setTimeout(resolve, rest))
    }
  }

  private async store(slice: Slice): Promise<void> {
    const scans = this.waiting
    if (scans.length === 0) return
    this.waiting = []
    try {
      await slice((trx) => insertBatches(trx, scans))
    } catch (error) {
      this.waiting = [...scans, ...this.waiting]
      throw error
    }
  }
}

async function insertBatches(trx: Db, scans: readonly Scan[]): Promise<void> {
  const texts: string[] = []
  for (let from = 0; from < scans.length; from += batchSize) {
    const packed = scans
      .slice(from, from + batchSize)
      .map((scan): Packed => [scan.linkSeq, scan.at, scan.device, scan.language, scan.referrerHost])
    texts.push(JSON.stringify(packed))
  }
  const first = await takeSequence(trx, 'qr_scan_batches', texts.length)
  await trx
    .insertInto('qr_scan_batches')
    .values(texts.map((scans_json, index) => ({ seq: first + index, scans: scans_json })))
    .execute()
}

/** Works the oldest batch into the history and the counts of its links; false when there was none. */
async function workIn(trx: Db): Promise<boolean> {
  const batch = await trx.selectFrom('qr_scan_batches').selectAll().orderBy('seq').limit(1).executeTakeFirst()
  if (!batch) return false
  const scans = JSON.parse(batch.scans) as Packed[]
  const first = await takeSequence(trx, 'qr_scans', scans.length)
  const rows = scans.map(([link_seq, at, device, language, referrer_host], index) => {
    return { seq: first + index, link_seq, scanned_at: timestamp(at), device, language, referrer_host }
  })
  await trx.insertInto('qr_scans').values(rows).execute()
  await sql`update qr_links set scan_count = scan_count + found.scans, last_scanned_at = found.last
    from (select link_seq, count(*) as scans, max(scanned_at) as last from qr_scans
      where seq >= ${first} and seq < ${first + scans.length} group by link_seq) as found
    where qr_links.seq = found.link_seq`.execute(trx)
  await trx.deleteFrom('qr_scan_batches').where('seq', '=', batch.seq).execute()
  return true
}
