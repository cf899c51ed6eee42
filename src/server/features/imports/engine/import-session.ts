import { closeSync, openSync, rmSync } from 'node:fs'
import type { ImportRow, OnDuplicate } from '#contract/imports.ts'
import { linkImportFields } from '#contract/import-kinds.ts'
import { makeReservedMatcher } from '#contract/reserved-slugs.ts'
import type { Pace } from './cancel.ts'
import type { CheckedRow, CheckOptions, RowValues } from './check-row.ts'
import { compareStored, nameRows } from './compare-stored.ts'
import { type Edit, EditLog } from './edit-log.ts'
import { editRow, fixRows } from './edit-rows.ts'
import { FreeSlugs } from './free-slugs.ts'
import { unguardCell } from './guard-cell.ts'
import { judgeRow, withEdits } from './judge-row.ts'
import { type Sheet, describeSheet, openSheet } from './open-sheet.ts'
import { readRow } from './read-row.ts'
import type { PageRequest, Progress, ScanRequest, SheetDescription } from './request.ts'
import { keepRow } from './row-filter.ts'
import { RowReader } from './row-reader.ts'
import type { Session, Tally } from './session.ts'
import { viewRow } from './row-view.ts'
import { FileScan } from './scan.ts'
import { RecordScanner } from './scanner.ts'
import type { StoredLinks } from './stored-links.ts'

/**
 * A file of links in its worker, up to millions of rows: what is kept of a row is some thirty bytes.
 */
export class ImportSession implements Session {
  readonly request: ScanRequest
  readonly edits = new EditLog()
  readonly options: CheckOptions
  readonly sheet: Sheet
  readonly pace: Pace
  readonly #file: number
  mode: OnDuplicate
  scan: FileScan
  #reader: RowReader
  #stored: StoredLinks | null = null
  readonly #lists = new Map<string, Uint32Array>()

  /** Opens a file; nothing of its rows is known yet. */
  static async open(request: ScanRequest, pace: Pace): Promise<ImportSession> {
    return new ImportSession(request, await openSheet(request, pace), pace)
  }

  private constructor(request: ScanRequest, sheet: Sheet, pace: Pace) {
    this.request = request
    this.sheet = sheet
    this.pace = pace
    this.mode = request.onDuplicate
    this.options = {
      fields: fieldsOf(sheet),
      reserved: makeReservedMatcher(request.reserved),
      ownHosts: request.ownHosts ?? [],
      now: request.now,
    }
    for (const { row, column, value } of request.edits ?? []) this.edits.set(row - 1, column, value)
    this.#file = openSync(sheet.textPath, 'r')
    this.scan = this.#newScan()
    this.#reader = this.#newReader()
  }

