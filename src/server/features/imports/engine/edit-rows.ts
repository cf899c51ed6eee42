import { ImportFailure } from './cancel.ts'
import type { CellFinding } from './check-row.ts'
import { nameRow, noteStored } from './compare-stored.ts'
import { bitOf } from './finding-codes.ts'
import type { FreeSlugs } from './free-slugs.ts'
import type { ImportSession } from './import-session.ts'
import type { Progress } from './request.ts'
import { EDITED, ERROR, IN_FILE, SAME, STORED, WARNING } from './row-table.ts'
import { duplicatesOf } from './row-view.ts'
import { NO_ROW } from './slug-claims.ts'

/** Above this many changed rows the whole file is checked again rather than each row. */
const RESCAN_ABOVE = 200
const MISSING_BIT = bitOf('slug_missing')

/** Changes cells of a row (0-based); checks it and whoever shares its old or new slug again. */
export function editRow(
  session: ImportSession,
  row: number,
  cells: readonly (readonly [column: number, value: string | null])[],
): void {
  if (!(row >= 0 && row < session.scan.rows.size)) {
    throw new ImportFailure(`There is no row ${row + 1} in this file.`)
  }
  const width = session.sheet.columns.length
  if (!cells.every(([column]) => column >= 0 && column < width)) {
    throw new ImportFailure('There is no such column in this file.')
  }
  for (const [column, value] of cells) session.edits.set(row, column, value)
  refresh(session, row)
}

function refresh(session: ImportSession, row: number): void {
  const { rows, slugs } = session.scan
  const before = rows.slugs[row]! - 1
  const wasNamed = rows.hasCode(row, MISSING_BIT)
  const { values, findings } = session.judge(row)
  rows.setCodes(
    row,
    findings.map(({ code }) => code),
  )
  rows.flags[row] = (rows.flags[row]! & (ERROR | WARNING)) | (session.edits.of(row).size > 0 ? EDITED : 0)
  rows.slugs[row] = 0
  if (before >= 0) settle(session, before)
  if (values.slug !== null) rows.slugs[row] = session.scan.claims.enter(values.slug) + 1
  else if (rows.hasCode(row, MISSING_BIT)) {
    if (wasNamed && before >= 0) rows.slugs[row] = before + 1
    else nameRow(session, row, session.newFree())
  }
  const after = rows.slugs[row]! - 1
  if (after >= 0) settle(session, after)
  const like = after < 0 ? -1 : slugs.lookalikeOf(after)
  if (like !== -1 && slugs.firstRow[like] !== NO_ROW) rows.addCode(row, 'slug_lookalike')
  session.forgetLists()
}

/** Works out anew which row has a slug first, which ones have it again, and what is stored under it. */
function settle(session: ImportSession, entry: number): void {
  const { rows, slugs } = session.scan
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
  for (const { link } of session.findStored([slugs.text(entry)])) noteStored(session, first, link)
}

/** Takes the suggestion of one code in every row that has one; returns how many. */
export async function fixRows(
  session: ImportSession,
  code: string,
  progress: (progress: Progress) => void,
): Promise<number> {
  const fixed: number[] = []
  const free = session.newFree()
  for (const [k, row] of (session.listOf('all', code) ?? []).entries()) {
    if (fixRow(session, row, code, free)) fixed.push(row)
    if (k % 200 === 199) await session.pace.breathe()
  }
  if (fixed.length > RESCAN_ABOVE) await session.run(progress)
  else for (const row of fixed) refresh(session, row)
  return fixed.length
}

function fixRow(session: ImportSession, row: number, code: string, free: FreeSlugs): boolean {
  const own = session.judge(row, 64 << 10).findings.find((finding) => finding.code === code)
  const finding = own ?? duplicatesOf(session, row).find((duplicate) => duplicate.code === code)
  if (finding?.suggestion === undefined || finding.index < 0) return false
  session.edits.set(row, finding.index, freeValue(finding, free))
  return true
}

/** The suggestion, or one like it that no other row was given: many rows may share one suggestion. */
function freeValue({ code, suggestion = '', value }: CellFinding, free: FreeSlugs): string {
  if (code === 'slug_duplicate') return free.take(value ?? suggestion, 2)
  return code.startsWith('slug_') && code !== 'slug_normalized' ? free.take(suggestion) : suggestion
}
