import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Conflict } from '#contract/errors.ts'
import type { Import } from '#contract/imports.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import type { Arriving } from './engine/arrival.ts'
import { CancelledError } from './engine/cancel.ts'
import { ImportWorker, type ScanListeners } from './engine/import-worker.ts'
import type { ScanResult } from './engine/messages.ts'
import type { ScanRequest, SheetDescription } from './engine/request.ts'
import type { Tally } from './engine/session.ts'
import { idle, presentImport, stateOf, type ImportState, type Progress } from './state.ts'
import { fingerprintOf, loadEdits, recallMapping, saveEdits, saveImport } from './store.ts'
import type { ImportRecord } from './table.ts'

/** Progress is told at most this often, in milliseconds. */
const tellEvery = 100

/** Where an import's file lies. */
export function importPath(dataDir: string, importId: string): string {
  const folder = join(dataDir, 'imports')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return join(folder, `${importId}.upload`)
}

/** A scan that began before its import was there. */
interface EarlyScan {
  result: Promise<ScanResult>
  /** Tells these from now on, and what was found out about the file before. */
  adopt: (listeners: ScanListeners) => void
}

/**
 * One import that somebody works with: its worker with the scanned file, and what it is doing. The file and the
 * edits are on disk, so this can be dropped at any time and made again.
 */
export class LiveImport {
  readonly id: string
  progress: Progress = idle
  /** Settles when the present scan is done, whether well or not. */
  scanning: Promise<void> = Promise.resolve()
  usedAt: number
  private readonly context: Context
  private worker: ImportWorker | undefined
  private early: EarlyScan | undefined
  private toldAt = 0
  private editCursor = 0
  /** Set by `cancel` for a scan that has not asked its worker yet. */
  private stopped = false
  /** Why the last scan came to nothing. */
  private problem: string | null = null

  constructor(context: Context, id: string) {
    this.context = context
    this.id = id
    this.usedAt = context.clock()
  }

  /** The worker with the file scanned. Throws 409 with a sentence when the file cannot be read. */
  async ready(): Promise<ImportWorker> {
    this.usedAt = this.context.clock()
    await this.scanning
    if (!this.worker) await this.scan(await this.record())
    if (!this.worker) throw new Conflict(this.problem ?? 'The import was stopped. Try again.')
    return this.worker
  }

  /** The worker while it scans: it answers with what is known by then. */
  scanningWorker(): ImportWorker {
    if (!this.worker) throw new Error('The import has no worker.')
    return this.worker
  }

  /** Whether a scan is under way or done in this worker. */
  get isOpen(): boolean {
    return this.worker !== undefined
  }

  /** Begins to read a file that is still being received. Nothing is saved or told before `scan` goes on with it. */
  begin(record: ImportRecord, arriving: Arriving): void {
    const worker = (this.worker ??= new ImportWorker({ workerUrl: this.context.config.workers.import }))
    const heard: { sheet?: SheetDescription; listeners?: ScanListeners } = {}
    const result = this.requestFor(record).then((request) =>
      worker.scan(
        { ...request, arriving },
        {
          opened: (sheet) => {
            heard.sheet = sheet
            heard.listeners?.opened?.(sheet)
          },
          progress: (progress) => heard.listeners?.progress?.(progress),
        },
      ),
    )
    // Whoever goes on with it hears why it failed; a broken upload has nobody who asks.
    result.catch(() => undefined)
    const adopt = (listeners: ScanListeners) => {
      heard.listeners = listeners
      if (heard.sheet) listeners.opened?.(heard.sheet)
    }
    this.early = { result, adopt }
  }

  /**
   * Reads and checks the file as the record says, and saves what comes out. Never rejects: see the record. Only a
   * record that is `scanning` gets another status: an import that is saved is read again to be looked at, no more.
   */
  scan(record: ImportRecord): Promise<void> {
    this.scanning = this.rescan(record)
    return this.scanning
  }

  private async rescan(record: ImportRecord): Promise<void> {
    this.stopped = false
    this.problem = null
    try {
      if (!this.early) this.worker?.cancel()
      this.worker ??= new ImportWorker({ workerUrl: this.context.config.workers.import })
      const { sheet, ...tally } = await this.scanOnce(record)
      this.editCursor = (await this.worker.edits(0, 0)).cursor
      this.progress = idle
      await this.save({ ...tally, ...describe(sheet) }, record.status === 'scanning' ? 'ready' : undefined)
    } catch (error) {
      await this.fail(error as Error, record)
    }
  }

