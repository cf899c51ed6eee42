import { rm } from 'node:fs/promises'
import { Conflict } from '#contract/errors.ts'
import type { ImportKind } from '#contract/import-kinds.ts'
import type { Import } from '#contract/imports.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import { isUniqueViolation } from '../../db/errors.ts'
import { CancelledError } from './engine/cancel.ts'
import { stagingPaths } from './engine/import-worker.ts'
import type { ImportTarget, WriteTask, Written } from './import-target.ts'
import { importPath, LiveImport } from './live-import.ts'
import { presentImport, stateOf } from './state.ts'
import { findImportRecord, saveImport } from './store.ts'
import type { ImportRecord } from './table.ts'

/** Workers kept at the same time; the one used longest ago goes first and is made again when it is wanted. */
const keptOpen = 3

/** Work that goes on; wrapped, as a promise of a promise would wait for both. */
interface Started {
  done: Promise<void>
}

/** The imports of this server: who works on which, commits, undoes, and what a kill left behind. */
export class Imports {
  private readonly context: Context
  private readonly targets: Record<ImportKind, ImportTarget>
  private readonly live = new Map<string, LiveImport>()
  /** Commits and undos under way. */
  private readonly busy = new Map<string, { cancelled: boolean; done: Promise<void> }>()

  constructor(context: Context, targets: Record<ImportKind, ImportTarget>) {
    this.context = context
    this.targets = targets
  }

  /** Hides what unfinished commits wrote, before anybody can look; the removal goes on in the background. */
  async recover(): Promise<void> {
    const { db } = this.context.database
    const unfinished = await db
      .selectFrom('imports')
      .selectAll()
      .where('status', 'in', ['committing', 'undoing', 'scanning'])
      .execute()
    for (const record of unfinished) {
      if (record.status === 'committing') this.hide(record)
      void this.start(record.id, () => this.resume(record))
    }
  }

  private hide({ id, first_seq, last_seq }: ImportRecord): void {
    if (first_seq !== null && last_seq !== null)
      this.context.hidden.hide(id, { first: first_seq, last: last_seq })
  }

  private async resume(record: ImportRecord): Promise<void> {
    if (record.status === 'undoing') return this.takeBack(record)
    if (record.status === 'committing') {
      return this.rollBack(
        record,
        'The app ended while this was being saved. Nothing of it was kept; save it again.',
      )
    }
    return this.open(record.id).scan(record)
  }

  /** The import with its worker; made when nobody has it open. */
  open(id: string): LiveImport {
    const known = this.live.get(id)
    if (known) return known
    const made = new LiveImport(this.context, id)
    this.live.set(id, made)
    this.closeOldest()
    return made
  }

  private closeOldest(): void {
    const idle = [...this.live.values()]
      .filter(({ id }) => !this.busy.has(id))
      .toSorted((a, b) => a.usedAt - b.usedAt)
    for (const oldest of idle.slice(0, Math.max(0, this.live.size - keptOpen))) {
      this.live.delete(oldest.id)
      void oldest.scanning.then(() => oldest.close())
    }
  }

  /** Lets go of an upload that broke off. */
  async drop(id: string): Promise<void> {
    const live = this.live.get(id)
    this.live.delete(id)
    await live?.close()
  }

  present(record: ImportRecord): Import {
    const live = this.live.get(record.id)
    return live ? live.present(record) : presentImport(record)
  }

  /** Throws 409 unless the import is in one of the states. */
  require(record: ImportRecord, ...statuses: Import['status'][]): void {
    if (statuses.includes(record.status)) return
    throw new Conflict(sentenceFor[record.status])
  }

  /** Starts a commit. A committed import is committed already: nothing happens. */
  async commit(record: ImportRecord): Promise<Started> {
    if (record.status === 'committed') return { done: Promise.resolve() }
    const { database, clock } = this.context
    const started = await database.db.transaction().execute(async (trx) => {
      // As it is now: another caller may have started a moment ago.
      const present = (await findImportRecord(trx, record.id)) ?? record
      this.require(present, 'ready')
      const { counts } = stateOf(present)
      const range = await this.targets[present.kind].reserve(trx, counts.rows)
      const change = { status: 'committing' as const, ...range, failure: null }
      return saveImport(trx, record.id, change, clock())
    })
    this.hide(started)
    return { done: this.start(record.id, () => this.write(started)) }
  }

  private async write(record: ImportRecord): Promise<void> {
    try {
      const written = await this.targets[record.kind].write(await this.taskFor(record))
      if (written.conflicts > 0) throw new PlacesTaken()
      await this.show(record, written)
    } catch (error) {
      await this.rollBack(record, whyNot(error as Error, record.kind))
    }
  }

  private async taskFor(record: ImportRecord): Promise<WriteTask> {
    const { counts } = stateOf(record)
    const total = counts.creates + counts.updates
    const live = this.open(record.id)
    return {
      record,
      worker: await live.ready(),
      isCancelled: () => this.busy.get(record.id)?.cancelled === true,
      progress: (rows) => live.note({ phase: 'saving', done: rows, total, rows }),
    }
  }

  /** The one moment at which the import is there, for anyone who looks. */
  private async show(record: ImportRecord, written: Written): Promise<void> {
    const { database, hidden, clock } = this.context
    const live = this.open(record.id)
    const now = clock()
    const { counts } = stateOf(record)
    const { creates, updates, unchanged, skipped } = written
    const saved = await database.db.transaction().execute(async (trx) => {
      const shown = await this.targets[record.kind].show(trx, record, written)
      const state = { counts: { ...counts, creates, updates, unchanged, skipped } }
      const change = { ...shown, status: 'committed' as const, committed_at: timestamp(now), state }
      return saveImport(trx, record.id, change, now)
    })
    hidden.show(record.id)
    live.progress = { phase: 'idle', done: 0, total: 0, rows: 0 }
    this.announce(saved)
  }

