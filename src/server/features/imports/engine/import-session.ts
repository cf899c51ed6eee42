import { closeSync, openSync, rmSync } from 'node:fs'
import type { ImportCounts, ImportFinding, ImportRow, OnDuplicate } from '#contract/imports.ts'
import { makeReservedMatcher } from '#contract/reserved-slugs.ts'
import { ImportFailure, type Pace } from './cancel.ts'
import type { CellFinding, CheckedRow, CheckOptions, RowValues } from './check-row.ts'
import { type Edit, EditLog } from './edit-log.ts'
import { bitOf } from './finding-codes.ts'
import { FreeSlugs, baseSlug } from './free-slugs.ts'
import { judgeRow, withEdits } from './judge-row.ts'
import { type Sheet, openSheet } from './open-sheet.ts'
import type { PageRequest, Progress, ScanRequest, SheetDescription } from './request.ts'
import { keepRow } from './row-filter.ts'
import { RowReader } from './row-reader.ts'
import { EDITED, ERROR, type FindingCount, IN_FILE, SAME, STORED, WARNING, actionOf } from './row-table.ts'
import { FileScan, NO_ROW, NotUtf8Error } from './scan.ts'
import { RecordScanner } from './scanner.ts'
import { isUnchanged } from './merge-row.ts'
import { fieldNames } from './header-names.ts'
import type { StoredLinks } from './stored-links.ts'

/** Slugs a look-up in the database. */
const BATCH = 1500
/** Above this many changed rows the whole file is checked again rather than each row. */
const RESCAN_ABOVE = 200
/** Below this many slugs, asking for each is quicker whatever is stored. */
const SWEEP_FROM = 20_000
const MISSING_BIT = bitOf('slug_missing')

export interface Tally {
  counts: ImportCounts
  finding_counts: FindingCount[]
}

/** One import in its worker: the scanned file, the edits over it, and the questions that can be asked about it. */
export class ImportSession {
  readonly request: ScanRequest
  readonly edits = new EditLog()
  readonly options: CheckOptions
  readonly sheet: Sheet
  readonly #pace: Pace
  #stored: StoredLinks | null = null
  readonly #file: number
  mode: OnDuplicate
  scan: FileScan
  reader: RowReader
  #free: FreeSlugs
  #lists = new Map<string, Uint32Array>()

  /** Opens a file; nothing of its rows is known yet. */
  static async open(request: ScanRequest, pace: Pace): Promise<ImportSession> {
    return new ImportSession(request, await openSheet(request, pace), pace)
  }

  private constructor(request: ScanRequest, sheet: Sheet, pace: Pace) {
    this.request = request
    this.sheet = sheet
    this.#pace = pace
    this.mode = request.onDuplicate
    this.options = {
      fields: fieldsOf(sheet),
      reserved: makeReservedMatcher(request.reserved),
      ownHosts: request.ownHosts ?? [],
      now: request.now,
    }
    for (const { row, column, value } of request.edits ?? []) this.edits.set(row - 1, column, value)
    this.scan = this.#newScan()
    this.#file = openSync(sheet.textPath, 'r')
    this.reader = this.newReader()
    this.#free = this.#newFree()
  }

  /** A reader of its own, for whoever walks over the rows while others page. */
  newReader(): RowReader {
    return new RowReader(
      this.#file,
      this.sheet.bytes,
      this.scan.rows,
      new RecordScanner(this.sheet, Infinity),
    )
  }

