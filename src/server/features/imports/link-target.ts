import { rm } from 'node:fs/promises'
import type { Context } from '../../context.ts'
import type { Trx } from '../../db/schema.ts'
import type { BulkLinks } from './bulk-links.ts'
import { applyUpdates, writeGoodRows } from './commit.ts'
import { stagingPaths } from './engine/import-worker.ts'
import type { ImportTarget, WriteTask, Written } from './import-target.ts'
import { importPath } from './live-import.ts'
import type { ImportRecord } from './table.ts'
import { removeHalfWritten, undoCommit } from './take-back.ts'

/** Rows that become QR links. */
export class LinkTarget implements ImportTarget {
  private readonly context: Context
  private readonly links: BulkLinks

  constructor(context: Context, links: BulkLinks) {
    this.context = context
    this.links = links
  }

  async reserve(trx: Trx, rows: number) {
    // For every row: what was to be updated may have been deleted by now and is made anew.
    const { first, last } = await this.links.reserve(trx, Math.max(1, rows))
    return { first_seq: first, last_seq: last }
  }

  async write({ record, ...task }: WriteTask): Promise<Written> {
    const { config, database } = this.context
    const written = await writeGoodRows({
      ...task,
      context: this.context,
      links: this.links,
      importId: record.id,
      businessId: record.business_id,
      stagingPath: database.kind === 'sqlite' ? importPath(config.dataDir, record.id) : undefined,
      range: { first: record.first_seq ?? 0, last: record.last_seq ?? 0 },
    })
    await this.removeStaging(record)
    return written
  }

  async show(trx: Trx, record: ImportRecord, { creates }: Written): Promise<Partial<ImportRecord>> {
    await applyUpdates(trx, { links: this.links, importId: record.id, now: this.context.clock() })
    return { last_seq: (record.first_seq ?? 0) + creates - 1 }
  }

  async removeHalfWritten(record: ImportRecord): Promise<void> {
    await removeHalfWritten({ context: this.context, links: this.links, record })
    await this.removeStaging(record)
  }

  takeBack(record: ImportRecord, progress: (rows: number) => void): Promise<{ kept: number }> {
    return undoCommit({ context: this.context, links: this.links, record }, progress)
  }

  announce(businessId: string): void {
    this.links.announce(businessId)
  }

  private async removeStaging({ id }: ImportRecord): Promise<void> {
    const paths = stagingPaths(importPath(this.context.config.dataDir, id))
    await Promise.all(paths.map((path) => rm(path, { force: true })))
  }
}