  private async rollBack(record: ImportRecord, failure: string | null): Promise<void> {
    const { context } = this
    await this.targets[record.kind].removeHalfWritten(record)
    const change = { status: 'ready' as const, first_seq: null, last_seq: null, failure }
    const saved = await saveImport(context.database.db, record.id, change, context.clock())
    context.hidden.show(record.id)
    const live = this.live.get(record.id)
    if (live) live.progress = { phase: 'idle', done: 0, total: 0, rows: 0 }
    this.announce(saved)
  }

  /** Starts an undo. An import that was undone is undone already. */
  async undo(record: ImportRecord): Promise<Started> {
    if (record.status === 'undone') return { done: Promise.resolve() }
    const { database, clock } = this.context
    const started = await database.db.transaction().execute(async (trx) => {
      this.require((await findImportRecord(trx, record.id)) ?? record, 'committed')
      return saveImport(trx, record.id, { status: 'undoing' }, clock())
    })
    return { done: this.start(record.id, () => this.takeBack(started)) }
  }

  private async takeBack(record: ImportRecord): Promise<void> {
    const { context } = this
    const { counts } = stateOf(record)
    const live = this.open(record.id)
    const { kept } = await this.targets[record.kind].takeBack(record, (rows) =>
      live.note({ phase: 'undoing', done: rows, total: counts.creates, rows }),
    )
    live.progress = { phase: 'idle', done: 0, total: 0, rows: 0 }
    // Not what this run took back: one before it may have been killed half way.
    const undo = { reversed: counts.creates + counts.updates - kept, kept, errored: 0 }
    const change = { status: 'undone' as const, state: { undo } }
    this.announce(await saveImport(context.database.db, record.id, change, context.clock()))
  }

  /** Stops a scan or a commit; done when nothing half-done is left. */
  async cancel(record: ImportRecord): Promise<void> {
    const work = this.busy.get(record.id)
    if (work) work.cancelled = true
    this.live.get(record.id)?.cancel()
    await work?.done
    await this.live.get(record.id)?.scanning
  }

  /** Forgets an import, its file and its edits. */
  async remove(record: ImportRecord): Promise<void> {
    this.require(record, 'ready', 'committed', 'undone', 'failed', 'cancelled')
    const { database, config } = this.context
    await this.live.get(record.id)?.close()
    this.live.delete(record.id)
    await database.db.transaction().execute(async (trx) => {
      await trx.deleteFrom('import_edits').where('import_id', '=', record.id).execute()
      await trx.deleteFrom('import_updates').where('import_id', '=', record.id).execute()
      await trx.deleteFrom('import_card_updates').where('import_id', '=', record.id).execute()
      await trx.deleteFrom('imports').where('id', '=', record.id).execute()
    })
    const path = importPath(config.dataDir, record.id)
    await Promise.all([path, ...stagingPaths(path)].map((file) => rm(file, { force: true })))
    this.context.events.emit({ type: 'imports.changed', business_id: record.business_id, id: record.id })
  }

  /** Ends all work in order: scans are dropped, commits taken back at the next start. */
  async close(): Promise<void> {
    for (const work of this.busy.values()) work.cancelled = true
    await Promise.all([...this.busy.values()].map(({ done }) => done))
    await Promise.all([...this.live.values()].map((live) => live.close()))
    this.live.clear()
  }

  private start(id: string, work: () => Promise<void>): Promise<void> {
    const entry = { cancelled: false, done: Promise.resolve() }
    this.busy.set(id, entry)
    entry.done = work()
      .catch((error: unknown) => this.context.log.error({ err: error }, 'work on an import failed'))
      .finally(() => this.busy.delete(id))
    return entry.done
  }

  private announce(record: ImportRecord): void {
    this.targets[record.kind].announce(record.business_id)
    this.context.events.emit({ type: 'imports.changed', business_id: record.business_id, id: record.id })
    this.open(record.id).tell(record)
  }

  async reload(record: ImportRecord): Promise<ImportRecord> {
    return (await findImportRecord(this.context.database.db, record.id)) ?? record
  }
}

class PlacesTaken extends Error {}

/** A sentence for the person, or null where they stopped it themselves. */
function whyNot(error: Error, kind: ImportKind): string | null {
  if (error instanceof CancelledError) return null
  if (error instanceof Conflict) return error.message
  if (error instanceof PlacesTaken || isUniqueViolation(error)) {
    const what = kind === 'qr_links' ? 'Slugs in this file were taken' : 'Cards of this file were made'
    return `${what} since it was checked. Nothing was saved. Check the file again.`
  }
  return 'Something went wrong while saving. Nothing was saved; try again.'
}

const sentenceFor: Record<Import['status'], string> = {
  scanning: 'The file is still being checked. Wait until it is done, or cancel it.',
  ready: 'The import is not saved yet.',
  committing: 'The import is being saved. Wait until it is done, or cancel it.',
  committed: 'The import is saved already. Undo it first.',
  undoing: 'The import is being taken back. Wait until it is done.',
  undone: 'The import was taken back. Upload the file again to use it.',
  cancelled: 'The import was cancelled. Upload the file again.',
  failed: 'The file could not be read. See why, and upload it again.',
}
