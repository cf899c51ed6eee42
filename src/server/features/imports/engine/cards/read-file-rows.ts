import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { ImportFailure, type Pace } from '../cancel.ts'
import { isBlank } from '../dialect.ts'
import type { Sheet } from '../open-sheet.ts'
import type { Progress } from '../request.ts'
import { textOfCells } from '../row-reader.ts'
import { FINE, MAX_RECORD_BYTES, NEED_MORE, RecordScanner } from '../scanner.ts'

/** Rows that a file kept whole may have: nobody hands out more cards at a time. */
const mostRows = 50_000
const mostBytes = 128 << 20

export interface FileRow {
  /** 1-based line of the file where it starts. */
  line: number
  cells: string[]
  /** As the scanner has them. */
  problem: number
  count: number
}

/** All rows of a file but the blank ones. Throws `ImportFailure` for a file with too many. */
export async function readFileRows(
  sheet: Sheet,
  pace: Pace,
  progress: (progress: Progress) => void,
): Promise<FileRow[]> {
  const bytes = readWhole(sheet.textPath)
  const scanner = new RecordScanner(sheet)
  const rows: FileRow[] = []
  let [at, line] = [sheet.dataStart, sheet.dataLine]
  while (at < bytes.length) {
    const next = scanRow(scanner, bytes, at)
    const { problem, count } = scanner
    const cells = textOfCells(bytes, scanner)
    if (problem !== FINE || !isBlank(cells)) rows.push({ line, cells, problem, count })
    if (rows.length > mostRows) {
      const shown = mostRows.toLocaleString('en')
      throw new ImportFailure(`A file of cards can have ${shown} rows. Split it into smaller files.`)
    }
    line += 1 + scanner.innerLines
    at = next
    if (rows.length % 2000 !== 1999) continue
    progress({ phase: 'reading', done: at, total: bytes.length, rows: rows.length })
    await pace.breathe()
  }
  return rows
}

function readWhole(path: string): Buffer {
  const { size } = statSync(path)
  if (size > mostBytes)
    throw new ImportFailure('This file of cards is too large. Split it into smaller files.')
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(size)
    return bytes.subarray(0, readSync(file, bytes, 0, size, 0))
  } finally {
    closeSync(file)
  }
}

/** Scans one row; returns where the next one starts. */
function scanRow(scanner: RecordScanner, bytes: Buffer, at: number): number {
  const end = Math.min(bytes.length, at + MAX_RECORD_BYTES)
  const next = scanner.scan(bytes, at, end, end === bytes.length)
  if (next !== NEED_MORE) return next
  const after = scanner.scanBad(bytes, at, end)
  if (after !== NEED_MORE) return after
  const feed = bytes.indexOf(10, end)
  return feed === -1 ? bytes.length : feed + 1
}