  #newScan(): FileScan {
    return new FileScan(this.sheet, this.options, this.edits, Math.floor(Math.random() * 0x7fffffff))
  }

  #newReader(): RowReader {
    return new RowReader(
      this.#file,
      this.sheet.bytes,
      this.scan.rows,
      new RecordScanner(this.sheet, Infinity),
    )
  }

  /** Finds slugs that neither the file nor the business has and that may be used. */
  newFree(): FreeSlugs {
    const { reserved } = this.options
    return new FreeSlugs(
      (slug) =>
        this.scan.claims.isTaken(slug) ||
        reserved.exact(slug) !== undefined ||
        this.findStored([slug]).length > 0,
    )
  }

  findStored(slugs: readonly string[]): ReturnType<StoredLinks['find']> {
    return this.#stored?.find(JSON.stringify(slugs)) ?? []
  }

  get description(): SheetDescription {
    return describeSheet(this.sheet)
  }

  tally(): Tally {
    const { rows } = this.scan
    return { counts: rows.counts(this.mode), finding_counts: rows.findingCounts(this.mode) }
  }

  /** Checks the whole file against itself and the stored links. Throws `NotUtf8Error`. */
  async run(progress: (progress: Progress) => void): Promise<void> {
    this.scan = this.#newScan()
    this.#reader = this.#newReader()
    this.forgetLists()
    await this.#openStored()
    await this.scan.run(this.pace, progress, this.request.arriving)
    await nameRows(this)
    if (this.#stored !== null) await compareStored(this, this.#stored, progress)
    this.forgetLists()
  }

  /** Loaded late, so that the first rows need not wait for the database's library. */
  async #openStored(): Promise<void> {
    if (this.request.stored === undefined || this.#stored !== null) return
    const { StoredLinks } = await import('./stored-links.ts')
    this.#stored = new StoredLinks(this.request.stored)
  }

  /** Cells of a row (0-based) with edits; `ahead`: bytes of the file worth reading along. */
  cellsOf(row: number, ahead = 0): string[] {
    return withEdits(this.#reader.cells(row, ahead), this.edits, row)
  }

  judge(row: number, ahead = 0): CheckedRow & { cells: string[] } {
    const cells = this.cellsOf(row, ahead)
    const count = Math.max(this.#reader.count, cells.length)
    const shape = { problem: this.#reader.problem, count, width: this.sheet.columns.length }
    return { ...judgeRow(cells, shape, this.options, this.sheet.guarded), cells }
  }

  /** The values of a row that has no errors. */
  valuesOf(row: number, ahead: number): RowValues {
    const cells = this.cellsOf(row, ahead)
    const slug = this.scan.slugs.text(this.scan.rows.slugs[row]! - 1)
    return readRow(this.sheet.guarded ? cells.map(unguardCell) : cells, slug, this.options.fields)
  }

  /** A page of rows under a filter. */
  page({ filter, code, offset, limit }: PageRequest): { total: number; rows: ImportRow[] } {
    const list = this.listOf(filter, code ?? null)
    const total = list === null ? this.scan.rows.size : list.length
    const numbers: number[] = []
    for (let k = offset; k < Math.min(offset + limit, total); k++) numbers.push(list === null ? k : list[k]!)
    return { total, rows: numbers.map((row) => this.rowOf(row, list === null ? 16 << 10 : 0)) }
  }

  /**
   * Indexes of the rows under a filter, null for all. The last few lists are kept until something changes.
   */
  listOf(filter: PageRequest['filter'], code: string | null): Uint32Array | null {
    if (filter === 'all' && code === null) return null
    const key = `${filter} ${code}`
    const known = this.#lists.get(key)
    if (known !== undefined) return known
    const list = this.scan.rows.select(keepRow(this.scan.rows, filter, code, this.mode))
    if (this.#lists.size >= 4) this.#lists.clear()
    this.#lists.set(key, list)
    return list
  }

  forgetLists(): void {
    this.#lists.clear()
  }

  rowOf(row: number, ahead = 0): ImportRow {
    return viewRow(this, row, ahead)
  }

  setMode(mode: OnDuplicate): void {
    this.mode = mode
    this.forgetLists()
  }

  /** Changes cells of a row (0-based) and shows it as it is then. */
  edit(row: number, cells: readonly (readonly [column: number, value: string | null])[]): ImportRow {
    editRow(this, row, cells)
    return this.rowOf(row)
  }

  /** Takes the suggestion of one code in every row that has one; returns how many. */
  fix(code: string, progress: (progress: Progress) => void): Promise<number> {
    return fixRows(this, code, progress)
  }

  listEdits(cursor: number, limit: number): { edits: Edit[]; cursor: number } {
    return this.edits.since(Math.max(4, cursor), limit)
  }

  /** Lets go of files and the database; temporary files are removed. */
  close(): void {
    closeSync(this.#file)
    this.#stored?.close()
    if (this.sheet.textPath !== this.request.path) rmSync(this.sheet.textPath, { force: true })
  }
}

function fieldsOf(sheet: Sheet): CheckOptions['fields'] {
  const find = (name: string): number => sheet.columns.find(({ field }) => field === name)?.index ?? -1
  return Object.fromEntries(linkImportFields.map((name) => [name, find(name)])) as CheckOptions['fields']
}
