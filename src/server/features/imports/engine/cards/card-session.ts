import { rmSync } from 'node:fs'
import { cardImportFields } from '#contract/import-kinds.ts'
import type { ImportFinding, ImportRow, OnDuplicate } from '#contract/imports.ts'
import { ImportFailure, type Pace } from '../cancel.ts'
import { type Edit, EditLog } from '../edit-log.ts'
import { unguardCell } from '../guard-cell.ts'
import { checkShape, withEdits } from '../judge-row.ts'
import { describeSheet, openSheet, type Sheet } from '../open-sheet.ts'
import type { PageRequest, Progress, ScanRequest, SheetDescription } from '../request.ts'
import { flagTests } from '../row-filter.ts'
import {
  EDITED,
  ERROR,
  IN_FILE,
  SAME,
  STORED,
  WARNING,
  actionOf,
  countsOf,
  type RowAction,
} from '../row-table.ts'
import type { FindingCount, Session, Tally } from '../session.ts'
import { cardFindings, type CardFinding, type CardFindingCode } from './card-findings.ts'
import { cardKey, isSameCard, mergeCard, newCard, type CardValues } from './card-values.ts'
import type { CardColumns } from './card-cells.ts'
import { checkCardRow } from './check-card-row.ts'
import { readFileRows, type FileRow } from './read-file-rows.ts'
import { loadStoredCards, type StoredCard } from './stored-cards.ts'

interface JudgedRow {
  values: CardValues | null
  key: string | null
  findings: CardFinding[]
  flags: number
  /** Of a row that another has the card of: that one. */
  first: number
  stored: StoredCard | undefined
}

/** A row ready to be written. */
export interface GoodCard {
  /** 1-based. */
  row: number
  values: CardValues
  /** The card to be updated. */
  existing: { id: string } | null
}

export interface CardChunk {
  cards: GoodCard[]
  unchanged: number
  skipped: number
  conflicts: number
  /** The row (1-based) to go on from, null at the end. */
  next: number | null
}

/** A file of contact and event cards in its worker. */
export class CardSession implements Session {
  readonly sheet: Sheet
  readonly #request: ScanRequest
  readonly #pace: Pace
  readonly #columns: CardColumns
  readonly #edits = new EditLog()
  #mode: OnDuplicate
  #rows: FileRow[] = []
  #judged: JudgedRow[] = []
  #stored = new Map<string, StoredCard>()

  static async open(request: ScanRequest, pace: Pace): Promise<CardSession> {
    return new CardSession(request, await openSheet(request, pace), pace)
  }

  private constructor(request: ScanRequest, sheet: Sheet, pace: Pace) {
    this.#request = request
    this.sheet = sheet
    this.#pace = pace
    this.#mode = request.onDuplicate
    const find = (name: string): number => sheet.columns.find(({ field }) => field === name)?.index ?? -1
    this.#columns = Object.fromEntries(cardImportFields.map((name) => [name, find(name)])) as CardColumns
    for (const { row, column, value } of request.edits ?? []) this.#edits.set(row - 1, column, value)
  }

  get description(): SheetDescription {
    return describeSheet(this.sheet)
  }