  #newScan(): FileScan {
    return new FileScan(this.sheet, this.options, this.edits, Math.floor(Math.random() * 0x7fffffff))
  }

  #newFree(): FreeSlugs {
    return new FreeSlugs((slug) => this.scan.isTaken(slug) || this.#isKnown(slug))
  }

  #isKnown(slug: string): boolean {
    return this.options.reserved.exact(slug) !== undefined || this.findStored([slug]).length > 0
  }

  findStored(slugs: readonly string[]): ReturnType<StoredLinks['find']> {
    return this.#stored?.find(JSON.stringify(slugs)) ?? []
  }

  get description(): SheetDescription {
    const {
      textPath: _path,
      dataStart: _start,
      dataLine: _line,
      guarded: _guarded,
      ...description
    } = this.sheet
    return description
  }

  tally(): Tally {
    return {
      counts: this.scan.rows.counts(this.mode),
      finding_counts: this.scan.rows.findingCounts(this.mode),
    }
  }

  /** Checks the whole file against itself and the stored links. Throws `NotUtf8Error`. */
  async run(progress: (progress: Progress) => void): Promise<void> {
    this.scan = this.#newScan()
    this.reader = this.newReader()
    this.#free = this.#newFree()
    this.#lists.clear()
    await this.#openStored()
    await this.scan.run(this.#pace, progress)
    await this.#nameRows()
    await this.#compare(progress)
    this.#lists.clear()
  }

  /** Loaded late, so that the first rows need not wait for the database's library. */
  async #openStored(): Promise<void> {
    if (this.request.stored === undefined || this.#stored !== null) return
    const { StoredLinks } = await import('./stored-links.ts')
    this.#stored = new StoredLinks(this.request.stored)
  }

  /** Proposes a slug for every row without one. The slugs that the file does give come first, so this comes last. */
  async #nameRows(): Promise<void> {
    const free = new FreeSlugs(
      (slug) => this.scan.isTaken(slug) || this.options.reserved.exact(slug) !== undefined,
    )
    let left = 500
    for (const row of this.scan.withoutSlug) {
      this.#name(row, free)
      if (--left > 0) continue
      left = 500
      await this.#pace.breathe()
    }
  }

  #name(row: number, free: FreeSlugs): void {
    const cells = this.cellsOf(row, 64 << 10)
    const { title, destination_url: destination } = this.options.fields
    const slug = free.take(baseSlug(cells[title] ?? '', cells[destination] ?? ''))
    const entry = this.scan.enter(slug)
    this.scan.slugs.firstRow[entry] = row
    this.scan.rows.slugs[row] = entry + 1
  }

  async #compare(progress: (progress: Progress) => void): Promise<void> {
    if (this.#stored === null) return
    const { slugs, rows } = this.scan
    const entries = slugs.size < SWEEP_FROM ? null : await this.#sweep(this.#stored)
    const total = entries?.length ?? slugs.size
    for (let done = 0; done < total;) {
      const batch = entries === null ? slugs.json(done, BATCH) : this.#jsonOf(entries, done)
      for (const { key, link } of this.#stored.find(batch.json)) {
        const row = slugs.firstRow[entries?.[done + key] ?? done + key]!
        if (row === NO_ROW) continue
        if (rows.hasCode(row, MISSING_BIT)) this.#name(row, this.#free)
        else this.#noteStored(row, link)
      }
      done = batch.end
      progress({ phase: 'comparing', done, total, rows: rows.size })
      await this.#pace.breathe()
    }
  }

  #jsonOf(entries: Uint32Array, from: number): { json: string; end: number } {
    const end = Math.min(from + BATCH, entries.length)
    return {
      json: JSON.stringify(Array.from(entries.subarray(from, end), (entry) => this.scan.slugs.text(entry))),
      end,
    }
  }

  /**
   * Entries whose slug is stored, in order, found by walking over the stored slugs: less than half the time of asking
   * for each. Null when more is stored than makes this worth it.
   */
  async #sweep(stored: StoredLinks): Promise<Uint32Array | null> {
    const found: number[] = []
    let left = this.scan.slugs.size * 2
    for (const { slugs, count } of stored.sweep()) {
      left -= count
      if (left < 0) return null
      this.scan.entriesOf(slugs, found)
      await this.#pace.breathe()
    }
    return Uint32Array.from(found).sort()
  }

  #noteStored(row: number, link: ReturnType<StoredLinks['find']>[number]['link']): void {
    const { rows } = this.scan
    const same = (rows.flags[row]! & ERROR) === 0 && isUnchanged(this.judge(row, 64 << 10).values, link)
    rows.flags[row] = rows.flags[row]! | STORED | (same ? SAME : 0)
  }

  cellsOf(row: number, ahead = 0): string[] {
    return withEdits(this.reader.cells(row, ahead), this.edits, row)
  }

  judge(row: number, ahead = 0): CheckedRow & { cells: string[] } {
    const cells = this.cellsOf(row, ahead)
    const shape = {
      problem: this.reader.problem,
      count: Math.max(this.reader.count, cells.length),
      width: this.sheet.columns.length,
    }
    return { ...judgeRow(cells, shape, this.options, this.sheet.guarded), cells }
  }

  /** The values of a row that is known to be good. */
  valuesOf(row: number): RowValues {
    return this.judge(row, 256 << 10).values
  }

  /** A page of rows under a filter. */
  page({ filter, code, offset, limit }: PageRequest): { total: number; rows: ImportRow[] } {
    const list = this.listOf(filter, code ?? null)
    const total = list === null ? this.scan.rows.size : list.length
    const numbers: number[] = []
    for (let k = offset; k < Math.min(offset + limit, total); k++) numbers.push(list === null ? k : list[k]!)
    return { total, rows: numbers.map((row) => this.rowOf(row, list === null ? 16 << 10 : 0)) }
  }

  /** Indexes of the rows under a filter, null for all. The last few lists are kept until something changes. */
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

  rowOf(row: number, ahead = 0): ImportRow {
    const { findings, cells } = this.judge(row, ahead)
    const { rows } = this.scan
    while (cells.length < this.sheet.columns.length) cells.push('')
    const edited = this.edits.has(row) ? [...this.edits.of(row).keys()].toSorted((a, b) => a - b) : []
    const all = [...this.#finishMissing(row, findings), ...this.#duplicates(row)]
    return {
      row: row + 1,
      line: rows.lines[row]!,
      cells,
      edited,
      action: actionOf(rows.flags[row]!, this.mode),
      findings: all.map((finding) => this.#onWire(row, finding)),
    }
  }

  #onWire(row: number, { index, ...finding }: CellFinding): ImportFinding {
    const column = index < 0 ? null : (this.sheet.columns[index]?.name ?? null)
    return { row: row + 1, line: this.scan.rows.lines[row]!, column, ...finding }
  }

  #finishMissing(row: number, findings: readonly CellFinding[]): CellFinding[] {
    const entry = this.scan.rows.slugs[row]! - 1
    return findings.map((finding) => {
      if (finding.code !== 'slug_missing' || entry < 0) return finding
      const suggestion = this.scan.slugs.text(entry)
      const message = `This row has no slug. It will be saved as "${suggestion}" unless you type another.`
      return { ...finding, message, suggestion }
    })
  }

  /** Findings that other rows and stored links are the reason for. */
  #duplicates(row: number): CellFinding[] {
    const { rows, slugs } = this.scan
    const flags = rows.flags[row]!
    const entry = rows.slugs[row]! - 1
    if (entry < 0) return []
    const slug = slugs.text(entry)
    const at = { index: this.options.fields.slug, value: slug }
    if ((flags & IN_FILE) !== 0) {
      const first = slugs.firstRow[entry]! + 1
      const message = `Row ${first} has the slug "${slug}" already. Give this row another one.`
      const suggestion = new FreeSlugs((free) => this.scan.isTaken(free) || this.#isKnown(free)).take(slug, 2)
      return [{ ...at, code: 'slug_duplicate', severity: 'error', message, suggestion, first_row: first }]
    }
    const findings: CellFinding[] = []
    const like = slugs.lookalikeOf(entry)
    const likeRow = like === -1 ? NO_ROW : slugs.firstRow[like]!
    if (rows.hasCode(row, bitOf('slug_lookalike')) && likeRow !== NO_ROW) {
      const message = `"${slug}" is easily taken for "${slugs.text(like)}" in row ${likeRow + 1}.`
      findings.push({ ...at, code: 'slug_lookalike', severity: 'warning', message, first_row: likeRow + 1 })
    }
    if ((flags & (STORED | SAME)) === STORED)
      findings.push({ ...at, code: 'slug_exists', ...this.#existsText(slug) })
    return findings
  }

  #existsText(slug: string): Pick<CellFinding, 'severity' | 'message'> {
    const known = `A link with the slug "${slug}" is there already`
    if (this.mode === 'fail') return { severity: 'error', message: `${known}. Choose another slug.` }
    const then =
      this.mode === 'update'
        ? 'it will be updated with this row'
        : 'it stays as it is and this row is left out'
    return { severity: 'warning', message: `${known}: ${then}.` }
  }

  setMode(mode: OnDuplicate): void {
    this.mode = mode
    this.#lists.clear()
  }

  /** Changes cells of a row (0-based); checks it and whoever shares its old or new slug again. */
  edit(row: number, cells: readonly (readonly [column: number, value: string | null])[]): ImportRow {
    if (row < 0 || row >= this.scan.rows.size)
      throw new ImportFailure(`There is no row ${row + 1} in this file.`)
    for (const [column, value] of cells) {
      if (column < 0 || column >= this.sheet.columns.length)
        throw new ImportFailure('There is no such column in this file.')
      this.edits.set(row, column, value)
    }
    this.#refresh(row)
    return this.rowOf(row)
  }

  #refresh(row: number): void {
    const { rows } = this.scan
    const before = rows.slugs[row]! - 1
    const { values, findings } = this.judge(row)
    const hadOwn = !rows.hasCode(row, MISSING_BIT)
    rows.setCodes(
      row,
      findings.map(({ code }) => code),
    )
    const edited = this.edits.of(row).size > 0 ? EDITED : 0
    rows.flags[row] = (rows.flags[row]! & (ERROR | WARNING)) | edited
    rows.slugs[row] = 0
    if (before >= 0) this.#settle(before)
    if (values.slug !== null) rows.slugs[row] = this.scan.enter(values.slug) + 1
    else if (rows.hasCode(row, MISSING_BIT)) {
      if (!hadOwn && before >= 0) rows.slugs[row] = before + 1
      else this.#name(row, this.#free)
    }
    const after = rows.slugs[row]! - 1
    if (after >= 0) this.#settle(after)
    const like = after < 0 ? -1 : this.scan.slugs.lookalikeOf(after)
    if (like !== -1 && this.scan.slugs.firstRow[like] !== NO_ROW) rows.addCode(row, 'slug_lookalike')
    this.#lists.clear()
  }

  /** Works out anew which row has a slug first, which ones have it again, and what is stored under it. */
  #settle(entry: number): void {
    const { rows, slugs } = this.scan
    const wanted = entry + 1
    let first = NO_ROW
    for (
      let row = rows.slugs.indexOf(wanted);
      row !== -1 && row < rows.size;
      row = rows.slugs.indexOf(wanted, row + 1)
    ) {
      if (first === NO_ROW) first = row
      rows.flags[row] = (rows.flags[row]! & ~(IN_FILE | STORED | SAME)) | (row === first ? 0 : IN_FILE)
    }
    slugs.firstRow[entry] = first
    if (first === NO_ROW) return
    for (const { link } of this.findStored([slugs.text(entry)])) this.#noteStored(first, link)
  }

  /** Takes the suggestion of one code in every row that has one; returns how many. */
  async fix(code: string, progress: (progress: Progress) => void): Promise<number> {
    const rows = this.listOf('all', code)
    const fixed: number[] = []
    const free = this.#newFree()
    for (const [k, row] of (rows ?? []).entries()) {
      if (this.#fixRow(row, code, free)) fixed.push(row)
      if (k % 200 === 199) await this.#pace.breathe()
    }
    if (fixed.length > RESCAN_ABOVE) await this.run(progress)
    else for (const row of fixed) this.#refresh(row)
    return fixed.length
  }

  #fixRow(row: number, code: string, free: FreeSlugs): boolean {
    const { findings } = this.judge(row, 64 << 10)
    const own = findings.find((finding) => finding.code === code)
    const finding = own ?? this.#duplicates(row).find((duplicate) => duplicate.code === code)
    if (finding?.suggestion === undefined || finding.index < 0) return false
    const value = freeValue(finding, free)
    this.edits.set(row, finding.index, value)
    return true
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

/** The suggestion, or one like it that no other row was given: many rows may share one suggestion. */
function freeValue({ code, suggestion = '', value }: CellFinding, free: FreeSlugs): string {
  if (code === 'slug_duplicate') return free.take(value ?? suggestion, 2)
  return code.startsWith('slug_') && code !== 'slug_normalized' ? free.take(suggestion) : suggestion
}

function fieldsOf(sheet: Sheet): CheckOptions['fields'] {
  const find = (name: string): number => sheet.columns.find(({ field }) => field === name)?.index ?? -1
  return Object.fromEntries(fieldNames.map((name) => [name, find(name)])) as CheckOptions['fields']
}

export { NotUtf8Error }
