import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { ValidationFailed } from '#contract/errors.ts'
import type { BundleRequest } from '#contract/export-bundles.ts'
import { timestamp } from '../../clock.ts'
import type { Context } from '../../context.ts'
import {
  BundleFailure,
  type BundleItem,
  type BundleJob,
  type BundleProgress,
  type SigningKeys,
} from './bundle-item.ts'
import { journalPath } from './bundle-journal.ts'
import type { BundleSource, FindLook, KeysFor } from './bundle-source.ts'
import { BundleStopped, BundleThread } from './bundle-thread.ts'
import { caps } from './caps.ts'
import { changeBundle, columnsOf, presentBundle, storedRequest } from './store.ts'
import type { ExportBundleRow } from './table.ts'

/** How long a finished bundle is kept. */
const keptFor = 7 * 24 * 3600_000
const sweepEvery = 3600_000
/** Items that go to the thread at once: some milliseconds of drawing, so that little is lost in a kill. */
const atOnce = 64
/** Progress is written and told at most this often, in milliseconds. */
const tellEvery = 200

/** What the bundles need beside the context. */
export interface BundleParts {
  /** Where the items of a request come from. */
  sourceOf: (request: BundleRequest) => BundleSource
  keysFor: KeysFor
  findLook: FindLook
  /** The script of the thread that draws. */
  worker: URL
}

/**
 * The bundles of this server: one is built at a time, in a thread of its own. All that counts is in the rows and on
 * disk, so a kill at any moment loses no more than the items of one step; see docs/decisions/0014-bundles.md.
 */
export class Bundles {
  readonly sourceOf: BundleParts['sourceOf']
  readonly #keysFor: KeysFor
  readonly findLook: FindLook
  readonly #context: Context
  readonly #worker: URL
  #running: { id: string; thread: BundleThread; done: Promise<void> } | undefined
  #loop: Promise<void> | undefined
  #wanted = false
  #timer: NodeJS.Timeout | undefined
  #closing = false

  constructor(context: Context, { sourceOf, keysFor, findLook, worker }: BundleParts) {
    this.#context = context
    this.sourceOf = sourceOf
    this.#keysFor = keysFor
    this.findLook = findLook
    this.#worker = worker
  }

