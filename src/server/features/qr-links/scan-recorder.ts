import { sql } from 'kysely'
import type { Logger } from 'pino'
import { timestamp } from '../../clock.ts'
import { BulkInsert } from '../../db/bulk-insert.ts'
import type { Slice } from '../../db/bulk.ts'
import type { Database } from '../../db/open.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import type { QrScansTable } from './table.ts'

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
/** Scans written in one transaction, and scans added to their links in one: a few milliseconds each. */
const writtenAtOnce = 1000
const addedAtOnce = 100
const retryAfter = 5_000
/** From so many scans between two writes on, writing goes in slices and the counts of links are brought up rarely. */
const busyFrom = 20
const addEvery = 1_000

/**
 * Counts scans off the hot path. A redirect only adds to a list; a moment later the list is written, which is cheap,
 * and then each link's own count is brought up to date from what was written. That is the dear part, so under load it
 * falls behind and catches up afterwards; how far it is stands in the database, so a kill loses none of it.
 */
export class ScanRecorder {
  private readonly database: Pick<Database, 'db' | 'bulk'>
  private readonly log: Logger
  private readonly scans = new BulkInsert<QrScansTable>(
    'qr_scans',
    ['seq', 'link_seq', 'scanned_at', 'device', 'language', 'referrer_host'],
    200,
  )
  private waiting: Scan[] = []
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(database: Pick<Database, 'db' | 'bulk'>, log: Logger) {
    this.database = database
    this.log = log
    // What a kill left to be added.
    this.plan(flushEvery)
  }

  record(scan: Scan): void {
    this.waiting.push(scan)
    this.plan(flushEvery)
  }

  /** Writes what waits; done when it is durable. Counts that are behind then go on at the next start. */
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
      if (this.waiting.length >= busyFrom && !this.closed) await bulk((slice) => this.writeWhileBusy(slice))
      await this.insertWaiting(plain)
      if (this.closed) return
      if (await plain(addToLinks)) this.plan(flushEvery / 10)
    } catch (error) {
      this.log.error({ err: error }, 'scans could not be written and wait')
      this.plan(retryAfter)
    }
  }

  /** Stays with the cheaper way of writing for as long as scans pour in. */
  private async writeWhileBusy(slice: Slice): Promise<void> {
    let lastAdded = Date.now()
    do {
      await this.insertWaiting(slice)
      if (Date.now() - lastAdded >= addEvery) {
        await slice(addToLinks)
        lastAdded = Date.now()
      }
      await new Promise((resolve) => setTimeout(resolve, flushEvery))
    } while (this.waiting.length >= busyFrom && !this.closed)
  }

  /** By link, so that neighbours in the index are written together. */
  private async insertWaiting(slice: Slice): Promise<void> {
    const scans = this.waiting.toSorted((a, b) => a.linkSeq - b.linkSeq)
    this.waiting = []
    for (let from = 0; from < scans.length; from += writtenAtOnce) {
      const part = scans.slice(from, from + writtenAtOnce)
      try {
        await slice((trx) => this.insert(trx, part))
      } catch (error) {
        this.waiting = [...scans.slice(from), ...this.waiting]
        throw error
      }
    }
  }

  private async insert(trx: Db, scans: readonly Scan[]): Promise<void> {
    const first = await takeSequence(trx, 'qr_scans', scans.length)
    await this.scans.insert(
      trx,
      scans.map((scan, index) => ({
        seq: first + index,
        link_seq: scan.linkSeq,
        scanned_at: timestamp(scan.at),
        device: scan.device,
        language: scan.language,
        referrer_host: scan.referrerHost,
      })),
    )
  }
}

/**
 * Adds the oldest scans that were not yet to the counts of their links; true when there are more. The sequence
 * `qr_scans_added` holds the first scan that is still to be added.
 */
async function addToLinks(trx: Db): Promise<boolean> {
  const next = async (name: string) =>
    (await trx.selectFrom('sequences').select('next').where('name', '=', name).executeTakeFirst())?.next ?? 1
  const from = await next('qr_scans_added')
  const end = await next('qr_scans')
  const to = Math.min(end, from + addedAtOnce)
  if (from >= end) return false
  await sql`update qr_links set scan_count = scan_count + found.scans, last_scanned_at = found.last
    from (select link_seq, count(*) as scans, max(scanned_at) as last from qr_scans
      where seq >= ${from} and seq < ${to} group by link_seq) as found
    where qr_links.seq = found.link_seq`.execute(trx)
  await trx
    .insertInto('sequences')
    .values({ name: 'qr_scans_added', next: to })
    .onConflict((c) => c.column('name').doUpdateSet({ next: to }))
    .execute()
  return to < end
}
