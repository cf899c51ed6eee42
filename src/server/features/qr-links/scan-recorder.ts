import type { Logger } from 'pino'
import type { Db } from '../../db/schema.ts'
import { takeSequence } from '../../db/sequence.ts'

export interface Scan {
  linkSeq: number
  /** Wire form. */
  at: string
  device: string
  language: string | null
  referrerHost: string | null
}

/** How long a counted scan may wait in memory: what a kill can cost. */
const flushEvery = 100
const rowsAtOnce = 500

/**
 * Counts scans off the hot path: a redirect only adds to a list, which is written a moment later in one
 * transaction. A write that fails is tried again with the next.
 */
export class ScanRecorder {
  private readonly db: Db
  private readonly log: Logger
  private waiting: Scan[] = []
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor(db: Db, log: Logger) {
    this.db = db
    this.log = log
  }

  record(scan: Scan): void {
    this.waiting.push(scan)
    this.timer ??= setTimeout(() => void this.flush(), flushEvery)
  }

  /** Writes what waits; done when it is durable. */
  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.writing = this.writing.then(() => this.write())
    await this.writing
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const scans = this.waiting.slice(0, rowsAtOnce)
      try {
        await this.db.transaction().execute((trx) => writeScans(trx, scans))
      } catch (error) {
        this.log.error({ err: error }, 'scans could not be written and wait')
        this.timer ??= setTimeout(() => void this.flush(), 5_000)
        return
      }
      this.waiting = this.waiting.slice(scans.length)
    }
  }
}

async function writeScans(db: Db, scans: Scan[]): Promise<void> {
  const first = await takeSequence(db, 'qr_scans', scans.length)
  const rows = scans.map((scan, index) => ({
    seq: first + index,
    link_seq: scan.linkSeq,
    scanned_at: scan.at,
    device: scan.device,
    language: scan.language,
    referrer_host: scan.referrerHost,
  }))
  await db.insertInto('qr_scans').values(rows).execute()
  for (const [seq, { count, last }] of countByLink(scans)) {
    await db
      .updateTable('qr_links')
      .set((e) => ({ scan_count: e('scan_count', '+', count), last_scanned_at: last }))
      .where('seq', '=', seq)
      .execute()
  }
}

function countByLink(scans: Scan[]): Map<number, { count: number; last: string }> {
  const counts = new Map<number, { count: number; last: string }>()
  for (const { linkSeq, at } of scans) {
    counts.set(linkSeq, { count: (counts.get(linkSeq)?.count ?? 0) + 1, last: at })
  }
  return counts
}
