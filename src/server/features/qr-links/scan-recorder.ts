import { sql } from 'kysely'
import type { Logger } from 'pino'
import { BulkInsert } from '../../db/bulk-insert.ts'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'
import type { QrScansTable } from './table.ts'

export interface Scan {
  linkSeq: number
  /** Wire form. */
  at: string
  device: string
  language: string | null
  referrerHost: string | null
}

/** How long a scan may wait in memory, in milliseconds: what a kill can cost. */
const flushEvery = 100
/** Scans written in one transaction, and scans added to their links in one: a few milliseconds each. */
const writtenAtOnce = 2000
const addedAtOnce = 100
const retryAfter = 5_000
/** While so many scans come in between two writes, the counts of links wait; but no longer than this in all. */
const busyFrom = 20
const addEvery = 1_000

/**
 * Counts scans off the hot path. A redirect only adds to a list; a moment later the list is written, which is cheap,
 * and then each link's own count is brought up to date from what was written. That is the dear part, so under load it
 * falls behind and catches up afterwards; how far it is stands in the database, so a kill loses none of it.
 */
export class ScanRecorder {
  private readonly db: Db
  private readonly log: Logger
  private readonly scans = new BulkInsert<QrScansTable>(
    'qr_scans',
    ['seq', 'link_seq', 'scanned_at', 'device', 'language', 'referrer_host'],
    200,
  )
  private waiting: Scan[] = []
  private lastAdded = 0
  private closed = false
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(db: Db, log: Logger) {
    this.db = db
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
    try {
      const busy = this.waiting.length >= busyFrom
      while (this.waiting.length > 0) await this.insertWaiting()
      if (busy && (this.closed || Date.now() - this.lastAdded < addEvery)) return this.plan(flushEvery)
      const behind = await addToLinks(this.db)
      this.lastAdded = Date.now()
      if (behind) this.plan(flushEvery / 10)
    } catch (error) {
      this.log.error({ err: error }, 'scans could not be written and wait')
      this.plan(retryAfter)
    }
  }

  private async insertWaiting(): Promise<void> {
    const scans = this.waiting.slice(0, writtenAtOnce)
    if (scans.length === 0) return
    await this.db.transaction().execute(async (trx) => {
      const first = await takeSequence(trx, 'qr_scans', scans.length)
      await this.scans.insert(
        trx,
        scans.map((scan, index) => ({
          seq: first + index,
          link_seq: scan.linkSeq,
          scanned_at: scan.at,
          device: scan.device,
          language: scan.language,
          referrer_host: scan.referrerHost,
        })),
      )
    })
    this.waiting = this.waiting.slice(scans.length)
  }
}

/**
 * Adds the oldest scans that were not yet to the counts of their links; true when there are more. The sequence
 * `qr_scans_added` holds the first scan that is still to be added.
 */
async function addToLinks(db: Db): Promise<boolean> {
  const next = async (trx: Db, name: string) =>
    (await trx.selectFrom('sequences').select('next').where('name', '=', name).executeTakeFirst())?.next ?? 1
  return db.transaction().execute(async (trx) => {
    const from = await next(trx, 'qr_scans_added')
    const end = await next(trx, 'qr_scans')
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
  })
}