  /** A file with headers that were mapped by hand before is scanned again with that mapping. */
  private async scanOnce(record: ImportRecord): Promise<Tally & { sheet: SheetDescription }> {
    const request = await this.requestFor(record)
    const result = await this.ask(request, record.status === 'scanning')
    if (request.mapping !== undefined) return result
    const kept = await recallMapping(
      this.context.database.db,
      record.business_id,
      fingerprintOf(record.kind, result.sheet.columns),
    )
    if (!kept) return result
    const mapping = kept as NonNullable<ScanRequest['mapping']>
    return this.ask({ ...request, mapping, mappingBy: 'memory' }, record.status === 'scanning')
  }

  private ask(request: ScanRequest, isNew: boolean): Promise<Tally & { sheet: SheetDescription }> {
    if (this.stopped || !this.worker) throw new CancelledError()
    const listeners: ScanListeners = {
      opened: (sheet) => {
        if (isNew) this.inBackground(this.save(describe(sheet)))
      },
      progress: (progress) => this.note(progress),
    }
    const { early } = this
    this.early = undefined
    early?.adopt(listeners)
    return early?.result ?? this.worker.scan(request, listeners)
  }

  private async requestFor(record: ImportRecord): Promise<ScanRequest> {
    const { config, database, hidden, clock } = this.context
    const { chosen, on_duplicate } = stateOf(record)
    const business = await database.db
      .selectFrom('businesses')
      .select('short_domain')
      .where('id', '=', record.business_id)
      .executeTakeFirstOrThrow()
    const ranges = hidden.list().map(({ first, last }) => [first, last] as const)
    return {
      kind: record.kind,
      path: importPath(config.dataDir, record.id),
      filename: record.filename,
      onDuplicate: on_duplicate,
      ownHosts: [business.short_domain ?? 'qrscan.ink'],
      now: timestamp(clock()),
      edits: await loadEdits(database.readers, record.id),
      ...(database.path !== undefined && {
        stored: { databasePath: database.path, businessId: record.business_id, hidden: ranges },
      }),
      ...(chosen as Pick<ScanRequest, 'encoding' | 'delimiter' | 'headerRow' | 'mapping'>),
      ...(chosen.mapping && { mappingBy: 'person' }),
    }
  }

  /** Keeps edits that the worker made itself (a fix of all rows). */
  async keepEdits(): Promise<void> {
    for (;;) {
      const { edits, cursor } = await (await this.ready()).edits(this.editCursor)
      if (edits.length === 0) return
      await saveEdits(this.context.database.db, this.id, edits)
      this.editCursor = cursor
    }
  }

  async record(): Promise<ImportRecord> {
    const { db } = this.context.database
    return db.selectFrom('imports').selectAll().where('id', '=', this.id).executeTakeFirstOrThrow()
  }

  /** Saves what a scan found out, unless the import has gone on to be saved meanwhile. */
  private async save(state: Partial<ImportState>, status?: 'ready'): Promise<void> {
    const { database, clock } = this.context
    const change = { state, ...(status && { status, failure: null }) }
    const record = await saveImport(database.db, this.id, change, clock(), ['scanning', 'ready'])
    this.tell(record)
  }

  private async fail(error: Error, { status: before }: ImportRecord): Promise<void> {
    await this.close()
    this.progress = idle
    const cancelled = error instanceof CancelledError
    if (!cancelled) this.context.log.warn({ err: error }, 'an import could not be read')
    this.problem = cancelled ? null : error.message
    if (cancelled && before !== 'scanning') return
    const { database, clock } = this.context
    const status = cancelled ? ('cancelled' as const) : ('failed' as const)
    const change = { status, failure: this.problem }
    this.tell(await saveImport(database.db, this.id, change, clock(), ['scanning', 'ready']))
  }

  /** Nobody waits for it, and it must not end the process. */
  private inBackground(work: Promise<unknown>): void {
    work.catch((error: unknown) =>
      this.context.log.warn({ err: error }, 'progress of an import was not told'),
    )
  }

  /** Tells open windows how far it is, now and then. */
  note(progress: Progress): void {
    this.progress = progress
    const now = this.context.clock()
    if (now - this.toldAt < tellEvery) return
    this.toldAt = now
    this.inBackground(this.record().then((record) => this.tell(record)))
  }

  /** Tells open windows how it stands. */
  tell(record: ImportRecord): void {
    const { events } = this.context
    events.emit({ type: 'import.progress', id: this.id, import: this.present(record) })
  }

  present(record: ImportRecord): Import {
    return presentImport(record, this.progress)
  }

  cancel(): void {
    this.stopped = true
    this.worker?.cancel()
  }

  async close(): Promise<void> {
    const { worker } = this
    this.worker = undefined
    this.early = undefined
    await worker?.close()
  }
}

function describe(sheet: SheetDescription) {
  const { encoding, delimiter, header_row, columns, header_findings } = sheet
  return { encoding, delimiter, header_row, columns, header_findings }
}