  async run(progress: (progress: Progress) => void): Promise<void> {
    this.#rows = await readFileRows(this.sheet, this.#pace, progress)
    const { stored } = this.#request
    this.#stored = stored === undefined ? new Map() : loadStoredCards(stored)
    const total = this.sheet.bytes
    this.#judged = []
    for (const [row] of this.#rows.entries()) {
      this.#judged.push(this.#judge(row))
      if (row % 200 !== 199) continue
      progress({ phase: 'checking', done: Math.round((total * row) / this.#rows.length), total, rows: row })
      await this.#pace.breathe()
    }
    this.#compare()
  }

  #cellsOf(row: number): string[] {
    return withEdits([...this.#rows[row]!.cells], this.#edits, row)
  }

  /** A row by itself: neither the others nor what is stored are looked at. */
  #judge(row: number): JudgedRow {
    const { problem, count } = this.#rows[row]!
    const raw = this.#cellsOf(row)
    const cells = this.sheet.guarded ? raw.map(unguardCell) : raw
    const shape = { problem, count: Math.max(count, cells.length), width: this.sheet.columns.length }
    const broken = checkShape(cells, shape)
    const { values, findings } = checkCardRow(cells, this.#columns)
    const all = [...broken, ...findings]
    const isWrong = all.some(({ severity }) => severity === 'error')
    const flags = (isWrong ? ERROR : all.length > 0 ? WARNING : 0) | (this.#edits.has(row) ? EDITED : 0)
    const kept = isWrong ? null : values
    return {
      values: kept,
      key: kept && cardKey(newCard(kept)),
      findings: all,
      flags,
      first: row,
      stored: undefined,
    }
  }

  /** Finds the cards that are twice in the file, and those that are stored. */
  #compare(): void {
    const firsts = new Map<string, number>()
    for (const [row, judged] of this.#judged.entries()) {
      judged.flags &= ~(IN_FILE | STORED | SAME)
      judged.first = row
      judged.stored = undefined
      if (judged.key === null || judged.values === null) continue
      const first = firsts.get(judged.key)
      if (first !== undefined) {
        judged.first = first
        judged.flags |= IN_FILE
        continue
      }
      firsts.set(judged.key, row)
      const stored = this.#stored.get(judged.key)
      if (stored === undefined) continue
      judged.stored = stored
      const same = isSameCard(mergeCard(stored.card, judged.values), stored.card)
      judged.flags |= STORED | (same ? SAME : 0)
    }
  }

  tally(): Tally {
    const kinds = new Uint32Array(256)
    const rowsOf = new Map<CardFindingCode, number>()
    for (const [row, { flags }] of this.#judged.entries()) {
      kinds[flags]!++
      for (const code of new Set(this.#findingsOf(row).map((finding) => finding.code))) {
        rowsOf.set(code, (rowsOf.get(code) ?? 0) + 1)
      }
    }
    const finding_counts = [...rowsOf].map(([code, rows]): FindingCount => {
      const { fixable, severity } = cardFindings[code]
      return { code, severity: code === 'card_exists' ? this.#existsSeverity : severity, rows, fixable }
    })
    return {
      counts: countsOf(kinds, this.#mode),
      finding_counts: finding_counts.toSorted((a, b) => b.rows - a.rows),
    }
  }

  get #existsSeverity(): 'error' | 'warning' {
    return this.#mode === 'fail' ? 'error' : 'warning'
  }

  #findingsOf(row: number): CardFinding[] {
    const { findings, flags, first, values } = this.#judged[row]!
    const whole = { index: -1, value: values?.title ?? null }
    if ((flags & IN_FILE) !== 0) {
      const message = `Row ${first + 1} is the same card already. Leave one of them out, or change its name.`
      return [
        ...findings,
        { ...whole, code: 'card_duplicate', severity: 'error', message, first_row: first + 1 },
      ]
    }
    if ((flags & (STORED | SAME)) !== STORED) return findings
    const then = {
      fail: 'Leave this row out, or choose that such cards are updated.',
      update: 'It will be updated with what this row says.',
      skip: 'It stays as it is and this row is left out.',
    }[this.#mode]
    const message = `A card of "${values?.title}" is there already. ${then}`
    return [...findings, { ...whole, code: 'card_exists', severity: this.#existsSeverity, message }]
  }

  page({ filter, code, offset, limit }: PageRequest): { total: number; rows: ImportRow[] } {
    const list = this.listOf(filter, code ?? null)
    const numbers = list ?? this.#judged.map((_, row) => row)
    const shown = numbers.slice(offset, offset + limit)
    return { total: numbers.length, rows: shown.map((row) => this.rowOf(row)) }
  }

  listOf(filter: PageRequest['filter'], code: string | null): number[] | null {
    if (filter === 'all' && code === null) return null
    return this.#judged.flatMap(({ flags }, row) => {
      const isShown =
        flagTests[filter](flags, this.#mode) &&
        (code === null || this.#findingsOf(row).some((finding) => finding.code === code))
      return isShown ? [row] : []
    })
  }

  rowOf(row: number): ImportRow {
    const { flags } = this.#judged[row]!
    const { line } = this.#rows[row]!
    const cells = this.#cellsOf(row)
    while (cells.length < this.sheet.columns.length) cells.push('')
    const findings = this.#findingsOf(row).map(({ index, ...finding }): ImportFinding => {
      const column = index < 0 ? null : (this.sheet.columns[index]?.name ?? null)
      return { row: row + 1, line, column, ...finding }
    })
    const edited = [...this.#edits.of(row).keys()].toSorted((a, b) => a - b)
    return { row: row + 1, line, cells, edited, action: actionOf(flags, this.#mode), findings }
  }

  edit(row: number, cells: readonly (readonly [column: number, value: string | null])[]): ImportRow {
    if (!(row >= 0 && row < this.#rows.length)) {
      throw new ImportFailure(`There is no row ${row + 1} in this file.`)
    }
    for (const [column, value] of cells) this.#edits.set(row, column, value)
    this.#judged[row] = this.#judge(row)
    this.#compare()
    return this.rowOf(row)
  }

  async fix(code: string): Promise<number> {
    let fixed = 0
    for (const [k, row] of (this.listOf('all', code) ?? []).entries()) {
      const finding = this.#judged[row]!.findings.find((one) => one.code === code)
      if (finding?.suggestion === undefined || finding.index < 0) continue
      this.#edits.set(row, finding.index, finding.suggestion)
      this.#judged[row] = this.#judge(row)
      fixed++
      if (k % 500 === 499) await this.#pace.breathe()
    }
    this.#compare()
    return fixed
  }

  setMode(mode: OnDuplicate): void {
    this.#mode = mode
  }

  listEdits(cursor: number, limit: number): { edits: Edit[]; cursor: number } {
    return this.#edits.since(Math.max(4, cursor), limit)
  }

  /** The good cards from row `from` (1-based) on, so many rows at most, as the stored cards are when it begins. */
  chunk(from: number, size: number): CardChunk {
    if (from === 1 && this.#request.stored !== undefined) {
      this.#stored = loadStoredCards(this.#request.stored)
      this.#compare()
    }
    const chunk: CardChunk = { cards: [], unchanged: 0, skipped: 0, conflicts: 0, next: null }
    const to = Math.min(from - 1 + size, this.#judged.length)
    for (let row = from - 1; row < to; row++) this.#take(row, chunk)
    chunk.next = to < this.#judged.length ? to + 1 : null
    return chunk
  }

  #take(row: number, chunk: CardChunk): void {
    const { values, stored, flags } = this.#judged[row]!
    const action: RowAction = actionOf(flags, this.#mode)
    if (values === null || (flags & IN_FILE) !== 0) return
    if (action === 'unchanged') chunk.unchanged++
    else if (action === 'skip') chunk.skipped++
    else if (action === 'error') chunk.conflicts++
    else chunk.cards.push({ row: row + 1, values, existing: stored ? { id: stored.id } : null })
  }

  close(): void {
    if (this.sheet.textPath !== this.#request.path) rmSync(this.sheet.textPath, { force: true })
  }
}