  /** Takes up what a kill left behind, and removes what nobody will ask for. */
  async start(): Promise<void> {
    const { database, clock } = this.#context
    await database.db
      .updateTable('export_bundles')
      .set({ status: 'queued', updated_at: timestamp(clock()) })
      .where('status', '=', 'building')
      .execute()
    await this.#removeStrays()
    await this.#sweep()
    this.#timer = setInterval(
      () => void this.#sweep().catch((error: unknown) => this.#log(error)),
      sweepEvery,
    ).unref()
    this.wake()
  }

  /** Looks for a bundle to build; to be called after one was queued. */
  wake(): void {
    this.#wanted = true
    if (this.#loop !== undefined || this.#closing) return
    this.#loop = this.#buildAll()
      .catch((error: unknown) => this.#log(error))
      .finally(() => {
        this.#loop = undefined
        // Asked for in the very moment of the end.
        if (this.#wanted && !this.#closing) this.wake()
      })
  }

  /** Ends the work on a bundle whose row says already that it is not to be built. */
  async halt(id: string): Promise<void> {
    const running = this.#running
    if (running?.id !== id) return
    await running.thread.stop()
    await running.done
  }

  /** Removes the files of a bundle. */
  async discard(id: string): Promise<void> {
    await this.halt(id)
    for (const path of [this.pathOf(id), this.#partOf(id), journalPath(this.#partOf(id))]) {
      rmSync(path, { force: true })
    }
  }

  /** The finished file. */
  pathOf(id: string): string {
    return join(this.#folder(), `${id}.zip`)
  }

  async close(): Promise<void> {
    this.#closing = true
    clearInterval(this.#timer)
    // Its row stays `building`: the next start goes on with it.
    if (this.#running) await this.halt(this.#running.id)
    await this.#loop
  }

  #partOf(id: string): string {
    return join(this.#folder(), `${id}.part`)
  }

  #folder(): string {
    const folder = join(this.#context.config.dataDir, 'exports')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }

  async #buildAll(): Promise<void> {
    while (this.#wanted && !this.#closing) {
      this.#wanted = false
      for (let row = await this.#claim(); row !== undefined && !this.#closing; row = await this.#claim()) {
        await this.#work(row)
      }
    }
  }

  /** The oldest that waits, now being built. */
  async #claim(): Promise<ExportBundleRow | undefined> {
    const { database, clock } = this.#context
    const waiting = await database.db
      .selectFrom('export_bundles')
      .select('id')
      .where('status', '=', 'queued')
      .orderBy('created_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst()
    if (waiting === undefined || this.#closing) return undefined
    const change = { status: 'building', reason: null } as const
    return changeBundle(database.db, waiting.id, ['queued'], change, clock())
  }

  async #work(row: ExportBundleRow): Promise<void> {
    const thread = new BundleThread(this.#worker, { readerWasm: this.#context.config.readerWasm })
    const done = this.#build(row, thread)
    this.#running = { id: row.id, thread, done }
    try {
      await done
    } finally {
      await thread.stop()
      this.#running = undefined
    }
  }

  async #build(row: ExportBundleRow, thread: BundleThread): Promise<void> {
    try {
      this.#announce(row)
      const progress = await this.#feed(row, thread)
      await this.#complete(row, thread, progress)
    } catch (error) {
      if (!(error instanceof BundleStopped)) await this.#giveUp(row, error as Error)
    }
  }

  /** Reads and draws until nothing is left; the next items are read while some are drawn. */
  async #feed(row: ExportBundleRow, thread: BundleThread): Promise<BundleProgress> {
    const request = storedRequest(row)
    const source = this.sourceOf(request)
    const read = (after: string | null) => source.after(request, row.business_id, after, atOnce)
    let progress = await thread.open(this.#jobOf(row), await this.#keysOf(row))
    let toldAt = 0
    for (let coming = read(progress.after); ;) {
      const { items, isLast } = await coming
      const last = items.at(-1)?.key ?? progress.after
      const next = isLast ? undefined : read(last)
      // Whoever stops early must not leave a rejection that nobody hears.
      next?.catch(() => undefined)
      if (items.length > 0) progress = await thread.add(items satisfies BundleItem[])
      if (Date.now() - toldAt >= tellEvery) {
        toldAt = Date.now()
        await this.#tell(row, progress)
      }
      if (next === undefined) return progress
      coming = next
    }
  }

  async #keysOf(row: ExportBundleRow): Promise<SigningKeys> {
    try {
      return await this.#keysFor(storedRequest(row), row.business_id)
    } catch (error) {
      // They were there when the bundle was asked for.
      if (error instanceof ValidationFailed) throw new BundleFailure(sentencesOf(error))
      throw error
    }
  }

  #jobOf(row: ExportBundleRow): BundleJob {
    const { until: _until, ids: _ids, filter: _filter, ...request } = storedRequest(row)
    return {
      id: row.id,
      kind: row.kind,
      request,
      path: this.#partOf(row.id),
      total: row.total,
      maxBytes: caps[row.kind].max_bytes,
      fontDir: this.#context.config.fontDir,
      createdAt: Date.parse(row.created_at),
    }
  }

  async #tell(row: ExportBundleRow, progress: BundleProgress): Promise<void> {
    const { database, clock, events } = this.#context
    const saved = await changeBundle(database.db, row.id, ['building'], columnsOf(progress), clock())
    if (saved === undefined) throw new BundleStopped()
    events.emit({ type: 'export_bundle.progress', id: row.id, bundle: presentBundle(saved) })
  }

  async #complete(row: ExportBundleRow, thread: BundleThread, progress: BundleProgress): Promise<void> {
    if (progress.done === progress.refused) {
      throw new BundleFailure(
        'None of the codes could be made. Look at the style and the size, then ask again.',
      )
    }
    const { finished } = await thread.finish()
    // Named only once it is whole on the disk; killed before the row says so, it is built anew.
    await rename(this.#partOf(row.id), this.pathOf(row.id))
    const { database, clock } = this.#context
    const now = clock()
    const saved = await changeBundle(
      database.db,
      row.id,
      ['building'],
      {
        ...columnsOf(progress),
        ...finished,
        // What was deleted while it was built is not in it.
        total: progress.done,
        status: 'ready',
        filename: `${row.kind.replaceAll('_', '-')}-${row.created_at.slice(0, 10)}.zip`,
        expires_at: timestamp(now + keptFor),
      },
      now,
    )
    rmSync(saved === undefined ? this.pathOf(row.id) : journalPath(this.#partOf(row.id)), { force: true })
    if (saved !== undefined) this.#announce(saved)
  }

  async #giveUp(row: ExportBundleRow, error: Error): Promise<void> {
    const { database, clock, log } = this.#context
    const isForPeople = error instanceof BundleFailure
    if (!isForPeople) log.error({ err: error, bundle: row.id }, 'a bundle could not be built')
    const reason = isForPeople
      ? error.message
      : 'Something went wrong while the bundle was built. Start it again; it goes on where it stopped.'
    const saved = await changeBundle(database.db, row.id, ['building'], { status: 'failed', reason }, clock())
    if (saved !== undefined) this.#announce(saved)
  }

  #announce({ id, business_id }: ExportBundleRow): void {
    this.#context.events.emit({ type: 'export_bundles.changed', business_id, id })
  }

  /** Bundles whose time is over lose their file; so do those that failed or were left paused that long ago. */
  async #sweep(): Promise<void> {
    const { database, clock } = this.#context
    const leftSince = timestamp(clock() - keptFor)
    const over = await database.db
      .selectFrom('export_bundles')
      .selectAll()
      .where((e) =>
        e.or([
          e.and([e('status', '=', 'ready'), e('expires_at', '<=', timestamp(clock()))]),
          e.and([e('status', 'in', ['failed', 'paused']), e('updated_at', '<=', leftSince)]),
        ]),
      )
      .execute()
    for (const row of over) {
      await changeBundle(database.db, row.id, [row.status], { status: 'expired' }, clock())
      await this.discard(row.id)
      this.#announce(row)
    }
  }

  /** Files of bundles that are not there, not to be built and not to be had. */
  async #removeStrays(): Promise<void> {
    const rows = await this.#context.database.db
      .selectFrom('export_bundles')
      .select('id')
      .where('status', 'in', ['queued', 'paused', 'failed', 'ready'])
      .execute()
    const kept = new Set(rows.map(({ id }) => id))
    for (const name of readdirSync(this.#folder())) {
      if (!kept.has(name.split('.', 1)[0] ?? '')) rmSync(join(this.#folder(), name), { force: true })
    }
  }

  #log(error: unknown): void {
    this.#context.log.error({ err: error }, 'work on bundles failed')
  }
}

function sentencesOf({ errors }: ValidationFailed): string {
  return Object.values(errors ?? {})
    .flat()
    .join(' ')
}
